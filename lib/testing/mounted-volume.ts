import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../core/parsers/byte-source.ts';
import type { FileTree } from '../core/ports/file-tree.ts';
import { createRandom } from './random.ts';

type OpenTree = (source: ByteSource) => Promise<FileTree | { readonly refused: string }>;

/** What the system's own driver says of a file: its size, whether anybody may execute it, and the hash of its bytes. */
export interface JudgedFile {
  readonly size: number;
  readonly isExecutable: boolean;
  readonly hash: string;
}

export interface JudgedVolume {
  readonly image: string;
  /** Every regular file by its path, as the kernel sees it. */
  readonly files: ReadonlyMap<string, JudgedFile>;
}

/**
 * Makes a file system in a file of so many megabytes, fills it while the kernel has it mounted, and lets the kernel say what is in it.
 * Needs root and loop devices.
 */
export function judgedVolume(
  folder: string,
  { make, megabytes }: { readonly make: readonly string[]; readonly megabytes: number },
  fill: (root: string) => void,
): JudgedVolume {
  const image = join(folder, 'volume.img');
  const root = join(folder, 'mounted');
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 * 1024);
  const [program = '', ...options] = make;
  execFileSync(program, [...options, image], { stdio: 'pipe' });
  mkdirSync(root, { recursive: true });
  execFileSync('mount', ['-o', 'loop', image, root], { stdio: 'pipe' });
  try {
    fill(root);
    const files = new Map<string, JudgedFile>();
    judge(root, '', files);
    return { image, files };
  } finally {
    execFileSync('umount', [root], { stdio: 'pipe' });
  }
}

function judge(root: string, path: string, files: Map<string, JudgedFile>): void {
  for (const name of readdirSync(join(root, path))) {
    const child = path === '' ? name : `${path}/${name}`;
    const stat = lstatSync(join(root, child));
    if (stat.isDirectory()) judge(root, child, files);
    if (!stat.isFile()) continue;
    const hash = createHash('sha256')
      .update(readFileSync(join(root, child)))
      .digest('hex');
    files.set(child, { size: stat.size, isExecutable: (stat.mode & 0o111) !== 0, hash });
  }
}

/** Why no volume can be made and mounted here, with what would help; null where it can. */
export function whyNoVolumes(program: string, debianPackage: string): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'harrier-volume-'));
  try {
    execFileSync(program, ['-V'], { stdio: 'pipe' });
    judgedVolume(folder, { make: ['mkfs.ext4', '-q', '-F'], megabytes: 8 }, () => undefined);
    return null;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return `no file systems can be mounted here (${why}): as root, with loop devices, apt-get install ${debianPackage} e2fsprogs`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An image as a source of bytes. */
async function imageFile(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const file: FileHandle = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    async read(start, end) {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}

/** Every shape of directory and file that file systems store in a way of its own. */
export function fillVolume(root: string): void {
  const at = (...parts: string[]) => join(root, ...parts);
  for (const [name, files] of [
    ['short', 3],
    ['one-block', 40],
    ['leaf', 700],
    ['node', 9_000],
  ] as const) {
    mkdirSync(at(name));
    for (let n = 0; n < files; n += 1) writeFileSync(at(name, `${'n'.repeat(n % 60)}file-${n}.txt`), `${name} ${n}`);
  }
  // Gaps where names were.
  for (let n = 0; n < 9_000; n += 3) unlinkSync(at('node', `${'n'.repeat(n % 60)}file-${n}.txt`));
  mkdirSync(at('names'));
  for (const name of ['ä'.repeat(127), 'x'.repeat(255), 'a b', '\u202Eevil', 'ünï/'.slice(0, 3)]) {
    writeFileSync(at('names', name), name);
  }
  writeFileSync(at('empty'), '');
  writeFileSync(at('program'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(at('large'), Buffer.alloc(20 * 1024 * 1024, 'harrier'));
  linkSync(at('program'), at('hard-link'));
  symlinkSync('program', at('link'));
  symlinkSync(`/${'long/'.repeat(190)}`, at('long-link'));
  execFileSync('mkfifo', [at('pipe')]);
  // Holes, blocks that were reserved and never written, and so many pieces that their list becomes a tree.
  const sparse = openSync(at('sparse'), 'w');
  ftruncateSync(sparse, 50 * 1024 * 1024);
  writeSync(sparse, 'middle', 30 * 1024 * 1024);
  closeSync(sparse);
  writeFileSync(at('reserved'), '');
  // The older ones cannot reserve.
  spawnSync('fallocate', ['-l', '3M', at('reserved')], { stdio: 'pipe' });
  const reserved = openSync(at('reserved'), 'r+');
  writeSync(reserved, 'written', 1_500_000);
  closeSync(reserved);
  const pieces = openSync(at('pieces'), 'w');
  for (let n = 0; n < 3_000; n += 1) writeSync(pieces, `piece ${n}`, n * 12_288);
  closeSync(pieces);
  truncateSync(at('pieces'), 3_000 * 12_288 + 77);
  let deep = root;
  for (let n = 0; n < 40; n += 1) {
    deep = join(deep, `level-${n}`);
    mkdirSync(deep);
  }
  writeFileSync(join(deep, 'deepest'), 'down here');
}

/** Every file of a tree, with the hash of what the reader gave for it. */
export async function readVolume(
  image: string,
  openTree: OpenTree,
): Promise<{ readonly files: ReadonlyMap<string, JudgedFile>; readonly problems: readonly object[] }> {
  const source = await imageFile(image);
  const tree = await openTree(source);
  if ('refused' in tree) throw new Error(tree.refused);
  const files = new Map<string, JudgedFile>();
  for await (const { path, size, isExecutable } of tree.list()) {
    const bytes = await tree.read(path);
    files.set(path, {
      size,
      isExecutable,
      hash: bytes === null ? 'not read' : createHash('sha256').update(bytes).digest('hex'),
    });
  }
  await source.close();
  return { files, problems: tree.problems() };
}

/**
 * Reads a volume of 400 files sixty times, each time with other bytes in 300 places below `until`. How often something was listed or
 * said of it; never are there more files than can be.
 */
export async function readDamaged(
  image: string,
  { openTree, until, seed }: { readonly openTree: OpenTree; readonly until: number; readonly seed: number },
): Promise<{ readonly said: number; readonly listedMost: number }> {
  const whole = readFileSync(image);
  const random = createRandom(seed);
  let [said, listedMost] = [0, 0];
  for (let round = 0; round < 60; round += 1) {
    const hits = new Map<number, number>();
    for (let hit = 0; hit < 300; hit += 1) {
      hits.set(4_096 + Math.floor(random() * until), Math.floor(random() * 256));
    }
    const tree = await openTree(damaged(whole, hits));
    if ('refused' in tree) continue;
    let listed = 0;
    for await (const { path } of tree.list()) {
      await tree.read(path, { start: 0, end: 100_000 });
      listed += 1;
      if (listed > 5_000) break;
    }
    listedMost = Math.max(listedMost, listed);
    said += tree.problems().length > 0 || listed === 400 ? 1 : 0;
  }
  return { said, listedMost };
}

/** Four hundred files in a directory. */
export function fillFolder(root: string): void {
  mkdirSync(join(root, 'd'));
  for (let n = 0; n < 400; n += 1) writeFileSync(join(root, 'd', `file-${n}`), `content ${n}`);
}

/** A volume with other bytes in some places. */
export function damaged(whole: Uint8Array, hits: ReadonlyMap<number, number>): ByteSource {
  return {
    size: whole.length,
    async read(start, end) {
      const bytes = Uint8Array.from(whole.subarray(start, end));
      for (const [place, value] of hits) if (place >= start && place < end) bytes[place - start] = value;
      return bytes;
    },
  };
}
