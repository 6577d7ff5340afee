import type { RefusedRecord } from '../core/advisories/osv.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { SkipCount } from './skip-count.ts';
import { tarRecords } from './tar-records.ts';
import { unpackedChunks } from './unpacked.ts';

/** How a vendor's documents are turned into records. */
export type VexReader = (raw: unknown) => Advisory | RefusedRecord;

/** Documents of the kernel have tens of MiB. */
export const VEX_BYTES_MAX = 96 * 1024 * 1024;
/** All documents of a vendor, unpacked. */
const UNPACKED_BYTES_MAX = 256 * 1024 * 1024 * 1024;
const ENTRIES_MAX = 2_000_000;

/**
 * The advisories of a vendor's packed tar archive, which has one document for each flaw, one after another. A document that
 * cannot be used is counted in `skips` and passed by; an archive that cannot be trusted throws.
 */
export async function* readVexArchive(
  path: string,
  toAdvisory: VexReader,
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const limits = { entriesMax: ENTRIES_MAX, bytesMax: VEX_BYTES_MAX };
  const unpacked = unpackedChunks(path, { signal, bytesMax: UNPACKED_BYTES_MAX, mayBePlain: false });
  for await (const { content } of tarRecords(unpacked, (name) => name.endsWith('.json'), limits)) {
    const advisory = content instanceof Uint8Array ? vexAdvisoryOf(content, toAdvisory) : content;
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}

/** One document, from its bytes. */
export function vexAdvisoryOf(content: Uint8Array, toAdvisory: VexReader): Advisory | RefusedRecord {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return { refused: 'is not JSON' };
  }
  return toAdvisory(raw);
}
