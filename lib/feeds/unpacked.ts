import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { unpackXz } from './xz.ts';

export interface UnpackOptions {
  readonly signal: AbortSignal;
  /** More than this is no feed. */
  readonly bytesMax: number;
  /** Whether a file that is not packed is read as it is. */
  readonly mayBePlain: boolean;
}

type Packing = 'gzip' | 'zstd' | 'xz' | 'plain';

const CHUNK_BYTES = 256 * 1024;

/** The content of a file that is packed with gzip, zstd or xz, whatever its name says, in chunks. Throws when it is cut short. */
export async function* unpackedChunks(path: string, options: UnpackOptions): AsyncGenerator<Buffer> {
  const packing = await packingOf(path, options.mayBePlain);
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  let unpacked = 0;
  try {
    for await (const chunk of unpackedStream(source, packing, options.bytesMax) as AsyncIterable<Buffer>) {
      options.signal.throwIfAborted();
      unpacked += chunk.length;
      if (unpacked > options.bytesMax) {
        throw new Error(`it unpacks to more than ${options.bytesMax} bytes`);
      }
      yield chunk;
    }
  } finally {
    source.destroy();
  }
}

/** The same as text. A mark of UTF-8 at the beginning is left out. */
export async function* unpackedTexts(path: string, options: UnpackOptions): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of unpackedChunks(path, options)) {
    yield decoder.decode(chunk, { stream: true });
  }
}

function unpackedStream(
  source: ReturnType<typeof createReadStream>,
  packing: Packing,
  bytesMax: number,
): AsyncIterable<unknown> {
  if (packing === 'plain') {
    return source;
  }
  if (packing === 'xz') {
    return unpackXz(source, bytesMax);
  }
  const unpacking =
    packing === 'gzip' ? createGunzip({ chunkSize: CHUNK_BYTES }) : createZstdDecompress({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => unpacking.destroy(error));
  return source.pipe(unpacking);
}

async function packingOf(path: string, mayBePlain: boolean): Promise<Packing> {
  const file = await open(path, 'r');
  const start = Buffer.alloc(4);
  try {
    await file.read(start, 0, start.length, 0);
  } finally {
    await file.close();
  }
  if (start.readUInt16BE(0) === 0x1f8b) {
    return 'gzip';
  }
  if (start.readUInt32LE(0) === 0xfd2fb528) {
    return 'zstd';
  }
  if (start.readUInt32BE(0) === 0xfd377a58) {
    return 'xz';
  }
  if (mayBePlain) {
    return 'plain';
  }
  throw new Error('its header is of neither gzip nor zstd nor xz');
}
