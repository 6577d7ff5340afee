import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedBytes } from '../testing/shared-data.ts';
import { type TarLimits, type TarRecord, tarRecords } from './tar-records.ts';
import { tarHeader, tarOf } from './testing/tar-of.ts';
import { unpackedChunks } from './unpacked.ts';
import { unpackXz } from './xz.ts';

const LIMITS: TarLimits = { entriesMax: 10, bytesMax: 2000 };

async function* inPieces(bytes: Uint8Array, size = 700): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function read(bytes: Uint8Array, limits = LIMITS): Promise<readonly TarRecord[]> {
  const records: TarRecord[] = [];
  for await (const record of tarRecords(inPieces(bytes), (name) => name.endsWith('.json'), limits)) {
    records.push(record);
  }
  return records;
}

async function total(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
  }
  return bytes;
}

describe('a tar archive', () => {
  it('gives the wanted files, whole and in order', async () => {
    const records = await read(tarOf({ 'a/1.json': '{}', 'a/2.txt': 'x'.repeat(900), 'b/3.json': 'y'.repeat(1500) }));

    expect(records.map(({ name, content }) => [name, content.toString()])).toEqual([
      ['a/1.json', '{}'],
      ['b/3.json', 'y'.repeat(1500)],
    ]);
  });

  it('a file that is too large is left out with its reason, and the next one is read', async () => {
    const records = await read(tarOf({ 'a.json': 'x'.repeat(3000), 'b.json': '{}' }), {
      entriesMax: 10,
      bytesMax: 1024,
    });

    expect(records[0]?.content).toEqual({ refused: 'larger than 0.0009765625 MiB' });
    expect(records[1]?.content.toString()).toBe('{}');
  });

  const whole = tarOf({ 'a.json': '{}', 'b.json': 'x'.repeat(600) });
  it.each([
    ['in the middle of a file', whole.subarray(0, 1800)],
    ['in the middle of a header', whole.subarray(0, 1100)],
    ['between two files', whole.subarray(0, 1024)],
    ['before its end', whole.subarray(0, whole.length - 1024)],
    ['at once', whole.subarray(0, 0)],
  ])('that is cut %s throws', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(/^it /);
  });

  it.each([
    ['noise', Buffer.alloc(4096, 'noise'), /no tar archive/],
    [
      'more files than accepted',
      tarOf(Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}`, '']))),
      /more than the 10 files/,
    ],
    [
      'a name without end',
      Buffer.concat([tarHeader('x', 8 * 1024 * 1024, 'L'), Buffer.alloc(8 * 1024 * 1024, 'a')]),
      /between two files/,
    ],
    ['zeros without end', Buffer.alloc(4 * 1024 * 1024), /between two files/],
    [
      'a size that is none',
      Buffer.concat([
        tarHeader('x', 17, 'x'),
        Buffer.from('17 size=nonsense\n'.padEnd(512, '\0')),
        tarHeader('a.json', 5),
      ]),
      /^it /,
    ],
    [
      'a negative size',
      Buffer.concat([tarHeader('x', 11, 'x'), Buffer.from('11 size=-9\n'.padEnd(512, '\0')), tarHeader('a.json', 5)]),
      /^it /,
    ],
  ])('%s throws', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });
});

describe('packed files', () => {
  const xz = Buffer.from(
    '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AIvABZdADebiM9IdvTjZd79IVAZ4VMf70hpCAAAAAAsExnNKklT6AABMrAEAAAAOO1CFbHEZ/sCAAAAAARZWg==',
    'base64',
  );
  const area = mkdtempSync(join(tmpdir(), 'harrier-unpack-'));
  afterAll(() => rmSync(area, { recursive: true, force: true }));

  function unpack(bytes: Uint8Array, bytesMax = 1000): Promise<number> {
    const path = join(area, 'packed');
    writeFileSync(path, bytes);
    return total(unpackedChunks(path, { signal: new AbortController().signal, bytesMax, mayBePlain: false }));
  }

  const both = [
    ['xz', xz],
    ['zstd', zstdCompressSync(Buffer.from('one,two,three\n'.repeat(40)))],
  ] as const;

  it.each(both)('%s unpacks', async (_, bytes) => {
    expect(await unpack(bytes)).toBe(560);
  });

  it.each(both)('%s that is cut short, empty or something else throws', async (_, bytes) => {
    for (const one of [
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, 20),
      Buffer.alloc(0),
      Buffer.from('noise'),
    ]) {
      await expect(unpack(one)).rejects.toThrow(/cut short|unexpected end|its header is/);
    }
  });

  it.each(both)('%s that unpacks to more than accepted throws', async (_, bytes) => {
    await expect(unpack(bytes, 500)).rejects.toThrow('it unpacks to more than 500 bytes');
  });

  it('xz with one bit turned throws, and several streams are one', async () => {
    const damaged = Buffer.from(xz);
    damaged.writeUInt8((damaged[40] ?? 0) ^ 0x10, 40);

    await expect(unpack(damaged)).rejects.toThrow('it is no xz archive, is damaged');
    expect(await unpack(Buffer.concat([xz, xz]), 2000)).toBe(1120);
  });

  it('a reader of xz that stops early keeps nobody else waiting', async () => {
    for await (const _ of unpackXz(inPieces(xz), 1000)) {
      break;
    }
    expect(await total(unpackXz(inPieces(xz), 1000))).toBe(560);
  });

  it("Ubuntu's published archive holds its three documents", async (ctx) => {
    const bytes = sharedBytes(ctx, 'native/feed-samples/ubuntu/vex/vex-all.tar.xz');
    const names: string[] = [];
    const limits = { entriesMax: 9, bytesMax: 1e6 };
    for await (const { name } of tarRecords(unpackXz(inPieces(bytes), 1e6), () => true, limits)) {
      names.push(name);
    }
    expect(names.sort()).toEqual([
      'vex-all/vex/cve/2025/CVE-2025-0167.json',
      'vex-all/vex/cve/2025/CVE-2025-0194.json',
      'vex-all/vex/usn/USN-7372-1.json',
    ]);
  });
});
