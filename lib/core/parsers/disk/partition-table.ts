import { crc32 } from 'node:zlib';
import type { ByteSource } from '../byte-source.ts';

/** A part of a disk. Bytes, not sectors. */
export interface Partition {
  /** As the system counts them: 5 and more lie inside of an extended one. */
  readonly number: number;
  readonly start: number;
  readonly size: number;
}

const SECTOR_SIZES = [512, 4_096] as const;
const BOOT_SIGNATURE = 0xaa55;
const FIRST_ENTRY = 446;
const ENTRY_BYTES = 16;
const PROTECTIVE = 0xee;
const EXTENDED: ReadonlySet<number> = new Set([0x05, 0x0f, 0x85]);
const LOGICAL_MAX = 128;
const GPT_SIGNATURE = 'EFI PART';
const GPT_ENTRIES_MAX = 1_024;

/**
 * The partitions of a disk by its GUID partition table (UEFI specification, section 5.3), its copy at the end where the first is damaged,
 * or its master boot record. Empty where the disk has none.
 */
export async function readPartitions(disk: ByteSource): Promise<readonly Partition[]> {
  const boot = await disk.read(0, 512);
  if (boot === null || boot.length < 512 || viewOf(boot).getUint16(510, true) !== BOOT_SIGNATURE) {
    return [];
  }
  const isProtective = entriesOf(boot).some(({ type }) => type === PROTECTIVE);
  const found = isProtective ? await readGuidTable(disk) : await readBootRecord(disk, boot);
  return found.filter(({ start, size }) => size > 0 && start >= 0 && start + size <= disk.size);
}

interface BootEntry {
  readonly type: number;
  /** Sectors of 512 bytes. */
  readonly start: number;
  readonly sectors: number;
}

function entriesOf(record: Uint8Array): readonly BootEntry[] {
  const view = viewOf(record);
  return [0, 1, 2, 3].map((place) => {
    const at = FIRST_ENTRY + place * ENTRY_BYTES;
    return { type: view.getUint8(at + 4), start: view.getUint32(at + 8, true), sectors: view.getUint32(at + 12, true) };
  });
}

async function readBootRecord(disk: ByteSource, boot: Uint8Array): Promise<readonly Partition[]> {
  const found: Partition[] = [];
  let extended: number | null = null;
  entriesOf(boot).forEach(({ type, start, sectors }, place) => {
    if (EXTENDED.has(type)) extended ??= start;
    else if (type !== 0) found.push({ number: place + 1, start: start * 512, size: sectors * 512 });
  });
  return extended === null ? found : [...found, ...(await readLogical(disk, extended))];
}

/** Each logical partition has a record of its own, which names it and the next record. */
async function readLogical(disk: ByteSource, extended: number): Promise<readonly Partition[]> {
  const found: Partition[] = [];
  const seen = new Set<number>();
  for (let at = extended; !seen.has(at) && found.length < LOGICAL_MAX; ) {
    seen.add(at);
    const record = await disk.read(at * 512, at * 512 + 512);
    if (record === null || record.length < 512 || viewOf(record).getUint16(510, true) !== BOOT_SIGNATURE) {
      return found;
    }
    const [own, next] = entriesOf(record);
    if (own !== undefined && own.type !== 0) {
      found.push({ number: 5 + found.length, start: (at + own.start) * 512, size: own.sectors * 512 });
    }
    if (next === undefined || !EXTENDED.has(next.type)) {
      return found;
    }
    at = extended + next.start;
  }
  return found;
}

async function readGuidTable(disk: ByteSource): Promise<readonly Partition[]> {
  for (const sector of SECTOR_SIZES) {
    const last = Math.floor(disk.size / sector) - 1;
    for (const header of [1, last]) {
      const found = await readGuidHeader(disk, header * sector, sector);
      if (found !== null) return found;
    }
  }
  return [];
}

/** Null where there is no header, or one whose checksums say that it is damaged. */
async function readGuidHeader(disk: ByteSource, at: number, sector: number): Promise<readonly Partition[] | null> {
  const header = await disk.read(at, at + sector);
  if (header === null || header.length < sector || text(header, 0, 8) !== GPT_SIGNATURE) {
    return null;
  }
  const view = viewOf(header);
  const headerBytes = view.getUint32(12, true);
  const count = view.getUint32(80, true);
  const entryBytes = view.getUint32(84, true);
  const isPossible = headerBytes >= 92 && headerBytes <= sector && entryBytes >= 128 && entryBytes <= 4_096;
  if (!isPossible || count > GPT_ENTRIES_MAX || !isWhole(header.subarray(0, headerBytes), view.getUint32(16, true))) {
    return null;
  }
  const first = Number(view.getBigUint64(72, true)) * sector;
  const entries = await disk.read(first, first + count * entryBytes);
  if (entries === null || entries.length < count * entryBytes || crc32(entries) !== view.getUint32(88, true)) {
    return null;
  }
  const entryView = viewOf(entries);
  return Array.from({ length: count }, (_, place) => place).flatMap((place) => {
    const entry = place * entryBytes;
    if (entries.subarray(entry, entry + 16).every((byte) => byte === 0)) return [];
    const start = Number(entryView.getBigUint64(entry + 32, true));
    const end = Number(entryView.getBigUint64(entry + 40, true));
    return [{ number: place + 1, start: start * sector, size: (end - start + 1) * sector }];
  });
}

/** The checksum of a header is made with zeros in its own place. */
function isWhole(header: Uint8Array, checksum: number): boolean {
  const bytes = Uint8Array.from(header);
  bytes.fill(0, 16, 20);
  return crc32(bytes) === checksum;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
