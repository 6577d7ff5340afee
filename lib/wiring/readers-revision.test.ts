import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readersRevision, revisionOf } from './readers-revision.ts';

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'harrier-revision-'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  for (const path of ['package.json', 'lib/core', 'lib/images']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const revision = (): string => revisionOf(join(copy, 'lib'));

it('the revision is the same for the same sources, wherever they lie, and fits into a key', () => {
  expect(revision()).toBe(readersRevision());
  expect(revision()).toMatch(/^[0-9a-f]{16}$/);
});

it.each([
  ['lib/core/parsers/dpkg-status.ts'],
  ['lib/core/ecosystems/language/npm.ts'],
  ['lib/core/inventory/container-image/read-layer.ts'],
  ['lib/images/layer-entries.ts'],
  ['package.json'],
])('another %s makes another revision', (path) => {
  const before = revision();
  appendFileSync(join(copy, path), '\n');

  expect(revision()).not.toBe(before);
});

it('another parser makes another revision, and another test does not', () => {
  const before = revision();
  writeFileSync(join(copy, 'lib/core/parsers/some.test.ts'), 'x');
  expect(revision()).toBe(before);

  writeFileSync(join(copy, 'lib/core/parsers/some.ts'), '');
  expect(revision()).not.toBe(before);
});
