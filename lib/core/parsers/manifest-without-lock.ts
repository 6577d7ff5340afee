import { basename, dirname, join } from 'node:path/posix';
import { found, noPackage } from './parse-result.ts';
import type { Parser } from './parser.ts';
import { isUnpacked } from './text-parser.ts';

interface Manifest {
  readonly name: RegExp;
  /** Beside the manifest or in a folder above it; the first that exists is read by its own parser. */
  readonly locks: readonly string[];
}

const MANIFESTS: readonly Manifest[] = [
  { name: /^Gemfile$/, locks: ['Gemfile.lock'] },
  { name: /^gems\.rb$/, locks: ['gems.locked'] },
  { name: /^composer\.json$/, locks: ['composer.lock', 'vendor/composer/installed.json'] },
  { name: /^mix\.exs$/, locks: ['mix.lock'] },
  { name: /^rebar\.config$/, locks: ['rebar.lock'] },
  { name: /^gleam\.toml$/, locks: ['manifest.toml'] },
  { name: /^pubspec\.ya?ml$/, locks: ['pubspec.lock'] },
  { name: /^Package\.swift$/, locks: ['Package.resolved'] },
  { name: /^Podfile$/, locks: ['Podfile.lock'] },
  { name: /^paket\.dependencies$/, locks: ['paket.lock'] },
  { name: /^(?:Julia)?Project\.toml$/, locks: ['Manifest.toml', 'JuliaManifest.toml'] },
];
const LEVELS_MAX = 8;
const VENDORED = /(?:^|\/)(?:vendor|deps|Pods|\.build)\//;

/** Says of a manifest that nothing locks that its packages are not known: it names ranges, and whatever was current was installed. */
export const manifestWithoutLock: Parser = {
  id: 'manifest-without-lock',
  declares: true,
  reads: 'tree',
  alsoReads: (path) => MANIFESTS.some(({ locks }) => locks.some((lock) => isNamed(path, lock))),
  wants: (path) => manifestOf(path) !== undefined && !isUnpacked(path) && !VENDORED.test(path),
  async parse(path, tree) {
    const locks = manifestOf(path)?.locks ?? [];
    let folder = dirname(path);
    for (let level = 0; level < LEVELS_MAX; level += 1) {
      for (const lock of locks) {
        if ((await tree.read(join(folder, lock), { start: 0, end: 1 })) !== null) {
          return found([]);
        }
      }
      if (folder === '.' || folder === '/') {
        break;
      }
      folder = dirname(folder);
    }
    return noPackage(path, `The file names ranges, and no ${locks[0] ?? 'lock file'} says which versions were taken.`);
  },
};

function manifestOf(path: string): Manifest | undefined {
  const base = basename(path);
  return MANIFESTS.find((manifest) => manifest.name.test(base));
}

function isNamed(path: string, lock: string): boolean {
  return path === lock || path.endsWith(`/${lock}`);
}
