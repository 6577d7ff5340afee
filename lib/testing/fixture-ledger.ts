import { basename } from 'node:path';
import { expect, type TestContext } from 'vitest';
import type { ParseResult, Parser } from '../core/parsers/parser.ts';
import { memoryFileTree } from './memory-file-tree.ts';
import { sharedBytes, sharedFiles, sharedNames } from './shared-data.ts';

/** What one file must yield: its packages by name, or their number where there are many. */
interface LedgerLine {
  readonly path: string;
  readonly isComplete: boolean;
  readonly packages: readonly string[] | number;
}

/**
 * Lines of `path complete|partial name@version …`, or a number in place of the names. Lines that start with `# folder` name
 * the folders that the ledger covers, with what the names of their files end in.
 */
function readLedger(text: string): {
  readonly folders: readonly (readonly string[])[];
  readonly lines: readonly LedgerLine[];
} {
  const rows = text.split('\n').filter((row) => row !== '');
  const folders = rows.filter((row) => row.startsWith('# folder ')).map((row) => row.split(' ').slice(2));
  const lines = rows
    .filter((row) => !row.startsWith('#'))
    .map((row): LedgerLine => {
      const [path = '', outcome, ...packages] = row.split(' ');
      const count = /^\d+$/.test(packages[0] ?? '') ? Number(packages[0]) : null;
      return { path, isComplete: outcome === 'complete', packages: count ?? packages };
    });
  return { folders, lines };
}

/** Holds a parser against every published fixture of its format; a file that the ledger forgot is an error. */
export async function expectLedger(ctx: TestContext, parser: Parser, text: string): Promise<void> {
  const { folders, lines } = readLedger(text);
  const expected = new Map(lines.map((line) => [line.path, line]));
  const files = folders.flatMap(([folder = '', ...endings]) =>
    sharedFiles(ctx, `lockfiles/${folder}`)
      .filter((path) => endings.length === 0 || endings.some((end) => path.endsWith(end)))
      .map((path) => `${folder}/${path}`),
  );
  expect(files.length, 'files of the folders that the ledger names').toBeGreaterThan(0);
  expect([...files].sort(), 'files of the ledger').toEqual([...expected.keys()].sort());
  for (const path of files) {
    const content = sharedBytes(ctx, `lockfiles/${path}`);
    const result = await parser.parse(path, memoryFileTree({ [path]: content }), { distro: null });
    expectLine(result, expected.get(path));
  }
}

/** The files of one folder of the published test data, as a parser would find them in a tree. */
export function sharedFolder(ctx: TestContext, folder: string): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(
    sharedNames(ctx, folder).map((name) => [`${basename(folder)}/${name}`, sharedBytes(ctx, `${folder}/${name}`)]),
  );
}

function expectLine(result: ParseResult, line: LedgerLine | undefined): void {
  const names = result.packages.map(({ name, version }) => `${name}@${version}`).sort();
  const wanted = typeof line?.packages === 'number' ? line.packages : [...(line?.packages ?? [])].sort();
  expect(typeof wanted === 'number' ? names.length : names, line?.path).toEqual(wanted);
  expect(result.complete, `${line?.path}: complete`).toBe(line?.isComplete);
  // Neither packages nor a word about why: that would be silence.
  expect(names.length + result.diagnostics.length, `${line?.path}: something is said`).toBeGreaterThan(0);
}
