import { createReadStream } from 'node:fs';
import type { RefusedRecord } from '../core/advisories/osv.ts';
import { toAdvisoryOfRedHatVex } from '../core/advisories/redhat-vex.ts';
import { toAdvisoryOfUbuntuVex } from '../core/advisories/ubuntu-vex.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { SkipCount } from './skip-count.ts';
import { tarRecords } from './tar-records.ts';
import { unpackXz } from './xz.ts';
import { unpackZstd } from './zstd.ts';

/** A vendor's archive with one VEX document for each flaw. */
export interface VexArchive {
  unpack(packed: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array>;
  toAdvisory(raw: unknown): Advisory | RefusedRecord;
}

/** Documents of the kernel have tens of MiB. */
export const VEX_BYTES_MAX = 96 * 1024 * 1024;
/** All documents of a vendor, unpacked. */
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024 * 1024;
const ENTRIES_MAX = 2_000_000;

export const redHatArchive: VexArchive = { unpack: unpackZstd, toAdvisory: toAdvisoryOfRedHatVex };
export const ubuntuArchive: VexArchive = { unpack: unpackXz, toAdvisory: toAdvisoryOfUbuntuVex };

/**
 * The advisories of an archive one after another. A document that cannot be used is counted in `skips` and passed by; an
 * archive that cannot be trusted throws.
 */
export async function* readVexArchive(
  path: string,
  { unpack, toAdvisory }: VexArchive,
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const limits = { entriesMax: ENTRIES_MAX, bytesMax: VEX_BYTES_MAX };
  try {
    const unpacked = unpack(file, UNPACKED_BYTES_MAX);
    for await (const { content } of tarRecords(unpacked, (name) => name.endsWith('.json'), limits)) {
      signal.throwIfAborted();
      const advisory = content instanceof Uint8Array ? vexAdvisoryOf(content, toAdvisory) : content;
      if ('refused' in advisory) {
        skips.add(advisory.refused);
      } else {
        yield advisory;
      }
    }
  } finally {
    file.destroy();
  }
}

/** One document, from its bytes. */
export function vexAdvisoryOf(content: Uint8Array, toAdvisory: VexArchive['toAdvisory']): Advisory | RefusedRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return { refused: 'is not JSON' };
  }
  return toAdvisory(raw);
}
