import type { Ecosystem } from '../ecosystems/ecosystem.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Distro, Package } from '../model/package.ts';
import { readDistro } from '../parsers/os-release.ts';
import type { ParseResult, Parser } from '../parsers/parser.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { ownedBinaries } from './owned-binaries.ts';
import { mayHidePackages } from './package-places.ts';
import { judgeSystemPackages } from './system-packages.ts';

/** What a collector of one kind of thing asks of the walk. */
export interface CollectOptions {
  /** True for machines and images: without a known distribution and its package database the result is not complete. */
  readonly expectsSystem: boolean;
}

/** Files that are read and parsed at the same time. */
const CONCURRENCY = 32;
/** A read that takes longer is given up; it is a device that hangs, not a large file. */
const FILE_SECONDS_MAX = 30;
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
  const results = await parseAll(wanted, tree, distro, signal);
  const packages = results.flatMap((result) => result.packages);
  const { kept, owned } = withoutOwned(packages);
  const system = judgeSystemPackages(facts, kept, options.expectsSystem);
  const hidden = tree.problems().map(toDiagnostic);
  const diagnostics = [
    ...system,
    ...results.flatMap((result) => result.diagnostics),
    ...hidden,
    ...ownedDiagnostic(owned),
  ];
  const complete =
    results.every((result) => result.complete) &&
    ![...system, ...hidden].some((diagnostic) => diagnostic.level !== 'info');
  return {
    distro,
    packages: sortedWithoutDoubles(kept),
    outcome: complete ? 'complete' : 'partial',
    diagnostics: bounded(diagnostics),
  };
}

async function findWanted(tree: FileTree, signal: AbortSignal): Promise<readonly WantedFile[]> {
  const every: readonly Ecosystem[] = Object.values(ecosystems);
  const parsers = [...new Set(every.flatMap((ecosystem) => ecosystem.parsers))];
  const wanted: WantedFile[] = [];
  for await (const file of tree.list()) {
    signal.throwIfAborted();
    for (const parser of parsers) {
      if (parser.wants(file.path, file)) {
        wanted.push({ path: file.path, parser });
      }
    }
  }
  return wanted;
}

async function parseAll(
  wanted: readonly WantedFile[],
  tree: FileTree,
  distro: Distro | null,
  signal: AbortSignal,
): Promise<readonly ParseResult[]> {
  const results: ParseResult[] = [];
  const queue = wanted.entries();
  // All lanes draw from one iterator, so a slow file holds up its own lane only.
  const lane = async (): Promise<void> => {
    for (const [index, file] of queue) {
      signal.throwIfAborted();
      results[index] = await parseOne(file, tree, distro, signal);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, wanted.length) }, lane));
  return results;
}

async function parseOne(
  file: WantedFile,
  tree: FileTree,
  distro: Distro | null,
  signal: AbortSignal,
): Promise<ParseResult> {
  try {
    return await withinSeconds(FILE_SECONDS_MAX, file.parser.parse(file.path, tree, { distro }));
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The file could not be parsed as ${file.parser.id}: ${reason}`;
    return { packages: [], diagnostics: [{ level: 'error', path: file.path, message }], complete: false };
  }
}

async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${seconds} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Leaves out language packages that a package of the distribution owns: the distribution patches them without changing
 * their version, so the language's advisories would accuse fixed code. Only where that database was really read.
 */
function withoutOwned(packages: readonly Package[]): { kept: readonly Package[]; owned: number } {
  const system = packages.find((pkg) => ecosystems[pkg.ecosystem].family === 'os');
  if (system === undefined) {
    return { kept: packages, owned: 0 };
  }
  const { ownsPath } = ecosystems[system.ecosystem];
  const isSystem = (pkg: Package): boolean => ecosystems[pkg.ecosystem].family === 'os';
  const isOwnedBinary = ownedBinaries(packages.filter(isSystem));
  const kept = packages.filter((pkg) => isSystem(pkg) || !(ownsPath(pkg.path) || isOwnedBinary(pkg)));
  return { kept, owned: packages.length - kept.length };
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

function sortedWithoutDoubles(packages: readonly Package[]): readonly Package[] {
  const byPlace = new Map(packages.map((pkg) => [`${pkg.purl}\t${pkg.path}`, pkg]));
  return [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pkg]) => pkg);
}

/** The gravest first, so that a flood of small remarks cannot hide the reason of a partial result. */
function bounded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = [...diagnostics].sort((a, b) => rank[a.level] - rank[b.level]);
  if (sorted.length <= DIAGNOSTICS_MAX) {
    return sorted;
  }
  const rest = sorted.length - DIAGNOSTICS_MAX;
  return [...sorted.slice(0, DIAGNOSTICS_MAX), { level: 'info', path: null, message: `${rest} further remarks.` }];
}
