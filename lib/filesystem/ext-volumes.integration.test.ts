import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../core/parsers/byte-source.ts';
import { openExtTree } from '../core/parsers/disk/ext-tree.ts';
import {
  fillFolder,
  fillVolume,
  judgedVolume,
  readDamaged,
  readVolume,
  whyNoVolumes,
} from '../testing/mounted-volume.ts';

const refused = whyNoVolumes('mkfs.ext4', 'e2fsprogs');
if (refused !== null) process.stderr.write(`\nSKIPPED the reader of ext4 against the kernel: ${refused}\n`);

const folder = mkdtempSync(join(tmpdir(), 'harrier-ext-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ways to make the file system that move what the reader has to find. */
const MADE = [
  'mkfs.ext4',
  'mkfs.ext4 -b 1024',
  'mkfs.ext4 -b 2048',
  'mkfs.ext4 -O ^extent,^64bit,^flex_bg',
  'mkfs.ext4 -O inline_data -I 512',
  'mkfs.ext4 -O ^64bit,^metadata_csum',
  'mkfs.ext4 -b 1024 -O meta_bg,^resize_inode',
  'mkfs.ext4 -I 1024',
  'mkfs.ext4 -O bigalloc -C 16384',
  'mkfs.ext4 -O sparse_super2,^resize_inode',
  'mkfs.ext3',
  'mkfs.ext3 -b 1024',
  'mkfs.ext2 -I 128 -b 1024',
  'mkfs.ext2 -O ^filetype',
];

describe.skipIf(refused !== null)('ext2, ext3 and ext4', () => {
  it.each(MADE)('made with "%s" is read as the kernel reads it', { timeout: 120_000 }, async (command) => {
    const own = mkdtempSync(join(folder, 'made-'));
    const make = [...command.split(' '), '-q', '-F', '-N', '20000'];
    const volume = judgedVolume(own, { make, megabytes: 320 }, fillVolume);
    const { files, problems } = await readVolume(volume.image, openExtTree);
    rmSync(own, { recursive: true });

    expect(problems).toEqual([]);
    expect(files).toEqual(volume.files);
    expect(files.size).toBeGreaterThan(6_700);
  });

  it('a snapshot of a running system is read without its journal', { timeout: 60_000 }, async () => {
    const own = mkdtempSync(join(folder, 'running-'));
    const snapshot = join(own, 'snapshot.img');
    const volume = judgedVolume(own, { make: ['mkfs.ext4', '-q', '-F'], megabytes: 64 }, (root) => {
      for (let n = 0; n < 50; n += 1) writeFileSync(join(root, `file-${n}`), `content ${n}`);
      execFileSync('sync');
      copyFileSync(join(own, 'volume.img'), snapshot);
    });
    const { files, problems } = await readVolume(snapshot, openExtTree);
    rmSync(own, { recursive: true });

    expect(problems).toEqual([]);
    expect(files).toEqual(volume.files);
  });

  it('a damaged volume is read as far as it can be, in bounded time', { timeout: 120_000 }, async () => {
    const own = mkdtempSync(join(folder, 'damaged-'));
    const volume = judgedVolume(own, { make: ['mkfs.ext4', '-q', '-F'], megabytes: 32 }, fillFolder);
    const { said, listedMost } = await readDamaged(volume.image, { openTree: openExtTree, until: 8_000_000, seed: 11 });

    expect(listedMost).toBeLessThanOrEqual(5_000);
    expect(said).toBeGreaterThan(0);
    rmSync(own, { recursive: true });
  });
});

it('what is no ext4, or contradicts itself, is refused with a reason', async () => {
  const wrong = new Uint8Array(4_096);
  new DataView(wrong.buffer).setUint16(1_024 + 56, 0xef53, true);
  const unknown = Uint8Array.from(wrong);
  new DataView(unknown.buffer).setUint32(1_024 + 96, 0x8, true);

  expect(await openExtTree(bytesSource(new Uint8Array(0)))).toEqual({ refused: 'is shorter than its first block' });
  expect(await openExtTree(bytesSource(new Uint8Array(4_096)))).toEqual({ refused: 'is no ext2, ext3 or ext4' });
  expect(await openExtTree(bytesSource(wrong))).toEqual({ refused: 'has a first block that contradicts itself' });
  expect(await openExtTree(bytesSource(unknown))).toMatchObject({
    refused: expect.stringContaining('not known here (0x8)'),
  });
});
