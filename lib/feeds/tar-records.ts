import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { reasonOf } from '../http/reason-of.ts';

export interface TarRecord {
  /** Path inside the archive. */
  readonly name: string;
  /** The bytes of the file, or why this one is left out. */
  readonly content: Uint8Array | { readonly refused: string };
}

export interface TarLimits {
  /** Files and folders of the archive, wanted or not. */
  readonly entriesMax: number;
  /** The largest file that is read. */
  readonly bytesMax: number;
}

/** Headers with long names and attributes are kept whole by the reader; no honest one comes near this. */
const BETWEEN_FILES_MAX = 1024 * 1024;
/** Two empty blocks end an archive, so one that was cut between two files shows. */
const END_BYTES = 1024;

/**
 * The wanted files of a tar archive one after another, each held in memory once; links and folders are passed by. Throws
 * when the archive as a whole cannot be trusted: damaged, cut short, or more entries than it may have.
 */
export async function* tarRecords(
  unpacked: AsyncIterable<Uint8Array>,
  wants: (name: string) => boolean,
  { entriesMax, bytesMax }: TarLimits,
): AsyncGenerator<TarRecord> {
  const state = { isInFile: false, betweenFiles: 0, zeros: 0 };
  const archive = extract();
  const source = Readable.from(watched(unpacked, state), { objectMode: false });
  source.on('error', (error) => archive.destroy(error));
  source.pipe(archive);
  let entries = 0;
  try {
    for await (const entry of archive) {
      state.isInFile = true;
      entries += 1;
      const { name, type, size = 0 } = entry.header;
      if (entries > entriesMax) {
        throw new Error(`it has more than the ${entriesMax} files that are accepted`);
      }
      if (!Number.isSafeInteger(size) || size < 0) {
        throw new Error('it states a size that is none');
      }
      const isWanted = type === 'file' && wants(name);
      const isTooLarge = size > bytesMax;
      const parts: Uint8Array[] = [];
      for await (const part of entry as AsyncIterable<Uint8Array>) {
        if (isWanted && !isTooLarge) {
          parts.push(part);
        }
      }
      state.isInFile = false;
      state.betweenFiles = 0;
      if (isWanted) {
        yield { name, content: isTooLarge ? { refused: tooLarge(bytesMax) } : Buffer.concat(parts) };
      }
    }
  } catch (error) {
    throw new Error(
      reasonOf(error).startsWith('it ') ? reasonOf(error) : `it is no tar archive, or is damaged (${reasonOf(error)})`,
    );
  } finally {
    source.destroy();
    archive.destroy();
  }
  if (state.zeros < END_BYTES) {
    throw new Error('it was cut short: the archive has no end');
  }
}

function tooLarge(bytesMax: number): string {
  return `larger than ${bytesMax / 1024 / 1024} MiB`;
}

interface Watch {
  readonly isInFile: boolean;
  betweenFiles: number;
  /** Zero bytes at the end of what has come so far. */
  zeros: number;
}

async function* watched(unpacked: AsyncIterable<Uint8Array>, state: Watch): AsyncGenerator<Uint8Array> {
  for await (const chunk of unpacked) {
    if (!state.isInFile) {
      state.betweenFiles += chunk.length;
    }
    if (state.betweenFiles > BETWEEN_FILES_MAX) {
      throw new Error(`it has more than ${BETWEEN_FILES_MAX} bytes between two files`);
    }
    const zeros = zerosAtEnd(chunk);
    state.zeros = zeros === chunk.length ? state.zeros + zeros : zeros;
    yield chunk;
  }
}

function zerosAtEnd(chunk: Uint8Array): number {
  let at = chunk.length;
  while (at > 0 && chunk[at - 1] === 0) {
    at -= 1;
  }
  return chunk.length - at;
}
