import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { buildZip } from '../../testing/zip-builder.ts';
import { bytesSource, fileSource } from './byte-source.ts';
import { readZipDirectory, readZipEntry, type ZipDirectory } from './zip-directory.ts';

const CONTENT = 'version=1.0.0\n'.repeat(20);

async function open(bytes: Uint8Array): Promise<Extract<ZipDirectory, { kind: 'directory' }>> {
  const directory = await readZipDirectory(bytesSource(bytes));
  if (directory.kind === 'unreadable') {
    throw new Error(directory.reason);
  }
  return directory;
}

async function contents(bytes: Uint8Array, bytesMax = 1024 * 1024): Promise<readonly string[]> {
  const { entries } = await open(bytes);
  const texts: string[] = [];
  for (const entry of entries) {
    const read = await readZipEntry(bytesSource(bytes), entry, bytesMax);
    texts.push(read.kind === 'bytes' ? new TextDecoder().decode(read.bytes) : read.reason);
  }
  return texts;
}

describe('the directory of a zip', () => {
  it.each([
    ['deflated entries', buildZip([{ name: 'a', content: CONTENT }])],
    ['stored entries', buildZip([{ name: 'a', content: CONTENT, method: 0 }])],
    ['sizes behind the content', buildZip([{ name: 'a', content: CONTENT, hasDescriptor: true }])],
    ['zip64', buildZip([{ name: 'a', content: CONTENT }], { isWide: true })],
    [
      'a shell script in front',
      buildZip([{ name: 'a', content: CONTENT }], { prefix: Buffer.from('#!/bin/sh\nexit 0\n') }),
    ],
    [
      'a script in front of zip64',
      buildZip([{ name: 'a', content: CONTENT }], { isWide: true, prefix: Buffer.alloc(99) }),
    ],
    ['a comment', buildZip([{ name: 'a', content: CONTENT }], { comment: 'PK\x05\x06 is not the end of it' })],
  ])('is read with %s', async (_name, bytes) => {
    expect(await contents(bytes)).toEqual([CONTENT]);
  });

  it('is read from a file by ranges, never as a whole', async () => {
    const noise = Uint8Array.from({ length: 3_000_001 }, (_, n) => (n * 7919) % 251);
    const bytes = buildZip([
      { name: 'noise', content: noise, method: 0 },
      { name: 'a', content: CONTENT },
    ]);
    let read = 0;
    const tree = memoryFileTree({ 'x.jar': bytes });
    const counting = {
      ...tree,
      async read(path: string, range?: { readonly start: number; readonly end: number }) {
        const part = await tree.read(path, range);
        read += part?.length ?? 0;
        return part;
      },
    };
    const source = await fileSource(counting, 'x.jar');

    expect(source?.size).toBe(bytes.length);
    const directory = source === null ? null : await readZipDirectory(source);
    const entry = directory?.kind === 'directory' ? directory.entries[1] : undefined;
    const content = source && entry ? await readZipEntry(source, entry, 4096) : null;

    expect(content).toMatchObject({ kind: 'bytes' });
    expect(read).toBeLessThan(300_000);
  });

  it('names never leave the archive', async () => {
    const names = ['../../etc/passwd', '/abs/x.jar', 'a/./b', 'a\\b.jar', 'x\0y', 'a/../..', 'plain/dir/', 'a..b/c'];
    const { entries } = await open(buildZip(names.map((name) => ({ name }))));

    expect(entries.map((entry) => entry.name)).toEqual([
      'etc/passwd',
      'abs/x.jar',
      'a/b',
      'a/b.jar',
      'x?y',
      'a',
      'plain/dir/',
      'a..b/c',
    ]);
  });

  it('names that are not UTF-8 are kept readable', async () => {
    const { entries } = await open(buildZip([{ name: Uint8Array.of(0x61, 0xff, 0x62) }]));

    expect(entries[0]?.name).toBe('a\uFFFDb');
  });

  it('entries of one name are all there', async () => {
    expect(
      await contents(
        buildZip([
          { name: 'a', content: '1' },
          { name: 'a', content: '2' },
        ]),
      ),
    ).toEqual(['1', '2']);
  });
});

describe('a hostile zip', () => {
  it('unpacks to no more than is allowed, whatever it declares', async () => {
    const bomb = buildZip([{ name: 'a', content: new Uint8Array(20_000_000), declaredBytes: 10 }]);

    expect(await contents(bomb, 65_536)).toEqual(['unpacks to more than 65536 bytes']);
  });

  it('entries that share bytes are left out and counted', async () => {
    const shared = Array.from({ length: 500 }, (_, n) => ({ name: `b${n}`, sharesWith: 0 }));
    const directory = await open(buildZip([{ name: 'a', content: CONTENT }, ...shared]));

    expect(directory.entries.map((entry) => entry.name)).toEqual(['a']);
    expect(directory.problems).toEqual(['has 500 entries that share bytes with others; they were not read']);
  });

  it('65,535 entries are read in time', async () => {
    const bytes = buildZip(Array.from({ length: 65_535 }, (_, n) => ({ name: `f/${n}`, method: 0 })));
    const start = performance.now();

    expect((await open(bytes)).entries).toHaveLength(65_535);
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('an encrypted entry and an unknown method are named', async () => {
    const bytes = buildZip([
      { name: 'a', content: 'x', flags: 1 },
      { name: 'b', content: 'x', method: 93 },
    ]);

    expect(await contents(bytes)).toEqual(['is encrypted', 'is packed by method 93, which is not read']);
  });

  it('cut off anywhere, it is refused or read in part, and never throws', async () => {
    const whole = buildZip(
      [
        { name: 'a', content: CONTENT },
        { name: 'b', content: CONTENT },
      ],
      { isWide: true },
    );
    for (let length = 0; length < whole.length; length += 1) {
      expect(['directory', 'unreadable']).toContain(
        (await readZipDirectory(bytesSource(whole.subarray(0, length)))).kind,
      );
    }
    expect(await readZipDirectory(bytesSource(whole.subarray(0, 100)))).toEqual({
      kind: 'unreadable',
      isZip: true,
      reason: 'has no end record: it is cut off or no zip',
    });
  });

  it('any byte may be wrong', async () => {
    const whole = buildZip([
      { name: 'a', content: CONTENT },
      { name: 'b', content: 'x', method: 0 },
    ]);
    for (let at = 0; at < whole.length; at += 1) {
      for (const value of [0, 0xff]) {
        const broken = whole.slice();
        broken[at] = value;
        const directory = await readZipDirectory(bytesSource(broken));
        for (const entry of directory.kind === 'directory' ? directory.entries : []) {
          expect((await readZipEntry(bytesSource(broken), entry, 1000)).kind).toMatch(/bytes|unreadable/);
        }
      }
    }
  });

  it('cut off behind a script is a zip all the same', async () => {
    const whole = buildZip([{ name: 'a', content: CONTENT }], { prefix: Buffer.from('#!/bin/sh\n') });

    expect(await readZipDirectory(bytesSource(whole.subarray(0, 60)))).toMatchObject({ isZip: true });
  });

  it('a text is no zip', async () => {
    expect(await readZipDirectory(bytesSource(Buffer.from('hello')))).toMatchObject({ isZip: false });
    expect(await readZipDirectory(bytesSource(new Uint8Array(0)))).toMatchObject({ isZip: false });
  });
});
