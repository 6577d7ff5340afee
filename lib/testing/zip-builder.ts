import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip to build, with the lies that a hostile archive would tell. */
export interface BuiltEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** 8 unless given; 0 keeps the content as it is. */
  readonly method?: number;
  readonly flags?: number;
  readonly declaredBytes?: number;
  /** Sizes stand behind the content, and are zero in the local header. */
  readonly hasDescriptor?: boolean;
  /** Points at the local header of the entry of this number and writes no content of its own. */
  readonly sharesWith?: number;
}

export interface BuiltZip {
  /** Stands in front of the archive; offsets do not count it. */
  readonly prefix?: Uint8Array;
  readonly comment?: string;
  readonly isWide?: boolean;
}

/** A zip archive as bytes, for tests: honest unless an entry says otherwise. */
export function buildZip(entries: readonly BuiltEntry[], options: BuiltZip = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const places: { offset: number; packed: number }[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(content) : content;
    const declared = entry.declaredBytes ?? content.length;
    const flags = (entry.flags ?? 0) | (entry.hasDescriptor === true ? 8 : 0);
    const shared = entry.sharesWith === undefined ? undefined : places[entry.sharesWith];
    const place = shared ?? { offset, packed: packed.length };
    places.push(place);
    if (shared === undefined) {
      const sizes = entry.hasDescriptor === true ? [0, 0, 0] : [crc32(content), packed.length, declared];
      const descriptor = Buffer.alloc(entry.hasDescriptor === true ? 16 : 0);
      if (descriptor.length > 0) {
        descriptor.write('PK\x07\x08', 'latin1');
        descriptor.writeUInt32LE(crc32(content), 4);
        descriptor.writeUInt32LE(packed.length, 8);
        descriptor.writeUInt32LE(declared, 12);
      }
      const local = Buffer.concat([localHeader(name, method, flags, sizes), name, packed, descriptor]);
      parts.push(local);
      offset += local.length;
    }
    directory.push(centralHeader(name, method, flags, [crc32(content), place.packed, declared], place.offset, options));
  }
  const central = Buffer.concat(directory);
  const end = endRecords(entries.length, central.length, offset, options);
  return new Uint8Array(Buffer.concat([options.prefix ?? Buffer.alloc(0), ...parts, central, end]));
}

function localHeader(name: Buffer, method: number, flags: number, sizes: readonly number[]): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  sizes.forEach((size, index) => {
    header.writeUInt32LE(size, 14 + index * 4);
  });
  header.writeUInt16LE(name.length, 26);
  return header;
}

function centralHeader(
  name: Buffer,
  method: number,
  flags: number,
  sizes: readonly number[],
  offset: number,
  options: BuiltZip,
): Buffer {
  const header = Buffer.alloc(46);
  header.write('PK\x01\x02', 'latin1');
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  const written = options.isWide === true ? [sizes[0] ?? 0, 0xffffffff, 0xffffffff] : sizes;
  written.forEach((size, index) => {
    header.writeUInt32LE(size, 16 + index * 4);
  });
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(options.isWide === true ? 0xffffffff : offset, 42);
  if (options.isWide !== true) {
    return Buffer.concat([header, name]);
  }
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(sizes[2] ?? 0), 4);
  extra.writeBigUInt64LE(BigInt(sizes[1] ?? 0), 12);
  extra.writeBigUInt64LE(BigInt(offset), 20);
  header.writeUInt16LE(extra.length, 30);
  return Buffer.concat([header, name, extra]);
}

function endRecords(count: number, size: number, offset: number, options: BuiltZip): Buffer {
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(options.isWide === true ? 0xffffffff : size, 12);
  end.writeUInt32LE(options.isWide === true ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  if (options.isWide !== true) {
    return Buffer.concat([end, comment]);
  }
  const wide = Buffer.alloc(56);
  wide.write('PK\x06\x06', 'latin1');
  wide.writeBigUInt64LE(44n, 4);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([wide, locator, end, comment]);
}
