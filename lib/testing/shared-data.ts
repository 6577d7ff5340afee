import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

const FOLDER = new URL('../../../shared/data/', import.meta.url);

/**
 * Path of a file or folder of the published test data, which lies beside the repository and is read in place. Without
 * it the test skips with a reason; under CI its absence is a failure.
 */
export function sharedData(ctx: TestContext, path: string): string {
  const file = fileURLToPath(new URL(path, FOLDER));
  if (!existsSync(file)) {
    const reason = `../shared/data/${path} is absent: place the project's test data beside the repository to run this`;
    if (process.env.CI === 'true') {
      throw new Error(reason);
    }
    ctx.skip(reason);
  }
  return file;
}

export function sharedBytes(ctx: TestContext, path: string): Uint8Array {
  return readFileSync(sharedData(ctx, path));
}

export function sharedText(ctx: TestContext, path: string): string {
  return readFileSync(sharedData(ctx, path), 'utf8');
}

/** Names of what a folder of the test data holds, sorted. */
export function sharedNames(ctx: TestContext, path: string): readonly string[] {
  return readdirSync(sharedData(ctx, path)).sort();
}

/** Every file below a folder of the test data, by its path in there, sorted. */
export function sharedFiles(ctx: TestContext, path: string): readonly string[] {
  const root = sharedData(ctx, path);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Text of a file that stands beside a test, such as a ledger. */
export function textBeside(test: string, path: string): string {
  return readFileSync(new URL(path, test), 'utf8');
}
