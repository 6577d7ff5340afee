import { basename, dirname, join } from 'node:path/posix';
import { asArray, asObject } from '../model/raw.ts';
import { withoutComments } from './jsonc.ts';
import { found, noPackage } from './parse-result.ts';
import type { Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';
import { jsonObject, tomlObject } from './structured-text.ts';
import { isUnpacked, plainText } from './text-parser.ts';

interface Manifest {
  readonly name: RegExp;
  /** Beside the manifest or in a folder above it; the first that exists is read by its own parser. */
  readonly locks: readonly string[];
  /**
   * Whether the text names any package; null where it is none of its format. Left out where every such file is of a project
   * that is built from packages.
   */
  readonly namesPackages?: (text: string) => boolean | null;
}

type Table = Readonly<Record<string, unknown>>;

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
  {
    name: /^package\.json$/,
    // Of what is installed beside it, every package says its own version.
    locks: [
      'package-lock.json',
      'npm-shrinkwrap.json',
      'yarn.lock',
      'pnpm-lock.yaml',
      'bun.lock',
      'bun.lockb',
      'node_modules/.package-lock.json',
      'node_modules/.yarn-integrity',
      'node_modules/.modules.yaml',
    ],
    namesPackages: (text) => holdsAny(jsonObject(text), ['dependencies', 'devDependencies', 'optionalDependencies']),
  },
  {
    name: /^deno\.jsonc?$/,
    locks: ['deno.lock'],
    namesPackages: (text) => holdsAny(jsonObject(withoutComments(text)), ['imports']),
  },
  {
    name: /^pyproject\.toml$/,
    locks: ['poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock', 'requirements.txt'],
    namesPackages: pyprojectNames,
  },
  {
    name: /^setup\.(?:py|cfg)$/,
    locks: ['requirements.txt', 'Pipfile.lock', 'poetry.lock', 'uv.lock', 'pdm.lock'],
    namesPackages: (text) => /^\s*(?:install_requires|setup_requires)\s*=/m.test(text),
  },
  { name: /^Cargo\.toml$/, locks: ['Cargo.lock'], namesPackages: cargoNames },
];
const LEVELS_MAX = 8;
const BYTES_MAX = 4 * 1024 * 1024;
/** Sources of other packages, and files that came with a distribution's own. */
const VENDORED = /(?:^|\/)(?:vendor|deps|Pods|\.build|\.cargo\/registry|pkg\/mod|usr\/(?:share|lib)\/nodejs)\//;

/** Says of a manifest that nothing locks that its packages are not known: it names ranges, and whatever was current was installed. */
export const manifestWithoutLock: Parser = {
  id: 'manifest-without-lock',
  declares: true,
  reads: 'tree',
  alsoReads: (path) => MANIFESTS.some(({ locks }) => locks.some((lock) => isNamed(path, lock))),
  wants: (path) => manifestOf(path) !== undefined && !isUnpacked(path) && !VENDORED.test(path),
  async parse(path, tree) {
    const { locks = [], namesPackages } = manifestOf(path) ?? {};
    if (namesPackages !== undefined) {
      const read = await readBounded(tree, path, BYTES_MAX);
      const named = read.kind === 'text' ? namesPackages(plainText(read.text)) : null;
      if (named !== true) {
        const message = 'The file is no manifest that can be read, so it is not known whether it names packages.';
        return named === null ? noPackage(path, message) : found([]);
      }
    }
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

function holdsAny(table: Table | null, keys: readonly string[]): boolean | null {
  return table === null ? null : keys.some((key) => Object.keys(asObject(table[key]) ?? {}).length > 0);
}

/** Lists of PEP 621 and 735, and the tables that Poetry had before; that of Poetry names Python itself too. */
function pyprojectNames(text: string): boolean | null {
  const table = tomlObject(text);
  if (table === null) {
    return null;
  }
  const project = asObject(table.project) ?? {};
  const poetry = asObject(asObject(table.tool)?.poetry) ?? {};
  const groups = Object.values(asObject(poetry.group) ?? {}).map((group) => asObject(group)?.dependencies);
  const poetryNames = [poetry.dependencies, poetry['dev-dependencies'], ...groups].flatMap((one) =>
    Object.keys(asObject(one) ?? {}),
  );
  return (
    asArray(project.dependencies).length > 0 ||
    holdsAny(project, ['optional-dependencies']) === true ||
    holdsAny(table, ['dependency-groups']) === true ||
    poetryNames.some((name) => name.toLowerCase() !== 'python')
  );
}

/** Tables of the package, of the workspace and of single platforms. */
function cargoNames(text: string): boolean | null {
  const table = tomlObject(text);
  if (table === null) {
    return null;
  }
  const platforms = Object.values(asObject(table.target) ?? {}).map(asObject);
  return [table, asObject(table.workspace), ...platforms].some(
    (one) => holdsAny(one, ['dependencies', 'dev-dependencies', 'build-dependencies']) === true,
  );
}
