import type { Diagnostic } from '../../model/diagnostic.ts';
import type { LayerDescriptor } from '../../model/image.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Distro, Package } from '../../model/package.ts';
import type { ParseResult, Parser } from '../../parsers/parser.ts';
import type { ImageSource } from '../../ports/image-source.ts';
import type { LayerStore } from '../../ports/layer-store.ts';
import { collect, everyParser } from '../collector.ts';
import { parseFile } from '../parse-file.ts';
import { decodeLayer, encodeLayer, type LayerContent } from './layer-content.ts';
import { type FileVersion, type MergedLayers, mergeLayers } from './merged-layers.ts';
import { readLayer } from './read-layer.ts';

export interface CollectImageOptions {
  readonly signal: AbortSignal;
  /** Where layers that were read before are kept; without it every layer is read. */
  readonly store?: LayerStore;
  /** Changes whenever a parser does, so that nothing is taken from a store that another version filled. */
  readonly revision: string;
  readonly onLayer?: (done: number, total: number, bytes: number) => void;
}

const EMPTY: LayerContent = {
  files: new Map(),
  links: new Map(),
  covered: new Set(),
  removed: [],
  emptied: [],
  diagnostics: [],
  complete: false,
};

/**
 * The packages of a container image: each layer is read as it streams by, or taken from the store, and what they add and
 * remove is laid over each other. Each package names the lowest layer from which on it was there. A layer that cannot
 * be read leaves the image partial, with the reason.
 */
export async function collectImage(source: ImageSource, options: CollectImageOptions): Promise<Inventory> {
  const parsers = everyParser();
  const { layers } = source.facts;
  const contents: LayerContent[] = [];
  let bytes = 0;
  for (const layer of layers) {
    contents.push(await layerContent(source, layer, parsers, options));
    bytes += layer.size;
    options.onLayer?.(contents.length, layers.length, bytes);
  }
  const merged = mergeLayers(contents);
  const inventory = await collect(
    merged.tree,
    { expectsSystem: true, mayLackSystem: true, known: (path, parser) => knownResult(merged, path, parser) },
    options.signal,
  );
  const diagnostics = contents.flatMap((content, place) =>
    content.diagnostics.map((one) => inLayer(one, layers[place])),
  );
  const isWhole = contents.every(({ complete }) => complete);
  return {
    ...inventory,
    packages: await withLayers(inventory.packages, inventory.distro, merged, layers, parsers, options.signal),
    outcome: isWhole ? inventory.outcome : 'partial',
    diagnostics: [...(source.diagnostics ?? []), ...diagnostics, ...inventory.diagnostics],
    image: source.facts,
  };
}

async function layerContent(
  source: ImageSource,
  layer: LayerDescriptor,
  parsers: readonly Parser[],
  { signal, store, revision }: CollectImageOptions,
): Promise<LayerContent> {
  // Both digests, for only together were they checked: a configuration that claims the content of another layer finds nothing.
  const digests = [layer.digest, layer.diffId ?? ''].map((digest) => digest.replace('sha256:', ''));
  const key = `${digests.join('-')}-${revision}`;
  const stored = (await store?.get(key)) ?? null;
  const known = stored === null ? null : decodeLayer(stored);
  if (known !== null) {
    return known;
  }
  try {
    const first = await readLayer(source.openLayer(layer, signal), parsers, signal);
    const content =
      first.missed.size === 0 ? first : await readLayer(source.openLayer(layer, signal), parsers, signal, first.missed);
    if (content.complete) {
      await store?.put(key, encodeLayer(content));
    }
    return content;
  } catch (error) {
    signal.throwIfAborted();
    const message = `The layer could not be read: ${error instanceof Error ? error.message : String(error)}`;
    return { ...EMPTY, diagnostics: [{ level: 'error', path: null, message }] };
  }
}

function knownResult(merged: MergedLayers, path: string, parser: Parser): ParseResult | undefined {
  return merged.versionsOf(path).at(-1)?.file.results[parser.id];
}

function inLayer(diagnostic: Diagnostic, layer: LayerDescriptor | undefined): Diagnostic {
  const name = layer === undefined ? '' : ` (layer ${layer.digest.slice(0, 19)})`;
  return { ...diagnostic, message: `${diagnostic.message}${name}` };
}

/** Names for each package the lowest layer from which on its file had it without a gap. */
async function withLayers(
  packages: readonly Package[],
  distro: Distro | null,
  merged: MergedLayers,
  layers: readonly LayerDescriptor[],
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<readonly Package[]> {
  const purls = new Map<FileVersion, ReadonlySet<string>>();
  const placed: Package[] = [];
  for (const pkg of packages) {
    // What stands after "!/" is a place inside of an archive.
    const path = pkg.path.split('!/')[0] ?? pkg.path;
    const versions = merged.versionsOf(path);
    let first = versions.at(-1);
    for (const version of versions.slice(0, -1).reverse()) {
      const known = purls.get(version) ?? (await purlsOf(path, version, distro, merged, parsers, signal));
      purls.set(version, known);
      if (!known.has(pkg.purl)) {
        break;
      }
      first = version;
    }
    placed.push({ ...pkg, layer: layers[first?.layer ?? -1]?.digest ?? null });
  }
  return placed;
}

async function purlsOf(
  path: string,
  version: FileVersion,
  distro: Distro | null,
  merged: MergedLayers,
  parsers: readonly Parser[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { size, isExecutable, results } = version.file;
  const tree = merged.treeWith(path, version);
  const purls = new Set<string>();
  for (const parser of parsers) {
    if (parser.wants(path, { path, size, isExecutable })) {
      const result = results[parser.id] ?? (await parseFile(parser, path, tree, { distro }, signal));
      for (const { purl } of result.packages) {
        purls.add(purl);
      }
    }
  }
  return purls;
}
