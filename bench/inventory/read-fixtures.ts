import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, everyParser } from '../../lib/core/inventory/collector.ts';
import { parseFile } from '../../lib/core/inventory/parse-file.ts';
import { collectSbom } from '../../lib/core/inventory/sbom-file.ts';
import type { Diagnostic } from '../../lib/core/model/diagnostic.ts';
import { isDistroFile, readDistro } from '../../lib/core/parsers/os-release.ts';
import type { ParseResult } from '../../lib/core/parsers/parser.ts';
import type { FileTree } from '../../lib/core/ports/file-tree.ts';
import { GROUPS } from './fixture-groups.ts';
import type { FixtureTree } from './fixture-trees.ts';

/** One file as one parser read it. */
export interface Reading {
  readonly file: string;
  readonly format: string;
  readonly packages: number;
  readonly isComplete: boolean;
  readonly says: readonly Diagnostic[];
}

/** What became of every file. */
export interface Landing {
  readonly readings: readonly Reading[];
  /** Read for a file of this format, such as the parent of a pom. */
  readonly beside: ReadonlyMap<string, string>;
  /** The group of files that hold no list of packages. */
  readonly grouped: ReadonlyMap<string, string>;
  /** Manifests whose lock file, which was read, tells the versions. */
  readonly locked: readonly string[];
  readonly nobody: readonly string[];
}

const signal = new AbortController().signal;
const DOCUMENTS = 'sboms/';
const DISTRIBUTION = 'os-release';

export async function readFixtures(
  root: string,
  trees: readonly FixtureTree[],
  files: readonly string[],
): Promise<Landing> {
  const readings: Reading[] = files
    .filter((file) => file.startsWith(DOCUMENTS))
    .map((file) => readDocument(root, file));
  const beside = new Map<string, string>();
  const locked: string[] = [];
  for (const fixture of trees) {
    const found = await readTree(fixture);
    readings.push(...found.readings);
    locked.push(...found.locked);
    for (const [file, format] of found.beside) {
      beside.set(file, format);
    }
  }
  const heard = new Set([...readings.filter(speaks).map(({ file }) => file), ...locked]);
  const silent = new Set(readings.map(({ file }) => file).filter((file) => !heard.has(file)));
  const spoken = new Set([...heard, ...[...beside.keys()].filter((file) => !silent.has(file))]);
  const grouped = new Map<string, string>();
  const nobody: string[] = [];
  for (const file of files.filter((one) => !spoken.has(one))) {
    // A parser that takes a file and says nothing of it is no reason to put it aside.
    const group = silent.has(file) ? undefined : GROUPS.find(({ of }) => of.test(file));
    if (group === undefined) {
      nobody.push(file);
    } else {
      grouped.set(file, group.name);
    }
  }
  return { readings: readings.filter(speaks), beside, grouped, locked, nobody };
}

/** Documents are read by themselves, whatever their names are. */
function readDocument(root: string, file: string): Reading {
  const { packages, outcome, diagnostics, document } = collectSbom(readFileSync(join(root, file)));
  const format = `SBOM ${document?.format ?? 'of no known format'}`;
  return { file, format, packages: packages.length, isComplete: outcome === 'complete', says: diagnostics };
}

function speaks({ packages, says }: Reading): boolean {
  return packages + says.length > 0;
}

async function readTree({ tree, sources, isSystem }: FixtureTree): Promise<Omit<Landing, 'grouped' | 'nobody'>> {
  const readings: Reading[] = [];
  const beside = new Map<string, string>();
  const locked: string[] = [];
  let reader = DISTRIBUTION;
  let own = '';
  const watched: FileTree = {
    ...tree,
    async read(path, range) {
      const bytes = await tree.read(path, range);
      for (const file of bytes === null || path === own ? [] : (sources.get(path) ?? [])) {
        beside.set(file, reader);
      }
      return bytes;
    },
  };
  const facts = await readDistro(watched);
  for (const [path, of] of isSystem && facts !== null ? sources : []) {
    // os-release counts before the others, which then need not be read.
    for (const file of isDistroFile(path) ? of : []) {
      beside.set(file, DISTRIBUTION);
    }
  }
  if (isSystem) {
    readings.push(...(await distributionOf(tree, beside, facts === null)));
  }
  for await (const listed of tree.list()) {
    for (const parser of everyParser().filter((one) => one.wants(listed.path, listed))) {
      reader = parser.id;
      own = listed.path;
      const result = await parseFile(parser, listed.path, watched, { distro: facts?.distro ?? null }, signal);
      const of = sources.get(listed.path) ?? [];
      const says = result.diagnostics;
      if (isLocked(parser.id, result)) {
        locked.push(...of);
        continue;
      }
      for (const [place, file] of of.entries()) {
        // An archive put together of many files counts its packages once.
        const packages = place === 0 ? result.packages.length : 0;
        if (place === 0) {
          readings.push({ file, format: parser.id, packages, isComplete: result.complete, says });
        } else {
          beside.set(file, parser.id);
        }
      }
    }
  }
  return { readings, beside, locked };
}

function isLocked(id: string, { packages, diagnostics }: ParseResult): boolean {
  return id === 'manifest-without-lock' && packages.length + diagnostics.length === 0;
}

/** Files that tell the distribution hold no packages; a system of which none is known says so. */
async function distributionOf(
  tree: FileTree,
  beside: Map<string, string>,
  isUnknown: boolean,
): Promise<readonly Reading[]> {
  if (!isUnknown) {
    return [];
  }
  const { diagnostics } = await collect(tree, { expectsSystem: true }, signal);
  const says = diagnostics.filter(({ path, level }) => path === null && level !== 'info');
  const files = [...beside].filter(([, format]) => format === DISTRIBUTION).map(([file]) => file);
  for (const file of files) {
    beside.delete(file);
  }
  return files.map((file) => ({ file, format: DISTRIBUTION, packages: 0, isComplete: false, says }));
}
