import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../core/parsers/byte-source.ts';
import { openXfsTree } from '../core/parsers/disk/xfs-tree.ts';
import {
  fillFolder,
  fillVolume,
  type JudgedFile,
  judgedVolume,
  readDamaged,
  readVolume,
  whyNoVolumes,
} from '../testing/mounted-volume.ts';
import { programPath } from '../testing/peer-programs.ts';

const mkfs = programPath('mkfs.xfs');
const refused = whyNoVolumes('mkfs.xfs', 'xfsprogs');
if (refused !== null) process.stderr.write(`\nSKIPPED the reader of XFS against the kernel: ${refused}\n`);

const folder = mkdtempSync(join(tmpdir(), 'harrier-xfs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ways to make the file system that move what the reader has to find. */
const MADE = [
  '',
  '-b size=1024',
  '-b size=2048 -n size=4096',
  '-n size=8192',
  '-n size=65536',
  '-i size=1024',
  '-i size=2048',
  '-d agcount=9',
  '-m reflink=0,bigtime=0,finobt=0,rmapbt=0 -i sparse=0',
  '-i nrext64=1',
  '-m rmapbt=1,inobtcount=1',
];
/** Version 4 is no longer mounted by the kernel, but lies on old volumes; these are filled when they are made. */
const MADE_OF_VERSION_4 = [
  '-m crc=0',
  '-m crc=0 -n ftype=0',
  '-m crc=0 -b size=512 -n size=4096',
  '-m crc=0 -i size=512 -n size=16384',
];

/** Lines of a prototype, from which mkfs fills a file system without mounting it, and what is in it. */
function prototype(own: string): { readonly text: string; readonly files: ReadonlyMap<string, JudgedFile> } {
  const files = new Map<string, JudgedFile>();
  const lines = ['/dev/null', '0 0', 'd--755 0 0'];
  const add = (folderName: string, name: string, content: Buffer, isExecutable: boolean) => {
    const path = folderName === '' ? name : `${folderName}/${name}`;
    const from = join(own, path.replaceAll('/', '_'));
    writeFileSync(from, content);
    lines.push(`${name} ---${isExecutable ? 755 : 644} 0 0 ${from}`);
    files.set(path, { size: content.length, isExecutable, hash: createHash('sha256').update(content).digest('hex') });
  };
  for (const [name, count] of [
    ['short', 2],
    ['one-block', 30],
    ['leaf', 500],
    ['node', 3_000],
  ] as const) {
    lines.push(`${name} d--755 0 0`);
    for (let n = 0; n < count; n += 1)
      add(name, `${'n'.repeat(n % 50)}file-${n}`, Buffer.from(`${name} ${n}`), n % 7 === 0);
    lines.push('$');
  }
  add('', 'empty', Buffer.alloc(0), false);
  add('', 'large', Buffer.alloc(5_000_000, 'harrier'), false);
  lines.push('link l--777 0 0 large', '$', '');
  return { text: lines.join('\n'), files };
}

describe.skipIf(refused !== null)('XFS of version 5', () => {
  it.each(MADE)('made with "%s" is read as the kernel reads it', { timeout: 120_000 }, async (options) => {
    const own = mkdtempSync(join(folder, 'made-'));
    const make = ['mkfs.xfs', '-q', '-f', ...options.split(' ').filter((one) => one !== '')];
    const volume = judgedVolume(own, { make, megabytes: options.includes('agcount') ? 2_000 : 320 }, fillVolume);
    const { files, problems } = await readVolume(volume.image, openXfsTree);
    rmSync(own, { recursive: true });

    expect(problems).toEqual([]);
    expect(files).toEqual(volume.files);
    expect(files.size).toBeGreaterThan(6_700);
  });

  it('a damaged volume is read as far as it can be, in bounded time, and says what is missing', {
    timeout: 120_000,
  }, async () => {
    const own = mkdtempSync(join(folder, 'damaged-'));
    const volume = judgedVolume(own, { make: ['mkfs.xfs', '-q', '-f'], megabytes: 320 }, fillFolder);
    const { said, listedMost } = await readDamaged(volume.image, { openTree: openXfsTree, until: 2_000_000, seed: 7 });

    expect(listedMost).toBeLessThanOrEqual(5_000);
    expect(said).toBeGreaterThan(0);
    rmSync(own, { recursive: true });
  });
});

describe.skipIf(mkfs === null)('XFS of version 4', () => {
  it.each(MADE_OF_VERSION_4)('made with "%s" is read as it was filled', { timeout: 120_000 }, async (options) => {
    const own = mkdtempSync(join(folder, 'v4-'));
    const { text, files } = prototype(own);
    const [image, proto] = [join(own, 'volume.img'), join(own, 'prototype')];
    writeFileSync(proto, text);
    writeFileSync(image, '');
    truncateSync(image, 320 * 1024 * 1024);
    execFileSync(mkfs ?? '', ['-q', '-f', ...options.split(' '), '-p', proto, image], { stdio: 'pipe' });
    const read = await readVolume(image, openXfsTree);
    rmSync(own, { recursive: true });

    expect(read.problems).toEqual([]);
    expect(read.files).toEqual(files);
  });
});

it('what is no XFS, or contradicts itself, is refused with a reason', async () => {
  const refusedBy = async (bytes: Uint8Array) => openXfsTree(bytesSource(bytes));
  const wrong = new Uint8Array(512);
  new DataView(wrong.buffer).setUint32(0, 0x58465342);
  new DataView(wrong.buffer).setUint16(100, 5);

  expect(await refusedBy(new Uint8Array(0))).toEqual({ refused: 'is shorter than its first block' });
  expect(await refusedBy(new Uint8Array(512))).toEqual({ refused: 'is no XFS' });
  expect(await refusedBy(wrong)).toEqual({ refused: 'has a first block that contradicts itself' });
});
