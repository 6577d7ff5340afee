import { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { reasonOf } from './feed-error.ts';

/**
 * Unpacks zstd as a stream. Throws when the bytes are no zstd, are damaged or cut short, or unpack to more than
 * `bytesMax`. Of several frames Node may read only the first, so what is inside must show by itself that it is whole.
 */
export async function* unpackZstd(packed: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const unpacked = createZstdDecompress();
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  let total = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      total += chunk.length;
      if (total > bytesMax) {
        throw new Error(`it unpacks to more than ${bytesMax} bytes`);
      }
      yield chunk;
    }
  } catch (error) {
    throw new Error(
      reasonOf(error).startsWith('it ') ? reasonOf(error) : `it is damaged or was cut short (${reasonOf(error)})`,
    );
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}
