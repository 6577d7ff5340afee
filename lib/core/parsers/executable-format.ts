import { type ByteSource, sliceSource } from './byte-source.ts';

/** A named part of an executable, where it is loaded and where it stands in the file. */
export interface Section {
  readonly name: string;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly isWritable: boolean;
}

/** An executable or shared library, as far as it is needed to find what compilers left in it. */
export interface Executable {
  readonly format: 'ELF' | 'PE' | 'Mach-O';
  readonly isBigEndian: boolean;
  /** The file, or the first program of a file with one per processor. */
  readonly source: ByteSource;
  readonly sections: readonly Section[];
  /** What is loaded from the file, by address. */
  readonly segments: readonly Section[];
}

const PARTS_MAX = 4096;
const NAMES_BYTES_MAX = 1024 * 1024;
const COMMANDS_BYTES_MAX = 1024 * 1024;
/** A class file of Java starts like a Mach-O of several processors, with its version, at least 45, as their number. */
const PROCESSORS_MAX = 30;

/**
 * Reads the headers of an ELF, PE or Mach-O file, of 32 or 64 bits and either byte order; null for anything else and for what is
 * damaged. Formats: the System V ABI, Microsoft's PE specification, Apple's loader.h and fat.h.
 */
export async function readExecutable(source: ByteSource): Promise<Executable | null> {
  const head = await bytesAt(source, 0, 64);
  if (head === null) {
    return null;
  }
  const magic = head.getUint32(0, false);
  if (magic === 0x7f454c46) {
    return readElf(source, head);
  }
  if (magic >>> 16 === 0x4d5a) {
    return readPe(source, head);
  }
  if (magic === 0xcafebabe || magic === 0xcafebabf) {
    return readFatMachO(source, head, magic === 0xcafebabf);
  }
  return readMachO(source, head, magic);
}

const MAGIC_NUMBERS: ReadonlySet<number> = new Set([
  0x7f454c46, 0xcafebabe, 0xcafebabf, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe,
]);

/** Whether a file that begins so may be one of the formats. */
export function isExecutableHead(head: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = head;
  return (a === 0x4d && b === 0x5a) || MAGIC_NUMBERS.has(((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
}

/** The bytes that are loaded at an address, at most `size` of them; null where nothing is. */
export async function readAddress(executable: Executable, address: number, size: number): Promise<Uint8Array | null> {
  const segment = executable.segments.find((one) => address >= one.address && address < one.address + one.size);
  if (segment === undefined) {
    return null;
  }
  const at = address - segment.address;
  const start = segment.offset + at;
  return executable.source.read(start, start + Math.min(size, segment.size - at));
}

async function readElf(source: ByteSource, head: DataView): Promise<Executable | null> {
  const isWide = head.getUint8(4) === 2;
  const little = head.getUint8(5) === 1;
  if ((!isWide && head.getUint8(4) !== 1) || (!little && head.getUint8(5) !== 2)) {
    return null;
  }
  const word = (view: DataView, at: number): number =>
    isWide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
  const counts = isWide ? 54 : 42;
  const half = (place: number): number => head.getUint16(counts + place * 2, little);
  const [segmentBytes, segmentCount, sectionBytes, sectionCount, namesIndex] = [
    half(0),
    half(1),
    half(2),
    half(3),
    half(4),
  ];
  const segments = await tableAt(source, word(head, isWide ? 32 : 28), segmentBytes, segmentCount, isWide ? 56 : 32);
  const sections = await tableAt(source, word(head, isWide ? 40 : 32), sectionBytes, sectionCount, isWide ? 64 : 40);
  const place = (view: DataView): Omit<Section, 'name'> => ({
    address: word(view, isWide ? 16 : 12),
    offset: word(view, isWide ? 24 : 16),
    size: word(view, isWide ? 32 : 20),
    isWritable: (word(view, 8) & 1) !== 0,
  });
  const namesView = sections[namesIndex];
  const names = namesView === undefined ? null : place(namesView);
  const texts =
    names === null ? null : await source.read(names.offset, names.offset + Math.min(names.size, NAMES_BYTES_MAX));
  return {
    format: 'ELF',
    isBigEndian: !little,
    source,
    sections: sections.map((view) => ({ name: textAt(texts, view.getUint32(0, little)), ...place(view) })),
    segments: segments
      .filter((view) => view.getUint32(0, little) === 1)
      .map((view) => ({
        name: '',
        address: word(view, isWide ? 16 : 8),
        offset: word(view, isWide ? 8 : 4),
        size: word(view, isWide ? 32 : 16),
        isWritable: (view.getUint32(isWide ? 4 : 24, little) & 3) === 2,
      })),
  };
}

async function readPe(source: ByteSource, head: DataView): Promise<Executable | null> {
  const at = head.getUint32(60, true);
  const coff = await bytesAt(source, at, 24 + 32);
  if (coff === null || coff.getUint32(0, false) !== 0x50450000) {
    return null;
  }
  const optional = coff.getUint16(20, true);
  const isWide = coff.getUint16(24, true) === 0x20b;
  const base = isWide ? Number(coff.getBigUint64(24 + 24, true)) : coff.getUint32(24 + 28, true);
  const table = await tableAt(source, at + 24 + optional, 40, coff.getUint16(6, true), 40);
  const sections = table.map((view) => ({
    name: textAt(new Uint8Array(view.buffer, view.byteOffset, 8), 0),
    address: base + view.getUint32(12, true),
    offset: view.getUint32(20, true),
    // What the file holds is rounded up to its alignment, so the size in memory counts where it is smaller.
    size: Math.min(view.getUint32(8, true) || view.getUint32(16, true), view.getUint32(16, true)),
    isWritable: view.getUint32(36, true) >>> 31 === 1,
  }));
  return { format: 'PE', isBigEndian: false, source, sections, segments: sections };
}

async function readFatMachO(source: ByteSource, head: DataView, isWide: boolean): Promise<Executable | null> {
  const count = head.getUint32(4, false);
  if (count === 0 || count > PROCESSORS_MAX) {
    return null;
  }
  const offset = isWide ? Number(head.getBigUint64(16, false)) : head.getUint32(16, false);
  const size = isWide ? Number(head.getBigUint64(24, false)) : head.getUint32(20, false);
  const part = sliceSource(source, offset, size);
  const first = await bytesAt(part, 0, 64);
  return first === null ? null : readMachO(part, first, first.getUint32(0, false));
}

async function readMachO(source: ByteSource, head: DataView, magic: number): Promise<Executable | null> {
  const kinds: Readonly<Record<number, readonly [isWide: boolean, little: boolean]>> = {
    4277009102: [false, false],
    3472551422: [false, true],
    4277009103: [true, false],
    3489328638: [true, true],
  };
  const [isWide, little] = kinds[magic] ?? [null, null];
  if (isWide === null || little === null) {
    return null;
  }
  const start = isWide ? 32 : 28;
  const bytes = await source.read(start, start + Math.min(head.getUint32(20, little), COMMANDS_BYTES_MAX));
  const sections: Section[] = [];
  const segments: Section[] = [];
  const commands = viewOf(bytes ?? new Uint8Array(0));
  for (let at = 0; at + 8 <= commands.byteLength && segments.length < PARTS_MAX; ) {
    const size = commands.getUint32(at + 4, little);
    if (size < 8 || at + size > commands.byteLength) {
      break;
    }
    if (commands.getUint32(at, little) === (isWide ? 0x19 : 1)) {
      const command = new DataView(commands.buffer, commands.byteOffset + at, size);
      addSegment(command, isWide, little, segments, sections);
    }
    at += size;
  }
  return { format: 'Mach-O', isBigEndian: !little, source, sections, segments };
}

function addSegment(
  command: DataView,
  isWide: boolean,
  little: boolean,
  segments: Section[],
  sections: Section[],
): void {
  const header = isWide ? 72 : 56;
  const each = isWide ? 80 : 68;
  if (command.byteLength < header) {
    return;
  }
  const word = (at: number): number =>
    isWide ? Number(command.getBigUint64(at, little)) : command.getUint32(at, little);
  const isWritable = command.getUint32(isWide ? 60 : 44, little) === 3;
  segments.push({
    name: textAt(bytesOf(command, 8, 16), 0),
    address: word(24),
    offset: word(isWide ? 40 : 32),
    size: word(isWide ? 48 : 36),
    isWritable,
  });
  for (let at = header; at + each <= command.byteLength && sections.length < PARTS_MAX; at += each) {
    sections.push({
      name: textAt(bytesOf(command, at, 16), 0),
      address: word(at + 32),
      offset: command.getUint32(at + (isWide ? 48 : 40), little),
      size: word(at + (isWide ? 40 : 36)),
      isWritable,
    });
  }
}

async function tableAt(
  source: ByteSource,
  offset: number,
  each: number,
  count: number,
  eachMin: number,
): Promise<readonly DataView[]> {
  if (each < eachMin || count === 0 || count > PARTS_MAX) {
    return [];
  }
  const bytes = await source.read(offset, offset + each * count);
  const whole = Math.floor((bytes?.length ?? 0) / each);
  return bytes === null
    ? []
    : Array.from({ length: whole }, (_, n) => new DataView(bytes.buffer, bytes.byteOffset + n * each, each));
}

async function bytesAt(source: ByteSource, start: number, size: number): Promise<DataView | null> {
  const bytes = await source.read(start, start + size);
  return bytes === null || bytes.length < size ? null : viewOf(bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView, at: number, size: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, size);
}

/** A name up to its zero, at most 64 signs of it. */
function textAt(bytes: Uint8Array | null, at: number): string {
  const part = bytes?.subarray(at, at + 64) ?? new Uint8Array(0);
  const end = part.indexOf(0);
  return new TextDecoder('latin1').decode(end === -1 ? part : part.subarray(0, end));
}
