import { type FileHandle, open } from 'node:fs/promises';
import { inflateRawSync, constants as zlib } from 'node:zlib';
import { AppError } from '../core/model/app-error.ts';
import type { ByteSource } from '../core/parsers/byte-source.ts';
import { contentStart, readZipDirectory, readZipEntry, type ZipEntry } from '../core/parsers/zip-directory.ts';
import type { FileTree } from '../core/ports/file-tree.ts';
import { systemReason } from './system-reason.ts';

export interface ZipTree extends FileTree {
  close(): Promise<void>;
}

export interface ZipTreeOptions {
  readonly signal: AbortSignal;
  readonly limits?: Partial<ZipTreeLimits>;
}

export interface ZipTreeLimits {
  /** One file, unpacked. */
  readonly fileBytesMax: number;
  /** Everything that is ever unpacked of the archive: what a bomb is made to exceed. */
  readonly unpackedBytesMax: number;
}

const LIMITS: ZipTreeLimits = { fileBytesMax: 256 * 1024 * 1024, unpackedBytesMax: 8 * 1024 ** 3 };
/** Unpacked files that are kept for the next range that somebody asks of them. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
/** Parsers look at the beginning of many files; for so much of it a file is not unpacked whole. */
const HEAD_BYTES_MAX = 64 * 1024;
const PROBLEMS_MAX = 200;
const STORED = 0;

/**
 * The files of a zip archive on disk as a tree. Nothing is unpacked to disk: each file is inflated when somebody reads it, and
 * only its beginning where that is enough. What is encrypted, damaged, too large or cut off is a problem of the tree, and the
 * rest is read. Throws AppError for what is no zip at all.
 */
export async function openZipTree(path: string, { signal, limits = {} }: ZipTreeOptions): Promise<ZipTree> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('invalid-input', `${path} cannot be opened (${systemReason(error)}).`);
  });
  try {
    const source = await sourceOf(file);
    const directory = await readZipDirectory(source);
    if (directory.kind === 'unreadable') {
      throw new AppError('invalid-input', `${path} cannot be read as a zip archive: it ${directory.reason}.`);
    }
    const problems = new Map<string, string>();
    if (directory.problems.length > 0) problems.set('', `The archive ${directory.problems.join(', and ')}.`);
    const entries = byName(directory.entries, problems);
    const reader = createReader(source, entries, problems, { ...LIMITS, ...limits });
    return {
      async *list() {
        for (const [name, entry] of entries) {
          // Archives of Windows carry no modes, so any of their files may be a program.
          yield { path: name, size: entry.declaredBytes, isExecutable: true };
        }
      },
      async read(name, range) {
        signal.throwIfAborted();
        return reader(name, range);
      },
      problems: () => [...problems].map(([where, message]) => ({ path: where, message })),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function sourceOf(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    async read(start, end) {
      const length = Math.max(0, Math.min(end, size) - start);
      const bytes = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
  };
}

/** A name that stands twice means the later entry, as for programs that unpack one after the other. */
function byName(entries: readonly ZipEntry[], problems: Map<string, string>): ReadonlyMap<string, ZipEntry> {
  const named = new Map<string, ZipEntry>();
  for (const entry of entries) {
    if (entry.name === '' || entry.name.endsWith('/')) continue;
    if (named.has(entry.name) && problems.size < PROBLEMS_MAX) {
      problems.set(entry.name, 'stands more than once in the archive; the last one was read');
    }
    named.set(entry.name, entry);
  }
  return named;
}

type ReadFile = (name: string, range?: { readonly start: number; readonly end: number }) => Promise<Uint8Array | null>;

function createReader(
  source: ByteSource,
  entries: ReadonlyMap<string, ZipEntry>,
  problems: Map<string, string>,
  limits: ZipTreeLimits,
): ReadFile {
  const kept = createKeptFiles();
  let unpacked = 0;
  const fail = (name: string, message: string): null => {
    if (problems.size < PROBLEMS_MAX) problems.set(name, message);
    return null;
  };
  return async (name, range) => {
    const entry = entries.get(name);
    if (entry === undefined) return null;
    const known = kept.get(entry);
    if (known !== undefined) return partOf(known, range);
    if (entry.method === STORED && !entry.isEncrypted && range !== undefined) {
      return storedPart(source, entry, range);
    }
    if (unpacked >= limits.unpackedBytesMax) {
      return fail(
        '',
        `More than ${limits.unpackedBytesMax} bytes were unpacked of the archive; the rest was not read.`,
      );
    }
    if (range !== undefined && range.end <= HEAD_BYTES_MAX) {
      const head = await headOf(source, entry, range.end);
      unpacked += head?.length ?? 0;
      if (head !== null) return partOf(head, range);
    }
    const content = await readZipEntry(source, entry, limits.fileBytesMax);
    if (content.kind === 'unreadable') return fail(name, content.reason);
    unpacked += content.bytes.length;
    kept.add(entry, content.bytes);
    return partOf(content.bytes, range);
  };
}

async function storedPart(
  source: ByteSource,
  entry: ZipEntry,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Uint8Array | null> {
  const at = await contentStart(source, entry);
  return at === null ? null : source.read(at + start, at + Math.max(start, Math.min(end, entry.packedBytes)));
}

/**
 * The beginning of a deflated file out of the beginning of its packed bytes; null where that does not yield enough, or is no
 * gain over unpacking it whole.
 */
async function headOf(source: ByteSource, entry: ZipEntry, bytes: number): Promise<Uint8Array | null> {
  const packedBytes = 2 * bytes + 1024;
  if (entry.isEncrypted || entry.method !== 8 || entry.packedBytes <= packedBytes) return null;
  const at = await contentStart(source, entry);
  const packed = at === null ? null : await source.read(at, at + packedBytes);
  if (packed === null) return null;
  try {
    const head = inflateRawSync(packed, { finishFlush: zlib.Z_SYNC_FLUSH });
    return head.length >= bytes ? head : null;
  } catch {
    return null;
  }
}

interface KeptFiles {
  get(entry: ZipEntry): Uint8Array | undefined;
  add(entry: ZipEntry, bytes: Uint8Array): void;
}

/** The files that were unpacked last; formats with a directory at their end are read in many small ranges. */
function createKeptFiles(): KeptFiles {
  const files = new Map<ZipEntry, Uint8Array>();
  let size = 0;
  return {
    get: (entry) => files.get(entry),
    add(entry, bytes) {
      size += bytes.length - (files.get(entry)?.length ?? 0);
      files.set(entry, bytes);
      for (const [oldest, content] of files) {
        if (size <= KEPT_BYTES_MAX || files.size === 1) break;
        files.delete(oldest);
        size -= content.length;
      }
    },
  };
}

function partOf(bytes: Uint8Array, range?: { readonly start: number; readonly end: number }): Uint8Array {
  return range === undefined ? bytes : bytes.subarray(range.start, Math.max(range.start, range.end));
}
