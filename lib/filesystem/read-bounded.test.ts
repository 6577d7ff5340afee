import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readBounded } from './read-bounded.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-bounded-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a file up to the bound is read whole, and of a longer one a byte more than that', async () => {
  const path = join(folder, 'a');
  writeFileSync(path, 'abcdef');

  expect(Buffer.from(await readBounded(path, 6)).toString()).toBe('abcdef');
  expect(Buffer.from(await readBounded(path, 3)).toString()).toBe('abcd');
});

it('a file that is not there says so in the words of the system', async () => {
  await expect(readBounded(join(folder, 'none'), 3)).rejects.toMatchObject({ code: 'ENOENT' });
});
