export interface BuiltSection {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface ElfOptions {
  readonly isWide?: boolean;
  readonly isBigEndian?: boolean;
  /** No names of sections, as after `sstrip`. */
  readonly isStripped?: boolean;
}

/** Where an executable of these builders is loaded: the byte at an offset of the file stands at this address plus the offset. */
export const LOAD_ADDRESS = 0x400000;
const ALIGNMENT = 16;

interface Placed extends BuiltSection {
  readonly offset: number;
}

function place(
  sections: readonly BuiltSection[],
  start: number,
): { readonly placed: readonly Placed[]; readonly end: number } {
  const placed: Placed[] = [];
  let end = start;
  for (const section of sections) {
    const offset = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
    placed.push({ ...section, offset });
    end = offset + section.content.length;
  }
  return { placed, end: Math.ceil(end / ALIGNMENT) * ALIGNMENT };
}

/** An ELF file with these sections, all of which lie in one segment that may be written to. */
export function buildElf(sections: readonly BuiltSection[], options: ElfOptions = {}): Uint8Array {
  const { isWide = true, isBigEndian = false, isStripped = false } = options;
  const names = `\0${[...sections.map(({ name }) => name), '.shstrtab'].join('\0')}\0`;
  const { placed, end } = place(
    [...sections, { name: '.shstrtab', content: Buffer.from(names, 'latin1') }],
    isWide ? 64 : 52,
  );
  const segmentBytes = isWide ? 56 : 32;
  const sectionBytes = isWide ? 64 : 40;
  const bytes = Buffer.alloc(end + segmentBytes + sectionBytes * (placed.length + 1));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const half = (at: number, value: number): void => view.setUint16(at, value, !isBigEndian);
  const full = (at: number, value: number): void => view.setUint32(at, value, !isBigEndian);
  const word = (at: number, value: number): void =>
    isWide ? view.setBigUint64(at, BigInt(value), !isBigEndian) : full(at, value);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, isWide ? 2 : 1, isBigEndian ? 2 : 1, 1]);
  word(isWide ? 32 : 28, end);
  word(isWide ? 40 : 32, end + segmentBytes);
  const counts = [segmentBytes, 1, sectionBytes, isStripped ? 0 : placed.length + 1, placed.length];
  counts.forEach((value, index) => {
    half((isWide ? 54 : 42) + index * 2, value);
  });
  full(end, 1);
  full(end + (isWide ? 4 : 24), 6);
  word(end + (isWide ? 16 : 8), LOAD_ADDRESS);
  word(end + (isWide ? 32 : 16), bytes.length);
  placed.forEach(({ name, content, offset }, index) => {
    bytes.set(content, offset);
    const at = end + segmentBytes + sectionBytes * (index + 1);
    full(at, names.indexOf(`\0${name}\0`) + 1);
    word(at + 8, 1);
    word(at + (isWide ? 16 : 12), LOAD_ADDRESS + offset);
    word(at + (isWide ? 24 : 16), offset);
    word(at + (isWide ? 32 : 20), content.length);
  });
  return new Uint8Array(bytes);
}

/** A PE file of 64 bits with these sections, all of which may be written to. */
export function buildPe(sections: readonly BuiltSection[]): Uint8Array {
  const optional = 112;
  const table = 64 + 24 + optional;
  const { placed, end } = place(sections, table + 40 * sections.length);
  const bytes = Buffer.alloc(end);
  bytes.write('MZ', 'latin1');
  bytes.writeUInt32LE(64, 60);
  bytes.write('PE\0\0', 64, 'latin1');
  bytes.writeUInt16LE(sections.length, 64 + 6);
  bytes.writeUInt16LE(optional, 64 + 20);
  bytes.writeUInt16LE(0x20b, 64 + 24);
  bytes.writeBigUInt64LE(BigInt(LOAD_ADDRESS), 64 + 24 + 24);
  placed.forEach(({ name, content, offset }, index) => {
    const at = table + index * 40;
    bytes.write(name, at, 8, 'latin1');
    bytes.writeUInt32LE(content.length, at + 8);
    bytes.writeUInt32LE(offset, at + 12);
    bytes.writeUInt32LE(content.length, at + 16);
    bytes.writeUInt32LE(offset, at + 20);
    bytes.writeUInt32LE(0xc0000040, at + 36);
    bytes.set(content, offset);
  });
  return new Uint8Array(bytes);
}

/** A Mach-O file of 64 bits with these sections in one segment. */
export function buildMachO(sections: readonly BuiltSection[]): Uint8Array {
  const command = 72 + 80 * sections.length;
  const { placed, end } = place(sections, 32 + command);
  const bytes = Buffer.alloc(end);
  bytes.writeUInt32LE(0xfeedfacf, 0);
  bytes.writeUInt32LE(1, 16);
  bytes.writeUInt32LE(command, 20);
  bytes.writeUInt32LE(0x19, 32);
  bytes.writeUInt32LE(command, 36);
  bytes.write('__DATA', 40, 'latin1');
  bytes.writeBigUInt64LE(BigInt(LOAD_ADDRESS), 32 + 24);
  bytes.writeBigUInt64LE(BigInt(end), 32 + 48);
  bytes.writeUInt32LE(3, 32 + 60);
  placed.forEach(({ name, content, offset }, index) => {
    const at = 32 + 72 + index * 80;
    bytes.write(name, at, 16, 'latin1');
    bytes.writeBigUInt64LE(BigInt(LOAD_ADDRESS + offset), at + 32);
    bytes.writeBigUInt64LE(BigInt(content.length), at + 40);
    bytes.writeUInt32LE(offset, at + 48);
    bytes.set(content, offset);
  });
  return new Uint8Array(bytes);
}

/** The blob of Go 1.18 and later: a header and two texts behind their lengths. */
export function goBuildInfo(version: string, modules: string): Uint8Array {
  const header = Buffer.alloc(32);
  header.write('\xff Go buildinf:', 'latin1');
  header[14] = 8;
  header[15] = 2;
  const framed = modules === '' ? '' : `${'<'.repeat(16)}${modules}\n${'>'.repeat(16)}`;
  return Buffer.concat([
    header,
    ...[version, framed].flatMap((text) => [lengthOf(Buffer.byteLength(text)), Buffer.from(text)]),
  ]);
}

function lengthOf(length: number): Buffer {
  const bytes: number[] = [];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest >= 128 ? (rest % 128) + 128 : rest);
    if (rest < 128) {
      return Buffer.from(bytes);
    }
  }
}
