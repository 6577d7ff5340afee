import { readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { reasonOf } from '../http/reason-of.ts';
import { PagedReader } from './paged-reader.ts';

export interface ZipRecord {
  /** Last part of the entry's name; directories inside the archive mean nothing. */
  readonly name: string;
  /** The unpacked bytes, or why this one record is left out. */
  readonly content: Uint8Array | { readonly refused: string };
  /** Files in the archive. */
  readonly total: number;
}

/** More records than any ecosystem has; a zip that claims more is not an advisory feed. */
const RECORDS_MAX = 3_000_000;
/** The largest published records (kernel notices) unpack to a few MiB. */
const RECORD_BYTES_MAX = 32 * 1024 * 1024;
/** All records of one ecosystem, unpacked. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024 * 1024;
/** A local header repeats the name and carries fields of its own; both lengths are sixteen bits wide. */
const LOCAL_HEADER_BYTES = 30;
const EXTRA_BYTES_GUESS = 64;
const STORED = 0;
const DEFLATED = 8;

/**
 * The JSON files of a zip one after another, all or those `wanted`, in bounded memory. Throws when the archive as a
 * whole cannot be trusted: cut short, a checksum that does not fit, or far more content than a feed can have.
 */
export async function* zipRecords(path: string, wanted?: ReadonlySet<string>): AsyncGenerator<ZipRecord> {
  const file = await open(path, 'r');
  let zip: ZipFile;
  try {
    const { size } = await file.stat();
    const options = { autoClose: false, decodeStrings: false };
    zip = await fromRandomAccessReaderPromise(new PagedReader(file.fd), size, options);
  } catch (error) {
    await file.close();
    throw new Error(`it is no zip archive, or was cut short (${reasonOf(error).split('.')[0]})`);
  }
  let unpacked = 0;
  try {
    if (zip.entryCount > RECORDS_MAX) {
      throw new Error(`it lists ${zip.entryCount} files, more than the ${RECORDS_MAX} that are accepted`);
    }
    for await (const entry of zip.eachEntry()) {
      const fullName = entry.fileNameRaw.toString('utf8');
      const name = fullName.slice(fullName.lastIndexOf('/') + 1);
      if (!name.endsWith('.json') || wanted?.has(name) === false) {
        continue;
      }
      const content = readEntry(file.fd, entry);
      unpacked += content instanceof Uint8Array ? content.length : 0;
      if (unpacked > UNPACKED_BYTES_MAX) {
        throw new Error(`its records unpack to more than ${UNPACKED_BYTES_MAX} bytes`);
      }
      yield { name, content, total: zip.entryCount };
    }
  } finally {
    zip.close();
    await file.close();
  }
}

/** One system call brings header and content together; streams would cost more than the inflating itself. */
function readEntry(descriptor: number, entry: Entry): ZipRecord['content'] {
  if (entry.uncompressedSize > RECORD_BYTES_MAX || entry.compressedSize > RECORD_BYTES_MAX) {
    return { refused: `larger than ${RECORD_BYTES_MAX / 1024 / 1024} MiB` };
  }
  if (entry.isEncrypted() || (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)) {
    return { refused: 'packed in a way that advisory feeds do not use' };
  }
  const start = entry.relativeOffsetOfLocalHeader;
  const guess = LOCAL_HEADER_BYTES + entry.fileNameRaw.length + EXTRA_BYTES_GUESS + entry.compressedSize;
  const piece = readAt(descriptor, start, guess);
  if (piece.length < LOCAL_HEADER_BYTES || piece.readUInt32LE(0) !== 0x04034b50) {
    throw new Error(`the archive is damaged at byte ${start}`);
  }
  const dataOffset = LOCAL_HEADER_BYTES + piece.readUInt16LE(26) + piece.readUInt16LE(28);
  const dataEnd = dataOffset + entry.compressedSize;
  const packed =
    dataEnd <= piece.length
      ? piece.subarray(dataOffset, dataEnd)
      : readAt(descriptor, start + dataOffset, entry.compressedSize);
  return unpack(packed, entry);
}

function unpack(packed: Buffer, entry: Entry): Uint8Array {
  const name = entry.fileNameRaw.toString('utf8').slice(0, 100);
  let content: Buffer = packed;
  if (entry.compressionMethod === DEFLATED) {
    try {
      // The stated size bounds the work: a record that inflates to more is no longer unpacked at that point.
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.uncompressedSize) });
    } catch (error) {
      throw new Error(`${name} in the archive cannot be unpacked (${reasonOf(error)})`);
    }
  }
  if (content.length !== entry.uncompressedSize || crc32(content) !== entry.crc32) {
    throw new Error(`${name} in the archive does not have the checksum that the archive states`);
  }
  return content;
}

function readAt(descriptor: number, start: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, buffer, filled, length - filled, start + filled);
    if (count === 0) {
      break;
    }
    filled += count;
  }
  return buffer.subarray(0, filled);
}
