import type { Inventory } from '../model/inventory.ts';
import type { LayerEntry } from '../ports/image-source.ts';
import { collect, everyParser } from './collector.ts';
import { mergeLayers } from './container-image/merged-layers.ts';
import { readLayer } from './container-image/read-layer.ts';

/**
 * The packages of a source tree in a tar archive. It is read once as it streams by, within the bounds of a layer of an image,
 * and never unpacked to disk.
 */
export async function collectSourceArchive(
  entries: AsyncIterable<LayerEntry>,
  signal: AbortSignal,
): Promise<Inventory> {
  const content = await readLayer(entries, everyParser(), signal);
  const { tree, versionsOf } = mergeLayers([content]);
  const known = (path: string, { id }: { readonly id: string }) => versionsOf(path).at(-1)?.file.results[id];
  const inventory = await collect(tree, { expectsSystem: false, known }, signal);
  return {
    ...inventory,
    outcome: content.complete ? inventory.outcome : 'partial',
    diagnostics: [...content.diagnostics, ...inventory.diagnostics],
  };
}
