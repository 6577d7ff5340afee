import { createHash } from 'node:crypto';
import { type InventoryDigest, inventoryDigest } from '../model/ids.ts';
import type { Package } from '../model/package.ts';

/**
 * Identity of an inventory: SHA-256 over its packages, with their places, sources, layers and how sure they are, whatever their
 * order.
 */
export function digestOf(packages: readonly Package[]): InventoryDigest {
  const lines = packages
    .map(({ purl, path, layer, sourceName, sourceVersion, confidence }) =>
      [purl, path, layer, sourceName, sourceVersion, `${confidence ?? ''}\n`].join('\t'),
    )
    .sort();
  const hash = createHash('sha256');
  for (const line of lines) {
    hash.update(line);
  }
  return inventoryDigest(hash.digest('hex'));
}
