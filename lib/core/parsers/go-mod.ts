import type { Package } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { go as goOrder } from '../versions/go.ts';
import { goRelease } from './go-packages.ts';
import { languagePackage } from './language-package.ts';
import { excerpt, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';
import { textLines } from './text-lines.ts';
import { textParser } from './text-parser.ts';

/**
 * `go.mod` of a source tree. Since Go 1.17 it lists every module that is built in; before that only the direct ones, and the rest is
 * taken from `go.sum` beside it. Modules in the cache of the build machine and the toolchain's own are left out.
 */
export const goMod: Parser = {
  id: 'go/mod',
  declares: true,
  reads: 'tree',
  wants: (path) => /(?:^|\/)go\.mod$/.test(path) && !ELSEWHERE.test(path),
  alsoReads: (path) => /(?:^|\/)go\.sum$/.test(path) && !ELSEWHERE.test(path),
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The file ${read.reason}.`);
    }
    const module = parseGoModFile(read.text);
    return isOld(module.goVersion) ? withSum(module, path, tree) : moduleResult(module, path, []);
  },
};

/** `vendor/modules.txt`: the modules whose sources were copied into the tree. */
export const goVendor = textParser({
  id: 'go/vendor',
  declares: true,
  wants: (path) => /(?:^|\/)vendor\/modules\.txt$/.test(path) && !ELSEWHERE.test(path),
  parse: parseGoVendor,
});

const BYTES_MAX = 32 * 1024 * 1024;
const MODULES_MAX = 200_000;
const ELSEWHERE = /(?:^|\/)pkg\/mod\/|\/testdata\/|(?:^|\/)go\/src\/(?:cmd\/)?(?:go\.mod|vendor\/)/;
const MODULE_PATH = /^[A-Za-z0-9][A-Za-z0-9._~\-/!+]*$/;
const MODULE_VERSION = /^v[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?$/;

interface Required {
  readonly path: string;
  readonly version: string;
}

interface Replaced {
  readonly from: string;
  /** Empty where all versions are replaced. */
  readonly fromVersion: string;
  readonly to: string;
  /** Empty for a folder of the build machine. */
  readonly toVersion: string;
}

export interface GoModFile {
  readonly name: string;
  readonly goVersion: string;
  readonly toolchain: string;
  readonly required: readonly Required[];
  readonly replaced: readonly Replaced[];
  /** Lines of no known form. */
  readonly strange: number;
}

/** Reads the file by its lines; `verb (` opens a block whose lines lack the verb. Format: Go Modules Reference, "go.mod files". */
export function parseGoModFile(text: string): GoModFile {
  const single = new Map<string, string>();
  const required: Required[] = [];
  const replaced: Replaced[] = [];
  let block = '';
  let strange = 0;
  for (const raw of textLines(text)) {
    const words = wordsOf(raw);
    if (words.length === 0) {
      continue;
    }
    if (words[0] === ')' && block !== '') {
      block = '';
      continue;
    }
    if (words.length === 2 && words[1] === '(' && block === '') {
      block = words[0] ?? '';
      continue;
    }
    const [verb = '', ...rest] = block === '' ? words : [block, ...words];
    if (verb === 'require' && rest.length === 2 && required.length < MODULES_MAX) {
      required.push({ path: rest[0] ?? '', version: rest[1] ?? '' });
    } else if (verb === 'replace' && rest.includes('=>') && replaced.length < MODULES_MAX) {
      replaced.push(replacementOf(rest));
    } else if (['go', 'toolchain', 'module'].includes(verb) && rest.length === 1) {
      single.set(verb, rest[0] ?? '');
    } else if (!['exclude', 'retract', 'godebug', 'tool', 'ignore', 'module'].includes(verb)) {
      strange += 1;
    }
  }
  const at = (verb: string): string => single.get(verb) ?? '';
  return { name: at('module'), goVersion: at('go'), toolchain: at('toolchain'), required, replaced, strange };
}

function wordsOf(line: string): readonly string[] {
  const comment = line.indexOf('//');
  const code = (comment === -1 ? line : line.slice(0, comment)).slice(0, 2048).trim();
  return code === '' ? [] : code.split(/[ \t]+/).map((word) => word.replace(/^["`]|["`]$/g, ''));
}

function replacementOf(words: readonly string[]): Replaced {
  const arrow = words.indexOf('=>');
  const [from = '', fromVersion = ''] = words.slice(0, arrow);
  const [to = '', toVersion = ''] = words.slice(arrow + 1);
  return { from, fromVersion, to, toVersion };
}

/** Before 1.17, which first listed indirect modules; a file that names no version counts as 1.16. */
function isOld(goVersion: string): boolean {
  const [, minor] = /^1\.([0-9]+)/.exec(goVersion) ?? [];
  return goVersion === '' || (minor !== undefined && Number(minor) < 17);
}

async function withSum(module: GoModFile, path: string, tree: FileTree): Promise<ParseResult> {
  const sumPath = path.replace(/mod$/, 'sum');
  const read = await readBounded(tree, sumPath, BYTES_MAX);
  if (read.kind === 'text') {
    return moduleResult(module, path, parseGoSum(read.text));
  }
  const { packages, diagnostics, complete } = moduleResult(module, path, []);
  const message = 'It lists only the modules that it uses directly, and no go.sum beside it names the others.';
  return { packages, diagnostics: [...diagnostics, { level: 'info', path, message }], complete };
}

/** The highest version of each module whose sources were fetched; lines of a go.mod alone took no part in a build. */
export function parseGoSum(text: string): readonly Required[] {
  const highest = new Map<string, string>();
  for (const line of textLines(text)) {
    const [path = '', version = '', hash = ''] = line.trim().split(' ');
    const isFetched = MODULE_VERSION.test(version) && hash.startsWith('h1:');
    if (isFetched && isHigher(version, highest.get(path)) && highest.size < MODULES_MAX) {
      highest.set(path, version);
    }
  }
  return [...highest].map(([path, version]) => ({ path, version }));
}

function isHigher(version: string, than: string | undefined): boolean {
  const [a, b] = [goOrder.parse(version), than === undefined ? null : goOrder.parse(than)];
  return a !== null && (b === null || goOrder.compare(a, b) > 0);
}

function moduleResult(module: GoModFile, path: string, summed: readonly Required[]): ParseResult {
  if (module.name === 'std' || module.name === 'cmd') {
    return noPackage(path, 'It is a part of the Go toolchain.');
  }
  const packages = new Map<string, Package>();
  const add = (pkg: Package | null): void => {
    if (pkg !== null && !packages.has(pkg.purl)) {
      packages.set(pkg.purl, pkg);
    }
  };
  let strange = module.strange;
  for (const one of module.required) {
    const actual = replacement(one, module.replaced);
    if (actual !== null && !isModule(actual)) {
      strange += 1;
    } else if (actual !== null) {
      add(modulePackage(actual, path));
    }
  }
  const direct = new Map(module.required.map((one) => [one.path, one.version]));
  for (const one of summed) {
    const actual = isHigher(one.version, direct.get(one.path)) ? replacement(one, module.replaced) : null;
    // Sources may have been fetched for an earlier state of the file.
    add(actual === null || !isModule(actual) ? null : modulePackage(actual, path, 'medium'));
  }
  add(libraryOf(module, path));
  return result(packages, strange, path);
}

function result(packages: ReadonlyMap<string, Package>, strange: number, path: string): ParseResult {
  const all = [...packages.values()];
  if (strange > 0) {
    return unreadable(path, `${strange} lines name no module at a version.`, all);
  }
  return all.length === 0
    ? noPackage(path, 'It names no module that has a published version.')
    : { packages: all, diagnostics: [], complete: true };
}

/** The module that is really built in; null for a folder of the build machine. */
function replacement(one: Required, replaced: readonly Replaced[]): Required | null {
  const candidates = replaced.filter(({ from }) => from === one.path);
  const hit =
    candidates.find(({ fromVersion }) => fromVersion === one.version) ??
    candidates.find(({ fromVersion }) => fromVersion === '');
  if (hit === undefined) {
    return one;
  }
  return hit.toVersion === '' ? null : { path: hit.to, version: hit.toVersion };
}

function isModule({ path, version }: Required): boolean {
  return MODULE_PATH.test(path) && MODULE_VERSION.test(version);
}

function modulePackage({ path: name, version }: Required, path: string, confidence?: 'medium' | 'low'): Package | null {
  const fields = { ecosystem: 'go', name, version, packageManager: 'GOMOD', path } as const;
  return languagePackage(confidence === undefined ? fields : { ...fields, confidence });
}

/**
 * The standard library. A toolchain line asks for at least this release, so it is what an up-to-date build of the project uses; a `go`
 * line only states what the sources need, and without a patch release it is no release at all.
 */
function libraryOf({ toolchain, goVersion }: GoModFile, path: string): Package | null {
  const named = goRelease(toolchain);
  const needed = /^[0-9]+\.[0-9]+\.[0-9]+$/.test(goVersion) ? goVersion : null;
  const version = named ?? needed;
  return version === null ? null : modulePackage({ path: 'stdlib', version }, path, named === null ? 'low' : 'medium');
}

/** `# path version`, with `=> path version` behind it where replaced. */
export function parseGoVendor(text: string, path: string): ParseResult {
  const packages = new Map<string, Package>();
  const strange: string[] = [];
  for (const raw of textLines(text)) {
    const line = raw.trim();
    if (!line.startsWith('# ') || packages.size >= MODULES_MAX) {
      continue;
    }
    const words = line.slice(2, 2048).split(' ');
    const { from, fromVersion, to, toVersion } = words.includes('=>')
      ? replacementOf(words)
      : replacementOf([...words, '=>', ...words]);
    const isLocal = to.startsWith('.') || to.startsWith('/');
    // A line that names only what replaces a module for all versions repeats one before it.
    const actual = { path: to, version: toVersion };
    if (isLocal) {
      continue;
    }
    if (!isModule(actual)) {
      strange.push(excerpt(`${from} ${fromVersion}`.trim()));
      continue;
    }
    const pkg = modulePackage(actual, path);
    if (pkg !== null) {
      packages.set(pkg.purl, pkg);
    }
  }
  return result(packages, strange.length, path);
}
