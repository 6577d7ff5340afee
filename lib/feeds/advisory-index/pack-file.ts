import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { AppError } from '../../core/model/app-error.ts';

/**
 * A pack is one file: cold blocks that are read one by one, hot sections that are read whole, a header in JSON, and a
 * trailer that says where the header is. Written front to back in one pass, never changed afterwards.
 */
export interface PackHeader<Facts> {
  readonly facts: Facts;
  /** Byte ranges of the hot sections, relative to `hotStart`. */
  readonly sections: Readonly<Record<string, readonly [start: number, length: number]>>;
  readonly hotStart: number;
  readonly hotLength: number;
  readonly hotCrc32: number;
}

/** Raised whenever the layout or the meaning of a stored value changes: packs of another format are built anew. */
export const PACK_FORMAT = 3;

const MAGIC = Buffer.from(`HARRIER${PACK_FORMAT}`, 'latin1');
const TRAILER_BYTES = 16;
const ALIGNMENT = 8;
const HEADER_BYTES_MAX = 64 * 1024 * 1024;

export interface PackWriter {
  /** Appends a cold block; returns where it starts. */
  appendBlock(bytes: Uint8Array): number;
  /** Writes the hot sections, header and trailer, and closes the file. */
  finish(facts: unknown, sections: Readonly<Record<string, Uint8Array | Uint32Array>>): void;
  /** Closes the file where `finish` was not reached. */
  abandon(): void;
}

export function createPackWriter(path: string): PackWriter {
  const descriptor = openSync(path, 'w');
  let position = 0;
  let isOpen = true;
  const append = (bytes: Uint8Array): number => {
    const start = position;
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(descriptor, bytes, done, bytes.length - done);
    }
    position += bytes.length;
    return start;
  };
  const align = (): void => {
    append(Buffer.alloc((ALIGNMENT - (position % ALIGNMENT)) % ALIGNMENT));
  };
  return {
    appendBlock: append,
    finish(facts, sections) {
      align();
      const hotStart = position;
      const ranges: Record<string, readonly [number, number]> = {};
      let hotCrc32 = 0;
      for (const [name, section] of Object.entries(sections)) {
        const bytes = new Uint8Array(section.buffer, section.byteOffset, section.byteLength);
        ranges[name] = [append(bytes) - hotStart, bytes.length];
        hotCrc32 = crc32(bytes, hotCrc32);
        const padding = Buffer.alloc((ALIGNMENT - (position % ALIGNMENT)) % ALIGNMENT);
        append(padding);
        hotCrc32 = crc32(padding, hotCrc32);
      }
      const header: PackHeader<unknown> = {
        facts,
        sections: ranges,
        hotStart,
        hotLength: position - hotStart,
        hotCrc32,
      };
      const text = Buffer.from(JSON.stringify(header));
      append(text);
      const trailer = Buffer.alloc(TRAILER_BYTES);
      trailer.writeUInt32LE(text.length, 0);
      trailer.writeUInt32LE(crc32(text), 4);
      MAGIC.copy(trailer, 8);
      append(trailer);
      closeSync(descriptor);
      isOpen = false;
    },
    abandon() {
      if (isOpen) {
        closeSync(descriptor);
        isOpen = false;
      }
    },
  };
}

export interface Pack<Facts> {
  readonly facts: Facts;
  /** Bytes of cold blocks at the beginning of the file. */
  readonly coldLength: number;
  bytes(section: string): Uint8Array;
  /** The section as numbers; its length is a multiple of four. */
  numbers(section: string): Uint32Array;
  /** Reads the hot part now, where it was not read yet. Throws when it was damaged. */
  load(): void;
  /** Reads a cold block. */
  block(start: number, length: number): Uint8Array;
  close(): void;
}

/** Opens a pack; its hot part is read when it is first asked for. Throws when the file is none or is cut short. */
export function openPack<Facts>(path: string): Pack<Facts> {
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    const trailer = readAt(descriptor, size - TRAILER_BYTES, TRAILER_BYTES);
    const headerLength = trailer.readUInt32LE(0);
    if (!trailer.subarray(8).equals(MAGIC) || headerLength > HEADER_BYTES_MAX) {
      throw new Error('is no advisory pack of this format');
    }
    const text = readAt(descriptor, size - TRAILER_BYTES - headerLength, headerLength);
    if (crc32(text) !== trailer.readUInt32LE(4)) {
      throw new Error('is damaged');
    }
    const header = JSON.parse(text.toString('utf8')) as PackHeader<Facts>;
    return toPack(descriptor, header);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function toPack<Facts>(descriptor: number, header: PackHeader<Facts>): Pack<Facts> {
  let isOpen = true;
  let hot: Buffer | null = null;
  const load = (): Buffer => {
    if (hot === null) {
      hot = readAt(descriptor, header.hotStart, header.hotLength);
      if (crc32(hot) !== header.hotCrc32) {
        throw damaged();
      }
    }
    return hot;
  };
  const rangeOf = (section: string): readonly [number, number] => header.sections[section] ?? [0, 0];
  return {
    facts: header.facts,
    coldLength: header.hotStart,
    bytes(section) {
      const [start, length] = rangeOf(section);
      return load().subarray(start, start + length);
    },
    numbers(section) {
      const [start, length] = rangeOf(section);
      const bytes = load();
      return new Uint32Array(bytes.buffer, bytes.byteOffset + start, length / 4);
    },
    load: () => void load(),
    block: (start, length) => readAt(descriptor, start, length),
    close() {
      if (isOpen) {
        isOpen = false;
        closeSync(descriptor);
      }
    },
  };
}

/** What readers say when a part of the index that they need cannot be trusted. */
export function damaged(): AppError {
  return new AppError(
    'unavailable',
    'The advisory index is damaged. Delete the folder "advisories" in HARRIER_DATA and sync the feeds again; findings stay as they are.',
  );
}

function readAt(descriptor: number, start: number, length: number): Buffer {
  if (start < 0 || length < 0) {
    throw new Error('is cut short');
  }
  // A buffer of its own and not of Node's pool, so that numbers in it are aligned.
  const buffer = Buffer.from(new ArrayBuffer(length));
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, buffer, done, length - done, start + done);
    if (count === 0) {
      throw new Error('is cut short');
    }
    done += count;
  }
  return buffer;
}
