import type { Ecosystem } from '../ecosystems/ecosystem.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import { readDistro, readSystemTrace } from '../parsers/os-release.ts';
import type { ParseResult, Parser } from '../parsers/parser.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { ownedBinaries } from './owned-binaries.ts';
import { isFetchedSource, mayHidePackages } from './package-places.ts';
import { parseFile } from './parse-file.ts';
import { judgeSystemPackages } from './system-packages.ts';

/** What a collector of one kind of thing asks of the walk. */
export interface CollectOptions {
  /** True for machines and images: without a known distribution and its package database the result is not complete. */
  readonly expectsSystem: boolean;
  /** What a parser found in a file already, so that it need not read it again. */
  readonly known?: (path: string, parser: Parser) => ParseResult | undefined;
  /** True for images, which may hold a program alone; one that shows marks of a distribution needs its database all the same. */
  readonly mayLackSystem?: boolean;
}

/** Files that are read and parsed at the same time. */
const CONCURRENCY = 32;
const DIAGNOSTICS_MAX = 500;

interface WantedFile {
  readonly path: string;
  readonly parser: Parser;
}

/** Walks a tree once, offers each file to the parsers by its path, and gathers what they find. */
export async function collect(tree: FileTree, options: CollectOptions, signal: AbortSignal): Promise<Inventory> {
  const facts = await readDistro(tree);
  const distro = facts?.distro ?? null;
  const wanted = await findWanted(tree, signal);
  const { files, passedBy } = wanted;
  const results = await parseAll(files, tree, distro, options.known, signal);
  const packages = results.flatMap((result) => result.packages);
  const { kept, owned } = withoutOwned(packages, ownedFiles(results));
  const trace = facts === null && options.mayLackSystem === true ? await readSystemTrace(tree) : null;
  const system = judgeSystemPackages({ facts, trace }, kept, expectationOf(options));
  const hidden = tree.problems().map(toDiagnostic);
  const diagnostics = [
    ...system,
    ...results.flatMap((result) => result.diagnostics),
    ...hidden,
    ...ownedDiagnostic(owned),
    ...passedByDiagnostic(passedBy),
  ];
  const isWhole = (result: ParseResult, place: number): boolean =>
    result.complete || (options.expectsSystem && files[place]?.parser.declares === true);
  const complete = results.every(isWhole) && ![...system, ...hidden].some((diagnostic) => diagnostic.level !== 'info');
  return {
    distro,
    packages: sortedWithoutDoubles(kept),
    outcome: complete ? 'complete' : 'partial',
    diagnostics: bounded(diagnostics),
  };
}

function expectationOf({
  expectsSystem,
  mayLackSystem = false,
}: CollectOptions): 'system' | 'maybe-system' | 'nothing' {
  if (!expectsSystem) {
    return 'nothing';
  }
  return mayLackSystem ? 'maybe-system' : 'system';
}

/** Each parser once, in the order of the ecosystems. */
export function everyParser(): readonly Parser[] {
  const every: readonly Ecosystem[] = Object.values(ecosystems);
  return [...new Set(every.flatMap((ecosystem) => ecosystem.parsers))];
}

interface Wanted {
  readonly files: readonly WantedFile[];
  /** Files of sources that were only fetched. */
  readonly passedBy: number;
}

async function findWanted(tree: FileTree, signal: AbortSignal): Promise<Wanted> {
  const parsers = everyParser();
  const files: WantedFile[] = [];
  let passedBy = 0;
  for await (const file of tree.list()) {
    signal.throwIfAborted();
    const wanting = parsers.filter((parser) => parser.wants(file.path, file));
    if (wanting.length > 0 && isFetchedSource(file.path)) {
      passedBy += 1;
      continue;
    }
    files.push(...wanting.map((parser) => ({ path: file.path, parser })));
  }
  return { files, passedBy };
}

async function parseAll(
  wanted: readonly WantedFile[],
  tree: FileTree,
  distro: Distro | null,
  known: CollectOptions['known'],
  signal: AbortSignal,
): Promise<readonly ParseResult[]> {
  const results: ParseResult[] = [];
  const queue = wanted.entries();
  // All lanes draw from one iterator, so a slow file holds up its own lane only.
  const lane = async (): Promise<void> => {
    for (const [index, file] of queue) {
      signal.throwIfAborted();
      results[index] =
        known?.(file.path, file.parser) ?? (await parseFile(file.parser, file.path, tree, { distro }, signal));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, wanted.length) }, lane));
  return results;
}

/** Files that the package databases list as theirs; null where none of them lists files. */
function ownedFiles(results: readonly ParseResult[]): ReadonlySet<string> | null {
  const lists = results.flatMap(({ owned }) => (owned === undefined ? [] : [owned]));
  return lists.length === 0 ? null : new Set(lists.flat());
}

/**
 * Leaves out language packages that a package of the distribution owns: the distribution patches them without changing
 * their version, so the language's advisories would accuse fixed code. Only where that database was really read; by its
 * list of files, or by the folders that the distribution keeps to itself.
 */
function withoutOwned(
  packages: readonly Package[],
  files: ReadonlySet<string> | null,
): { kept: readonly Package[]; owned: number } {
  const system = packages.find((pkg) => ecosystems[pkg.ecosystem].family === 'os');
  if (system === undefined) {
    return { kept: packages, owned: 0 };
  }
  const { ownsPath: isInFolder } = ecosystems[system.ecosystem];
  // What lies inside of an archive belongs to whom the archive belongs.
  const ownsPath = (path: string): boolean =>
    files === null ? isInFolder(path) : files.has(path.split('!/', 1)[0] ?? path);
  const every: Readonly<Record<EcosystemId, Ecosystem>> = ecosystems;
  const stays = ({ family, isLinkedIn = false }: Ecosystem): boolean => family === 'os' || isLinkedIn;
  const isOwnedBinary = ownedBinaries(packages.filter((pkg) => every[pkg.ecosystem].family === 'os'));
  const kept = packages.filter((pkg) => stays(every[pkg.ecosystem]) || !(ownsPath(pkg.path) || isOwnedBinary(pkg)));
  return { kept, owned: packages.length - kept.length };
}

function passedByDiagnostic(files: number): readonly Diagnostic[] {
  const message = `${files} files in the module caches of Go and Cargo were passed by: they are sources that were fetched, and programs made of them name what they hold.`;
  return files === 0 ? [] : [{ level: 'info', path: null, message }];
}

function ownedDiagnostic(owned: number): readonly Diagnostic[] {
  const message = `${owned} language packages were left out, because packages of the distribution own and patch them.`;
  return owned === 0 ? [] : [{ level: 'info', path: null, message }];
}

/** A file that vanished while the tree was walked is no longer installed, so it hides nothing. */
function toDiagnostic(problem: { readonly path: string; readonly message: string }): Diagnostic {
  const vanished = /\bENOENT\b/.test(problem.message);
  const level = !vanished && mayHidePackages(problem.path) ? 'warning' : 'info';
  return { level, path: problem.path === '' ? null : problem.path, message: problem.message };
}

/** By package URL, then place. */
export function sortedWithoutDoubles(packages: readonly Package[]): readonly Package[] {
  const byPlace = new Map(packages.map((pkg) => [`${pkg.purl}\t${pkg.path}`, pkg]));
  return [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pkg]) => pkg);
}

/** The gravest first, so that a flood of small remarks cannot hide the reason of a partial result. */
export function bounded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = [...diagnostics].sort((a, b) => rank[a.level] - rank[b.level]);
  if (sorted.length <= DIAGNOSTICS_MAX) {
    return sorted;
  }
  const rest = sorted.length - DIAGNOSTICS_MAX;
  return [...sorted.slice(0, DIAGNOSTICS_MAX), { level: 'info', path: null, message: `${rest} further remarks.` }];
}
