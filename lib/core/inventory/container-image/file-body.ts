import type { Parser } from '../../parsers/parser.ts';

/** A file larger than this would fill the memory; none that holds packages comes near it but a bundle of a whole application. */
const FILE_BYTES_MAX = 192 * 1024 * 1024;
export const TOO_LARGE = `is larger than ${FILE_BYTES_MAX / 1024 / 1024} MiB and was not read`;
const HEAD_BYTES = 512;

/** The bytes of a file, unless its beginning says that no parser can use it. */
export async function wholeBody(
  body: AsyncIterable<Uint8Array>,
  size: number,
  wanting: readonly Parser[],
): Promise<Uint8Array | 'uninteresting' | 'too large'> {
  const chooses = wanting.length > 0 && wanting.every((parser) => parser.beginsLike !== undefined);
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isJudged = !chooses;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (!isJudged && (length >= HEAD_BYTES || length >= size)) {
      isJudged = true;
      const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
      if (!wanting.some((parser) => parser.beginsLike?.(head))) {
        return 'uninteresting';
      }
    }
    if (length > FILE_BYTES_MAX) {
      return 'too large';
    }
  }
  // Chunks may be windows of a buffer that the stream uses again, and a small file must not hold a large one.
  return chunks.length === 1 && chunks[0] !== undefined ? Uint8Array.from(chunks[0]) : Buffer.concat(chunks);
}

/** A body that may be read any number of times. */
export function again(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}
