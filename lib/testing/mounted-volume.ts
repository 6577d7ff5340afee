import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../core/parsers/byte-source.ts';

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

export interface ImageFile extends ByteSource {
  /** Bytes that were asked for so far. */
  bytesRead(): number;
  close(): Promise<void>;
}

/** An image as a source of bytes that counts what is read of it. */
export async function imageFile(path: string): Promise<ImageFile> {
  const file: FileHandle = await open(path, 'r');
  const { size } = await file.stat();
  let total = 0;
  return {
    size,
    async read(start, end) {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, start);
      total += bytesRead;
      return bytes.subarray(0, bytesRead);
    },
    bytesRead: () => total,
    close: () => file.close(),
  };
}
