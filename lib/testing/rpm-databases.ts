import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface RpmHeaderFields {
  readonly name: string;
  readonly version?: string;
  readonly release?: string;
  readonly epoch?: number;
  readonly arch?: string;
  readonly sourceRpm?: string;
  readonly vendor?: string;
  readonly modularityLabel?: string;
  /** Absolute paths. */
  readonly files?: readonly string[];
  /** Bytes of a description, to make the header as large as wished. */
  readonly padding?: number;
}

/** A header as databases of rpm keep it. */
export function rpmHeader(fields: RpmHeaderFields): Uint8Array {
  const files = fields.files ?? [];
  const directories = [...new Set(files.map(directoryOf))];
  const texts: readonly (readonly [tag: number, text: string | undefined])[] = [
    [1000, fields.name],
    [1001, fields.version ?? '1.0'],
    [1002, fields.release ?? '1'],
    [1005, fields.padding === undefined ? undefined : 'x'.repeat(fields.padding)],
    [1011, fields.vendor],
    [1022, fields.arch ?? 'x86_64'],
    [1044, fields.sourceRpm],
    [5096, fields.modularityLabel],
  ];
  const values: HeaderValue[] = texts.flatMap(([tag, text]) =>
    text === undefined ? [] : [{ tag, type: 6, count: 1, bytes: Buffer.from(`${text}\0`) }],
  );
  if (fields.epoch !== undefined) {
    values.push(numbers(1003, [fields.epoch]));
  }
  if (files.length > 0) {
    values.push(
      numbers(
        1116,
        files.map((file) => directories.indexOf(directoryOf(file))),
      ),
    );
    values.push(
      textArray(
        1117,
        files.map((file) => file.slice(directoryOf(file).length)),
      ),
    );
    values.push(textArray(1118, directories));
  }
  return headerOf(values.sort((a, b) => a.tag - b.tag));
}

interface HeaderValue {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Buffer;
}

function directoryOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function numbers(tag: number, of: readonly number[]): HeaderValue {
  const bytes = Buffer.alloc(of.length * 4);
  of.forEach((value, index) => void bytes.writeUInt32BE(value, index * 4));
  return { tag, type: 4, count: of.length, bytes };
}

function textArray(tag: number, of: readonly string[]): HeaderValue {
  return { tag, type: 8, count: of.length, bytes: Buffer.from(of.map((text) => `${text}\0`).join('')) };
}

function headerOf(values: readonly HeaderValue[]): Uint8Array {
  const index = Buffer.alloc(8 + values.length * 16);
  const data: Buffer[] = [];
  let offset = 0;
  values.forEach(({ tag, type, count, bytes }, place) => {
    const gap = type === 4 ? -offset & 3 : 0;
    data.push(Buffer.alloc(gap), bytes);
    offset += gap;
    [tag, type, offset, count].forEach((value, column) => void index.writeUInt32BE(value, 8 + place * 16 + column * 4));
    offset += bytes.length;
  });
  index.writeUInt32BE(values.length, 0);
  index.writeUInt32BE(offset, 4);
  return Buffer.concat([index, ...data]);
}

/** A database of the SQLite kind, written by SQLite. The headers of `logged` stand in the write-ahead log alone. */
export function sqliteDatabase(
  headers: readonly Uint8Array[],
  logged: readonly Uint8Array[] = [],
  pageBytes = 4096,
): { readonly database: Uint8Array; readonly log: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'harrier-rpmdb-'));
  const path = join(folder, 'rpmdb.sqlite');
  const db = new DatabaseSync(path);
  try {
    db.exec(`pragma page_size=${pageBytes}; pragma journal_mode=wal; pragma wal_autocheckpoint=0`);
    db.exec("create table 'Packages' (hnum integer primary key autoincrement, blob blob not null)");
    const insert = db.prepare('insert into Packages (blob) values (?)');
    const write = (blobs: readonly Uint8Array[]): void => {
      db.exec('begin');
      blobs.forEach((blob) => void insert.run(blob));
      db.exec('commit');
    };
    write(headers);
    db.exec('pragma wal_checkpoint(truncate)');
    write(logged);
    return { database: readFileSync(path), log: readFileSync(`${path}-wal`) };
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A database of the ndb kind: one page or more of slots, then the headers. */
export function ndbDatabase(headers: readonly Uint8Array[]): Uint8Array {
  const pages = Math.ceil(((headers.length + 2) * 16) / 4096);
  const slots = Buffer.alloc(pages * 4096);
  for (let at = 32; at < slots.length; at += 16) {
    slots.writeUInt32LE(0x746f6c53, at);
  }
  [0x506d7052, 0, 1, pages, headers.length + 1].forEach((value, place) => void slots.writeUInt32LE(value, place * 4));
  const blobs: Buffer[] = [];
  let block = slots.length / 16;
  headers.forEach((header, place) => {
    const blocks = Math.ceil((16 + header.length + 12) / 16);
    const blob = Buffer.alloc(blocks * 16);
    [0x53626c42, place + 1, 1, header.length].forEach((value, column) => void blob.writeUInt32LE(value, column * 4));
    blob.set(header, 16);
    blob.writeUInt32LE(header.length, blob.length - 8);
    blob.writeUInt32LE(0x45626c42, blob.length - 4);
    [place + 1, block, blocks].forEach(
      (value, column) => void slots.writeUInt32LE(value, 36 + place * 16 + column * 4),
    );
    blobs.push(blob);
    block += blocks;
  });
  return Buffer.concat([slots, ...blobs]);
}

/** A database of the Berkeley DB kind: each header on a page of its own hash page, in a chain of overflow pages. */
export function bdbDatabase(headers: readonly Uint8Array[], order: 'little' | 'big', pageBytes = 4096): Uint8Array {
  const u32 = (page: Buffer, value: number, at: number): void =>
    void (order === 'little' ? page.writeUInt32LE(value, at) : page.writeUInt32BE(value, at));
  const u16 = (page: Buffer, value: number, at: number): void =>
    void (order === 'little' ? page.writeUInt16LE(value, at) : page.writeUInt16BE(value, at));
  const pages: Buffer[] = [Buffer.alloc(pageBytes)];
  const add = (type: number): Buffer => {
    const page = Buffer.alloc(pageBytes);
    u32(page, pages.length, 8);
    page[25] = type;
    pages.push(page);
    return page;
  };
  const pair = (key: number, value: (page: Buffer, at: number) => void, length: number): void => {
    const page = add(13);
    const keyAt = pageBytes - 5;
    page[keyAt] = 1;
    u32(page, key, keyAt + 1);
    u16(page, 2, 20);
    u16(page, keyAt, 26);
    u16(page, keyAt - length, 28);
    value(page, keyAt - length);
  };
  pair(0, (page, at) => u32(page, headers.length, at + 1), 5);
  headers.forEach((header, place) => {
    const first = pages.length + 1;
    const room = pageBytes - 26;
    pair(
      place + 1,
      (page, at) => {
        page[at] = 3;
        u32(page, first, at + 4);
        u32(page, header.length, at + 8);
      },
      12,
    );
    for (let from = 0; from < header.length; from += room) {
      const page = add(7);
      const part = header.subarray(from, from + room);
      page.set(part, 26);
      u16(page, part.length, 22);
      u32(page, from + room < header.length ? pages.length : 0, 16);
    }
  });
  const meta = pages[0] ?? Buffer.alloc(pageBytes);
  u32(meta, 0x00061561, 12);
  u32(meta, 9, 16);
  u32(meta, pageBytes, 20);
  meta[25] = 8;
  u32(meta, pages.length - 1, 32);
  return Buffer.concat(pages);
}
