import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whatever has a say in what is read out of a layer. */
const READERS = ['core/inventory', 'core/ecosystems', 'core/parsers', 'core/versions', 'core/model', 'images'];
const LENGTH = 16;

let revision: string | null = null;

/**
 * Names the readers of this version: a digest of their sources and of package.json, which holds our version and those of
 * the libraries that they use. What one revision read of a layer is never taken for what another would.
 */
export function readersRevision(): string {
  revision ??= revisionOf(fileURLToPath(new URL('..', import.meta.url)));
  return revision;
}

/** The same for another copy of `lib`, with package.json beside it. */
export function revisionOf(lib: string): string {
  const hash = createHash('sha256').update(readFileSync(join(lib, '..', 'package.json')));
  for (const folder of READERS) {
    const names = readdirSync(join(lib, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter(isReader).sort()) {
      const source = readFileSync(join(lib, folder, name));
      hash.update(`\0${folder}/${name}\0${source.length}\0`).update(source);
    }
  }
  return hash.digest('hex').slice(0, LENGTH);
}

function isReader(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts');
}
