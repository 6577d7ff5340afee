import { readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

const PAGE_BYTES = 256 * 1024;

/**
 * Reads a file for yauzl a page at a time. The directory of an archive is read in pieces of some fifty bytes; with a system
 * call and a turn of the thread pool for each, walking 20,000 entries would take two seconds.
 */
export class PagedReader extends RandomAccessReader {
  readonly #descriptor: number;
  #page: Buffer = Buffer.alloc(0);
  #pageStart = 0;

  constructor(descriptor: number) {
    super();
    this.#descriptor = descriptor;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let failure: Error | null = null;
    try {
      const isHeld = position >= this.#pageStart && position + length <= this.#pageStart + this.#page.length;
      if (!isHeld) {
        this.#page = readAt(this.#descriptor, position, Math.max(length, PAGE_BYTES));
        this.#pageStart = position;
      }
      const start = position - this.#pageStart;
      if (this.#page.copy(buffer, offset, start, start + length) < length) {
        throw new Error('it ends in the middle of its directory');
      }
    } catch (error) {
      failure = error as Error;
    }
    queueMicrotask(() => callback(failure));
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from([readAt(this.#descriptor, start, end - start)]);
  }
}

/** What the file has from `start` on, at most `length` bytes. */
function readAt(descriptor: number, start: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  for (let count = -1; done < length && count !== 0; done += count) {
    count = readSync(descriptor, buffer, done, length - done, start + done);
  }
  return buffer.subarray(0, done);
}
