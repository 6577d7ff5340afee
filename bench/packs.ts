import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageKey } from '../lib/core/model/ids.ts';
import { openOsvPack } from '../lib/feeds/advisory-index/osv-pack.ts';

/** Every package key of an index. */
export function keysOfIndex(dataDirectory: string): readonly PackageKey[] {
  const folder = join(dataDirectory, 'advisories');
  const keys: PackageKey[] = [];
  for (const name of readdirSync(folder)) {
    if (name.startsWith('osv-') && name.endsWith('.pack')) {
      const pack = openOsvPack(join(folder, name));
      for (let number = 0; number < pack.raw.keys.size; number += 1) {
        keys.push(pack.raw.keys.textOf(number) as PackageKey);
      }
      pack.close();
    }
  }
  return keys;
}
