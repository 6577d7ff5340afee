import { createHash, type Hash } from 'node:crypto';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { AppError } from '../core/model/app-error.ts';
import type { LayerDescriptor } from '../core/model/image.ts';
import type { LayerEntry } from '../core/ports/image-source.ts';
import { tarEntries } from './tar-entries.ts';

const TAR_BLOCK = 512;
/** An image costs a sixth less in pieces of this size than in Node's of 16 KiB; larger ones win nothing more (ADR 71). */
const UNPACKED_CHUNK_BYTES = 64 * 1024;
/** Layers of real images unpack to a few gigabytes; a bomb unpacks to whatever one lets it. */
const UNPACKED_BYTES_MAX = 32 * 1024 * 1024 * 1024;

/**
 * The entries of a layer out of its stored bytes: unpacked by what the bytes are and not by what they are called, and
 * compared with both digests at the end. Throws AppError where they differ, so that nothing of such a layer counts.
 */
export async function* layerEntries(
  stored: AsyncIterable<Uint8Array>,
  layer: LayerDescriptor,
  signal: AbortSignal,
): AsyncGenerator<LayerEntry> {
  refuseForeign(layer);
  const packedHash = createHash('sha256');
  const unpackedHash = createHash('sha256');
  const unpacked = hashed(await unpack(hashed(stored, packedHash, null)), unpackedHash, UNPACKED_BYTES_MAX);
  for await (const entry of tarEntries(padded(unpacked))) {
    signal.throwIfAborted();
    yield entry;
  }
  // Padding behind the archive belongs to the digests too.
  for await (const _ of unpacked) signal.throwIfAborted();
  if (layer.digest !== layer.diffId) {
    compare(layer.digest, packedHash, 'digest');
  }
  // Archives of docker save name a layer by what it unpacks to, however they pack it.
  if (layer.diffId !== null) {
    compare(layer.diffId, unpackedHash, 'digest of its unpacked content');
  }
}

/** Base layers of Windows may not be handed on, so registries keep them elsewhere. */
function refuseForeign({ mediaType, digest }: LayerDescriptor): void {
  if (/foreign|nondistributable/.test(mediaType)) {
    throw new AppError(
      'unavailable',
      `Layer ${digest} is kept outside of the registry (${mediaType}) and is not read, so its packages are not known.`,
    );
  }
}

function compare(expected: string, hash: Hash, what: string): void {
  const actual = `sha256:${hash.digest('hex')}`;
  if (actual !== expected) {
    throw new AppError(
      'unavailable',
      `The layer’s ${what} is ${actual} and should be ${expected}; nothing of it was used.`,
    );
  }
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: Hash,
  bytesMax: number | null,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    length += chunk.length;
    if (bytesMax !== null && length > bytesMax) {
      throw new AppError('unavailable', `It unpacks to more than ${bytesMax / 2 ** 30} GiB and was given up.`);
    }
    yield chunk;
  }
}

/**
 * Fills the last block of an archive up. Some tools leave the end of it out, which no runtime minds; content that is really
 * missing shows in the digests.
 */
async function* padded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    yield chunk;
  }
  yield new Uint8Array((TAR_BLOCK - (length % TAR_BLOCK)) % TAR_BLOCK);
}

/** gzip, zstd or nothing, by the first bytes. */
export async function unpack(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const source = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let isEnded = false;
  while (head.length < 4 && !isEnded) {
    const { value, done } = await source.next();
    isEnded = done === true;
    head = done === true ? head : Buffer.concat([head, value]);
  }
  const rest = whole(head, source);
  if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) {
    return through(rest, createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES }));
  }
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) {
    return through(rest, createZstdDecompress({ chunkSize: UNPACKED_CHUNK_BYTES }));
  }
  return rest;
}

async function* whole(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (;;) {
      const { value, done } = await rest.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    // Whoever stops early lets go of the file or connection behind this.
    await rest.return?.();
  }
}

function through(bytes: AsyncIterable<Uint8Array>, transform: Duplex): AsyncIterable<Uint8Array> {
  // A failure ends the transform with the same error, which its reader meets.
  pipeline(Readable.from(bytes, { objectMode: false }), transform).catch(() => undefined);
  return transform;
}
