import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../core/parsers/byte-source.ts';
import { openDiskVolumes } from '../core/parsers/disk/disk-volumes.ts';
import { readPartitions } from '../core/parsers/disk/partition-table.ts';
import { readVolumeNames } from '../core/parsers/disk/volume-names.ts';
import { damaged } from '../testing/mounted-volume.ts';
import { programPath } from '../testing/peer-programs.ts';

const [sfdisk, mkfs] = [programPath('sfdisk'), programPath('mkfs.ext4')];
if (sfdisk === null || mkfs === null) {
  process.stderr.write('\nSKIPPED partition tables against sfdisk: apt-get install fdisk e2fsprogs\n');
}

const folder = mkdtempSync(join(tmpdir(), 'harrier-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MEGABYTE = 1024 * 1024;
let made = 0;

/** A disk of 200 MB with the partitions of an sfdisk script; the bytes and what sfdisk says of them. */
function partitioned(script: string) {
  made += 1;
  const image = join(folder, `disk-${made}.img`);
  writeFileSync(image, '');
  truncateSync(image, 200 * MEGABYTE);
  const done = spawnSync(sfdisk ?? '', ['-q', image], { input: script });
  if (done.status !== 0) throw new Error(String(done.stderr));
  const told = JSON.parse(execFileSync(sfdisk ?? '', ['--json', image], { encoding: 'utf8' })) as {
    readonly partitiontable: {
      readonly partitions: readonly { node: string; start: number; size: number; type: string }[];
    };
  };
  const judged = told.partitiontable.partitions
    .filter(({ type }) => !['5', 'f', '85'].includes(type))
    .map(({ node, start, size }) => ({
      number: Number(/(\d+)$/.exec(node)?.[1]),
      start: start * 512,
      size: size * 512,
    }));
  return { bytes: readFileSync(image), judged };
}

/** An ext4 file system of 30 MB with one file, made without mounting it. */
function ext4With(name: string, content: string): Buffer {
  made += 1;
  const root = join(folder, `root-${made}`);
  const image = join(folder, `part-${made}.img`);
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc', name), content);
  writeFileSync(image, '');
  truncateSync(image, 30 * MEGABYTE);
  execFileSync(mkfs ?? '', ['-q', '-F', '-d', root, image], { stdio: 'pipe' });
  return readFileSync(image);
}

describe.skipIf(sfdisk === null || mkfs === null)('the partitions of a disk', () => {
  it.each([
    ['a GUID table', 'label: gpt\nsize=40M\nsize=20M\nstart=100M, size=30M\n'],
    ['a GUID table with numbers left out', 'label: gpt\n3: size=40M\n7: size=20M\n128: size=8M\n'],
    ['a boot record', 'label: dos\nsize=40M, type=83\nsize=20M, type=82\nsize=30M, type=8e\n'],
    ['logical partitions', 'label: dos\n1: size=20M\n2: size=150M, type=5\n5: size=30M\n6: size=40M\n7: size=50M\n'],
    ['an extended partition of Windows', 'label: dos\n1: size=150M, type=f\n5: size=20M\n6: size=20M\n'],
  ])('of %s are those that sfdisk lists', async (_name, script) => {
    const { bytes, judged } = partitioned(script);

    expect(judged.length).toBeGreaterThan(1);
    expect(await readPartitions(bytesSource(bytes))).toEqual(judged);
  });

  it('come from the copy of a GUID table where the first is damaged, and from none where both are', async () => {
    const { bytes, judged } = partitioned('label: gpt\nsize=40M\nsize=20M\n');
    const first = new Map([[512 + 72, 0xff]]);
    const both = new Map([...first, [bytes.length - 512 + 72, 0xff] as const]);

    expect(await readPartitions(damaged(bytes, first))).toEqual(judged);
    expect(await readPartitions(damaged(bytes, both))).toEqual([]);
  });

  it('end where records of logical ones lead back to one another', async () => {
    const { bytes, judged } = partitioned('label: dos\n1: size=180M, type=5\n5: size=30M\n6: size=30M\n');
    const extended = new DataView(bytes.buffer, bytes.byteOffset).getUint32(446 + 8, true) * 512;
    const second = extended + new DataView(bytes.buffer, bytes.byteOffset).getUint32(extended + 462 + 8, true) * 512;
    bytes.copy(bytes, second + 462, extended + 462, extended + 478);

    expect((await readPartitions(bytesSource(bytes))).length).toBeGreaterThanOrEqual(judged.length);
  });

  it('are opened each for itself, and what is not read says what it is', async () => {
    const { bytes, judged } = partitioned('label: gpt\nsize=35M\nsize=35M\nsize=20M\nsize=20M\nsize=20M\nsize=20M\n');
    const [root, home, lvm, swap, luks] = judged;
    ext4With('os-release', 'ID=debian\n').copy(bytes, root?.start);
    ext4With('motd', 'hello').copy(bytes, home?.start);
    bytes.write('LABELONE', (lvm?.start ?? 0) + 512, 'latin1');
    bytes.write('LVM2 001', (lvm?.start ?? 0) + 512 + 24, 'latin1');
    bytes.write('SWAPSPACE2', (swap?.start ?? 0) + 4_086, 'latin1');
    bytes.write('LUKS\xba\xbe', luks?.start ?? 0, 'latin1');
    const volumes = await openDiskVolumes(bytesSource(bytes));
    const files = await Promise.all(
      volumes.map(async (volume) => {
        if (volume.tree === null) return volume.refused;
        const found: string[] = [];
        for await (const { path } of volume.tree.list()) found.push(path);
        return found;
      }),
    );

    expect(files).toEqual([
      ['etc/os-release'],
      ['etc/motd'],
      'is a volume of LVM, which is not read',
      null,
      'is encrypted with LUKS',
      'has no file system that is known here',
    ]);
    expect(volumes.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  const makers = ['mkfs.ext4 -q -F', 'mkfs.xfs -q -f'].filter(
    (command) => programPath(command.split(' ')[0] ?? '') !== null,
  );

  it.each(makers)('have the id and the label that %s gave them', async (command) => {
    const [program = '', ...options] = command.split(' ');
    const path = programPath(program);
    made += 1;
    const image = join(folder, `named-${made}.img`);
    writeFileSync(image, '');
    truncateSync(image, 320 * MEGABYTE);
    execFileSync(path ?? '', [...options, '-L', 'cloudimg', image], { stdio: 'pipe' });
    const told = execFileSync('blkid', ['-o', 'export', image], { encoding: 'utf8' });
    const names = await readVolumeNames(bytesSource(readFileSync(image)));

    expect(names).toEqual({ uuid: /^UUID=(.+)$/m.exec(told)?.[1], label: 'cloudimg' });
  });

  it('are not asked for where the file system begins with the disk', async () => {
    const [volume, ...others] = await openDiskVolumes(bytesSource(ext4With('os-release', 'ID=alpine\n')));

    expect(others).toEqual([]);
    expect(volume?.number).toBe(0);
    expect(Buffer.from((await volume?.tree?.read('etc/os-release')) ?? []).toString()).toBe('ID=alpine\n');
  });
});

it('a disk without anything on it has one volume, which says that nothing is known of it', async () => {
  expect(await openDiskVolumes(bytesSource(new Uint8Array(1024 * 1024)))).toEqual([
    { number: 0, size: 1024 * 1024, tree: null, refused: 'has no file system that is known here' },
  ]);
});
