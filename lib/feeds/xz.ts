import { Readable } from 'node:stream';
import xz from 'xz-decompress';
import { reasonOf } from '../http/reason-of.ts';

/**
 * Unpacks xz as a stream, several streams behind each other included, with checksums checked and dictionaries of at most
 * 64 MiB. Throws when the bytes are no xz, are damaged or cut short, or unpack to more than `bytesMax`.
 */
export async function* unpackXz(packed: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  const source = Readable.toWeb(Readable.from(packed, { objectMode: false })) as ReadableStream<Uint8Array>;
  const unpacked = new xz.XzReadableStream(source).getReader();
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await unpacked.read().catch((error: unknown) => {
        throw new Error(`it is no xz archive, is damaged or was cut short (${reasonOf(error)})`);
      });
      if (done) {
        return;
      }
      total += value.length;
      if (total > bytesMax) {
        throw new Error(`it unpacks to more than ${bytesMax} bytes`);
      }
      yield value;
    }
  } finally {
    // The library keeps others waiting until this one has let go; after an error or the end it already has.
    await unpacked.cancel().catch(() => undefined);
  }
}
