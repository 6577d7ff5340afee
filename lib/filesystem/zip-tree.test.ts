import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type BuiltEntry, type BuiltZip, buildZip } from '../testing/zip-builder.ts';
import { openZipTree, type ZipTree, type ZipTreeLimits } from './zip-tree.ts';

const area = mkdtempSync(join(tmpdir(), 'harrier-zip-'));
afterAll(() => rmSync(area, { recursive: true, force: true }));

let count = 0;
function fileOf(bytes: Uint8Array): string {
  count += 1;
  const path = join(area, `${count}.zip`);
  writeFileSync(path, bytes);
  return path;
}

async function withTree<T>(
  entries: readonly BuiltEntry[],
  use: (tree: ZipTree) => Promise<T>,
  { limits, ...zip }: BuiltZip & { readonly limits?: Partial<ZipTreeLimits> } = {},
): Promise<T> {
  const { signal } = new AbortController();
  const tree = await openZipTree(fileOf(buildZip(entries, zip)), { signal, ...(limits ? { limits } : {}) });
  try {
    return await use(tree);
  } finally {
    await tree.close();
  }
}

async function namesOf(tree: ZipTree): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { path } of tree.list()) names.push(path);
  return names;
}

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

describe('a zip archive as a tree', () => {
  it('lists its files without its folders, and reads them whole or in ranges', async () => {
    await withTree(
      [{ name: 'a/' }, { name: 'a/b.txt', content: 'hello' }, { name: 'c', content: 'stored', method: 0 }],
      async (tree) => {
        expect(await namesOf(tree)).toEqual(['a/b.txt', 'c']);
        expect(text(await tree.read('a/b.txt'))).toBe('hello');
        expect(text(await tree.read('a/b.txt', { start: 1, end: 3 }))).toBe('el');
        expect(text(await tree.read('c', { start: 2, end: 100 }))).toBe('ored');
        expect(text(await tree.read('c'))).toBe('stored');
        expect(await tree.read('nothing')).toBeNull();
        expect(tree.problems()).toEqual([]);
      },
    );
  });

  it('is read in the form for large archives, with a program in front', async () => {
    const prefix = Buffer.from('#!/bin/sh\nexec unzip "$0"\n');
    await withTree([{ name: 'a', content: 'wide' }], async (tree) => expect(text(await tree.read('a'))).toBe('wide'), {
      isWide: true,
      prefix,
    });
  });

  it('the beginning of a large file costs no more than itself', async () => {
    const content = Buffer.alloc(5_000_000);
    for (let at = 0; at < content.length; at += 1) content[at] = (at * 7919) >>> 3;
    await withTree(
      [{ name: 'large', content }],
      async (tree) => {
        expect(await tree.read('large', { start: 0, end: 512 })).toEqual(content.subarray(0, 512));
        expect(await tree.read('large', { start: 100, end: 4096 })).toEqual(content.subarray(100, 4096));
        // Whole it is larger than allowed, and only that is a problem.
        expect(tree.problems()).toEqual([]);
        expect(await tree.read('large')).toBeNull();
        expect(tree.problems()).toMatchObject([{ path: 'large' }]);
      },
      { limits: { fileBytesMax: 4_000_000 } },
    );
  });

  it('never leads out of itself, whatever its names say', async () => {
    await withTree(
      [
        { name: '../../etc/passwd', content: 'x' },
        { name: '/root/a', content: 'y' },
        { name: 'b\\c', content: 'z' },
      ],
      async (tree) => {
        expect(await namesOf(tree)).toEqual(['etc/passwd', 'root/a', 'b/c']);
        expect(text(await tree.read('etc/passwd'))).toBe('x');
        expect(await tree.read('../../etc/passwd')).toBeNull();
      },
    );
  });

  it('a bomb is unpacked up to a bound, which it says, and what is small is still read', async () => {
    const entries = [
      { name: 'bomb', content: Buffer.alloc(40_000_000) },
      { name: 'liar', content: Buffer.alloc(40_000_000), declaredBytes: 10 },
      { name: 'package.json', content: '{}' },
    ];
    await withTree(
      entries,
      async (tree) => {
        expect(await tree.read('bomb')).toBeNull();
        expect(await tree.read('liar')).toBeNull();
        expect(text(await tree.read('package.json'))).toBe('{}');
        expect(tree.problems().map(({ path }) => path)).toEqual(['bomb', 'liar']);
      },
      { limits: { fileBytesMax: 1_000_000 } },
    );
  });

  it('many files that are large together are given up at a bound', async () => {
    const entries = Array.from({ length: 20 }, (_, number) => ({
      name: `f${number}`,
      content: Buffer.alloc(1_000_000),
    }));
    await withTree(
      entries,
      async (tree) => {
        const read: (Uint8Array | null)[] = [];
        for (const { name } of entries) read.push(await tree.read(name));
        expect(read.filter((bytes) => bytes !== null)).toHaveLength(5);
        expect(tree.problems()).toMatchObject([{ path: '', message: expect.stringContaining('5000000 bytes') }]);
      },
      { limits: { unpackedBytesMax: 5_000_000 } },
    );
  });

  it('what is encrypted, packed otherwise or damaged is a problem of that file alone', async () => {
    const entries = [
      { name: 'secret', content: 'x', flags: 1 },
      { name: 'lzma', content: 'x', method: 14 },
      { name: 'fine', content: 'fine' },
    ];
    await withTree(entries, async (tree) => {
      expect(await tree.read('secret')).toBeNull();
      expect(await tree.read('lzma', { start: 0, end: 10 })).toBeNull();
      expect(text(await tree.read('fine'))).toBe('fine');
      expect(tree.problems()).toMatchObject([
        { path: 'secret', message: 'is encrypted' },
        { path: 'lzma', message: expect.stringContaining('method 14') },
      ]);
    });
  });

  it('of a name that stands twice the last is read, and it says so', async () => {
    await withTree(
      [
        { name: 'a', content: 'first' },
        { name: 'a', content: 'second' },
      ],
      async (tree) => {
        expect(await namesOf(tree)).toEqual(['a']);
        expect(text(await tree.read('a'))).toBe('second');
        expect(tree.problems()).toMatchObject([{ path: 'a' }]);
      },
    );
  });

  it('what is cut off or no zip is refused in a sentence', async () => {
    const whole = buildZip([{ name: 'a', content: 'x'.repeat(1000) }]);
    const { signal } = new AbortController();
    await expect(openZipTree(fileOf(whole.subarray(0, 60)), { signal })).rejects.toThrow(
      /cannot be read as a zip archive: it .*cut off/,
    );
    await expect(openZipTree(fileOf(Buffer.from('no zip')), { signal })).rejects.toThrow(
      'cannot be read as a zip archive',
    );
    await expect(openZipTree(join(area, 'nowhere.zip'), { signal })).rejects.toThrow('it does not exist');
  });
});
