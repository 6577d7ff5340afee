import { createHash } from 'node:crypto';
import { type InventoryDigest, inventoryDigest } from '../model/ids.ts';
import type { Package } from '../model/package.ts';

/** Identity of an inventory: SHA-256 over its packages and their places, whatever their order. */
export function digestOf(packages: readonly Package[]): InventoryDigest {
  const lines = packages.map((pkg) => `${pkg.purl}\t${pkg.path}\n`).sort();
  const hash = createHash('sha256');
  for (const line of lines) {
    hash.update(line);
  }
  return inventoryDigest(hash.digest('hex'));
}
