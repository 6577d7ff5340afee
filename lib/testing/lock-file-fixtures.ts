import { expect, type TestContext } from 'vitest';
import type { Diagnostic } from '../core/model/diagnostic.ts';
import type { Package } from '../core/model/package.ts';
import { plainText } from '../core/parsers/text-parser.ts';
import { sharedFiles, sharedText } from './shared-data.ts';

interface Result {
  readonly packages: readonly Package[];
  readonly diagnostics: readonly Diagnostic[];
  readonly complete: boolean;
}

/** What a published fixture must yield: its packages in order or their number, a part of what is said, and completeness. */
export interface ExpectedFixture {
  readonly packages: string | number;
  readonly says: string | null;
  readonly complete: boolean;
}

/** The packages as `name@version`, parted by blanks, or their number where there are many. */
export function yields(packages: string | number, says: string | null = null): ExpectedFixture {
  return { packages, says, complete: true };
}

/** Packages may be missing. */
export function partly(packages: string | number, says: string): ExpectedFixture {
  return { packages, says, complete: false };
}

export function refuses(says: string): ExpectedFixture {
  return partly('', says);
}

export function holdsNone(says: string): ExpectedFixture {
  return yields('', says);
}

/** Parses every file below a folder of the published lock files. A file that the table does not name fails the test. */
export function expectFixtures(
  ctx: TestContext,
  folder: string,
  parse: (text: string, path: string) => Result,
  table: Readonly<Record<string, ExpectedFixture>>,
  only: RegExp = /./,
): void {
  const files = sharedFiles(ctx, `lockfiles/${folder}`).filter((file) => only.test(file));
  expect(files.length).toBeGreaterThan(0);
  expect(files).toEqual(Object.keys(table).sort());
  for (const [file, expected] of Object.entries(table)) {
    const result = parse(plainText(sharedText(ctx, `lockfiles/${folder}/${file}`)), `${folder}/${file}`);
    const packages = typeof expected.packages === 'number' ? result.packages.length : namesOf(result);
    const said = result.diagnostics.map((diagnostic) => diagnostic.message).join(' ');
    expect({ file, packages, complete: result.complete }).toEqual({
      file,
      packages: expected.packages,
      complete: expected.complete,
    });
    expect(said).toContain(expected.says ?? '');
    // Nothing is lost in silence.
    expect(result.packages.length + result.diagnostics.length).toBeGreaterThan(0);
  }
}

export function namesOf(result: Result): string {
  return result.packages.map((pkg) => `${pkg.name}@${pkg.version}`).join(' ');
}
