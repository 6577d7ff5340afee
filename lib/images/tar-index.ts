import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Where a file of an archive lies. */
export interface TarPlace {
  readonly start: number;
  readonly size: number;
  /** Where a link leads, as written; null for a file. */
  readonly target: string | null;
}

const BLOCK = 512;
const ENTRIES_MAX = 100_000;
const EXTENSION_BYTES_MAX = 64 * 1024;

/**
 * The files and links of an unpacked tar archive by path, found by going from header to header without reading what lies
 * between them. Formats: ustar, pax and GNU; see tar(5). Throws where the archive is damaged or cut short.
 */
export function indexTar(path: string): ReadonlyMap<string, TarPlace> {
  const descriptor = openSync(path, 'r');
  try {
    const end = fstatSync(descriptor).size;
    const places = new Map<string, TarPlace>();
    let extension: Extension = {};
    for (let at = 0; at + BLOCK <= end && places.size < ENTRIES_MAX; ) {
      const header = readAt(descriptor, at, BLOCK);
      if (header.every((byte) => byte === 0)) {
        break;
      }
      checkHeader(header);
      const size = extension.size ?? numberIn(header, 124, 12);
      const start = at + BLOCK;
      if (start + size > end) {
        throw new Error('it is cut short');
      }
      const type = String.fromCharCode(header[156] ?? 0);
      const isExtension = type === 'x' || type === 'L' || type === 'K';
      if (isExtension) {
        extension = {
          ...extension,
          ...extensionOf(type, readAt(descriptor, start, Math.min(size, EXTENSION_BYTES_MAX))),
        };
      } else {
        if (type === '0' || type === '\0' || type === '1' || type === '2') {
          const target = type === '1' || type === '2' ? (extension.target ?? textIn(header, 157, 100)) : null;
          places.set(plainPath(extension.path ?? nameIn(header)), { start, size, target });
        }
        extension = {};
      }
      at = start + Math.ceil(size / BLOCK) * BLOCK;
    }
    return places;
  } finally {
    closeSync(descriptor);
  }
}

/** What an extension header says of the entry behind it. */
interface Extension {
  readonly path?: string;
  readonly target?: string;
  readonly size?: number;
}

function extensionOf(type: string, body: Buffer): Extension {
  if (type !== 'x') {
    const text = textIn(body, 0, body.length);
    return type === 'L' ? { path: text } : { target: text };
  }
  // Records of pax: a length in decimal, a blank, `key=value`, a line break.
  const found: { path?: string; target?: string; size?: number } = {};
  for (let at = 0; at < body.length; ) {
    const blank = body.indexOf(0x20, at);
    const length = blank === -1 ? 0 : Number(body.toString('latin1', at, blank));
    if (!Number.isSafeInteger(length) || length <= 0) {
      break;
    }
    const [key = '', value = ''] =
      /^([^=]+)=(.*)$/s.exec(body.toString('utf8', blank + 1, at + length - 1))?.slice(1) ?? [];
    if (key === 'path') found.path = value;
    if (key === 'linkpath') found.target = value;
    if (key === 'size' && /^[0-9]{1,15}$/.test(value)) found.size = Number(value);
    at += length;
  }
  return found;
}

function nameIn(header: Buffer): string {
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textIn(header, 345, 155) : '';
  const name = textIn(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textIn(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? field.length : end);
}

/** Octal digits, or for large numbers the bytes of the number behind a set bit. */
function numberIn(header: Buffer, start: number, length: number): number {
  if (((header[start] ?? 0) & 0x80) !== 0) {
    return Number(header.readBigUInt64BE(start + length - 8));
  }
  const value = Number.parseInt(textIn(header, start, length).trim() || '0', 8);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Error('it is no tar archive');
  }
  return value;
}

/** The sum of all bytes of the header, those of the sum itself counted as blanks. */
function checkHeader(header: Buffer): void {
  let sum = 0;
  for (const [at, byte] of header.entries()) {
    sum += at >= 148 && at < 156 ? 0x20 : byte;
  }
  if (sum !== numberIn(header, 148, 8)) {
    throw new Error('it is no tar archive, or is damaged');
  }
}

function plainPath(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '');
}

function readAt(descriptor: number, start: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, start));
}
