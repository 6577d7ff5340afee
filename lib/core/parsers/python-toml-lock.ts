import type { PackageManager } from '../model/package.ts';
import { asObject, asText } from '../model/raw.ts';
import { createLockPackages } from './lock-packages.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { isInsideSitePackages, isPypiName } from './pypi-spelling.ts';
import { textParser } from './text-parser.ts';
import { tomlPackages } from './toml-packages.ts';

type Table = Readonly<Record<string, unknown>>;

interface PythonTomlLock {
  readonly id: string;
  readonly place: RegExp;
  readonly packageManager: PackageManager;
  /** The key of the list of packages. */
  readonly key: string;
  readonly fields: readonly string[];
  /** Whether the entry is a folder of the project, which no index knows. */
  isFolder(table: Table): boolean;
}

const POETRY: PythonTomlLock = {
  id: 'pypi/poetry-lock',
  place: /(?:^|\/)poetry\.lock$/,
  packageManager: 'POETRY',
  key: 'package',
  fields: ['source'],
  isFolder: ({ source }) => asObject(source)?.type === 'directory',
};

const PDM: PythonTomlLock = {
  id: 'pypi/pdm-lock',
  place: /(?:^|\/)pdm\.lock$/,
  packageManager: 'PIP',
  key: 'package',
  fields: ['path'],
  isFolder: ({ path }) => typeof path === 'string' && !/\.(?:whl|zip|tar\.[a-z0-9]+|tgz)$/.test(path.slice(-64)),
};

const UV: PythonTomlLock = {
  id: 'pypi/uv-lock',
  // Scripts have a lock file beside them: `script.py.lock`.
  place: /(?:^|\/)(?:uv|[^/]+\.py)\.lock$/,
  packageManager: 'PIP',
  key: 'package',
  fields: ['source'],
  isFolder: ({ source }) =>
    ['virtual', 'editable', 'directory'].some((kind) => Object.hasOwn(asObject(source) ?? {}, kind)),
};

const PYLOCK: PythonTomlLock = {
  id: 'pypi/pylock',
  place: /(?:^|\/)pylock(?:\.[^./]+)?\.toml$/,
  packageManager: 'PIP',
  key: 'packages',
  fields: ['directory'],
  isFolder: ({ directory }) => directory !== undefined,
};

/** poetry.lock of version 1 and 2. Format: python-poetry/poetry, `packages/locker.py`. */
export const poetryLock = parserOf(POETRY);
/** pdm.lock. Format: pdm-project.org, "Lock file". */
export const pdmLock = parserOf(PDM);
/** uv.lock, and the lock files of single scripts. Format: astral-sh/uv, `crates/uv-resolver/src/lock`. */
export const uvLock = parserOf(UV);
/** pylock.toml and pylock.<name>.toml. Format: PEP 751. */
export const pylock = parserOf(PYLOCK);

export const parsePoetryLock = (text: string, path: string): ParseResult => parseTomlLock(text, path, POETRY);
export const parsePdmLock = (text: string, path: string): ParseResult => parseTomlLock(text, path, PDM);
export const parseUvLock = (text: string, path: string): ParseResult => parseTomlLock(text, path, UV);
export const parsePylock = (text: string, path: string): ParseResult => parseTomlLock(text, path, PYLOCK);

function parserOf(lock: PythonTomlLock): Parser {
  return textParser({
    id: lock.id,
    declares: true,
    wants: (path) => lock.place.test(path) && !isInsideSitePackages(path),
    called: 'The lock file',
    parse: (text, path) => parseTomlLock(text, path, lock),
  });
}

function parseTomlLock(text: string, path: string, lock: PythonTomlLock): ParseResult {
  const { tables, isBroken } = tomlPackages(text, lock.key, ['name', 'version', ...lock.fields]);
  const found = createLockPackages({
    ecosystem: 'pypi',
    packageManager: lock.packageManager,
    path,
    isName: isPypiName,
  });
  for (const table of tables) {
    const name = asText(table.name);
    const version = asText(table.version);
    if (found.isFull()) {
      break;
    }
    if (name === null) {
      found.doubt(version ?? `[[${lock.key}]]`);
    } else if (lock.isFolder(table)) {
      found.leaveOut('folders of the project', name);
    } else if (version === null) {
      found.leaveOut('entries without a version', name);
    } else {
      found.add(name, version);
    }
  }
  const result = found.result();
  return isBroken ? unreadable(path, 'The lock file is not TOML, or only in part.', result.packages) : result;
}
