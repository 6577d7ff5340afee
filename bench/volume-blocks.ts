import { execFileSync } from 'node:child_process';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import type { ByteSource } from '../lib/core/parsers/byte-source.ts';
import { openDiskVolumes } from '../lib/core/parsers/disk/disk-volumes.ts';
import { machineTree } from '../lib/core/parsers/disk/machine-tree.ts';
import { programPath } from '../lib/testing/peer-programs.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';

const GIGABYTES = 20;
/** A block of a snapshot. */
const BLOCK = 512 * 1024;
/** What this machine has installed, as a machine's own content. */
const COPIED = ['/usr', '/etc', '/var/lib/dpkg'];

/** How much of a volume of 20 GB a scan of its snapshot fetches: this machine's own system on ext4 and on XFS. Needs root. */
export const volumeBlocks: Benchmark = {
  name: 'volume-blocks',
  async measure({ directory }) {
    const kinds = [
      { name: 'ext4', make: ['mkfs.ext4', '-q', '-F'] },
      { name: 'XFS', make: ['mkfs.xfs', '-q', '-f'] },
    ];
    const rows: BenchmarkRow[] = [];
    for (const { name, make } of kinds) {
      const [program = '', ...options] = make;
      if (process.getuid?.() !== 0 || programPath(program) === null) continue;
      const image = join(directory, 'volume.img');
      fill(image, [program, ...options], join(directory, 'mounted'));
      rows.push(await measureOn(name, image));
      rmSync(image);
    }
    return rows;
  },
};

function fill(image: string, [program = '', ...options]: readonly string[], root: string): void {
  writeFileSync(image, '');
  truncateSync(image, GIGABYTES * 1024 ** 3);
  execFileSync(program, [...options, image], { stdio: 'pipe' });
  execFileSync('mkdir', ['-p', root]);
  execFileSync('mount', ['-o', 'loop', image, root]);
  try {
    execFileSync('sh', ['-c', 'cp -a --parents "$@" "$0" 2>/dev/null || true', root, ...COPIED], { stdio: 'pipe' });
  } finally {
    execFileSync('umount', [root]);
  }
}

async function measureOn(name: string, image: string): Promise<BenchmarkRow> {
  const file = await open(image, 'r');
  try {
    const source = await countingSource(file);
    const started = performance.now();
    const volumes = (await openDiskVolumes(source)).map((volume) => ({ name: 'vol', volume }));
    const { tree } = await machineTree(volumes);
    if (tree === null) throw new Error('no system on the volume');
    const { packages, outcome } = await collectHost(tree, new AbortController().signal);
    const seconds = (performance.now() - started) / 1_000;
    const share = (100 * source.blocks()) / (source.size / BLOCK);
    return {
      name: `volume-blocks, ${name}`,
      size: `${GIGABYTES} GB, ${packages.length} packages (${outcome}) in ${seconds.toFixed(1)} s, ${source.blocks()} of ${source.size / BLOCK} blocks`,
      figure: share,
      unit: '% of blocks',
      peer: null,
      peerFigure: null,
    };
  } finally {
    await file.close();
  }
}

/** A file that counts the blocks that were asked for, each once. */
async function countingSource(file: FileHandle): Promise<ByteSource & { blocks(): number }> {
  const { size } = await file.stat();
  const seen = new Set<number>();
  return {
    size,
    blocks: () => seen.size,
    async read(start, end) {
      const length = Math.max(0, Math.min(end, size) - start);
      for (let block = Math.floor(start / BLOCK); block * BLOCK < start + length; block += 1) seen.add(block);
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, start);
      return bytes.subarray(0, bytesRead);
    },
  };
}
