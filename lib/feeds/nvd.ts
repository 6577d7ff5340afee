import { toNvdRecord } from '../core/advisories/nvd.ts';
import type { AdvisoryRecord } from '../core/model/advisory.ts';
import { jsonObjects } from './json-objects.ts';
import type { SkipCount } from './skip-count.ts';
import { unpackedTexts } from './unpacked.ts';

const UNPACKED_BYTES_MAX = 4 * 1024 * 1024 * 1024;

/** The CVEs of one of NVD's gzipped files, as a stream. A record that cannot be read is counted and passed by. */
export async function* readNvd(path: string, skips: SkipCount, signal: AbortSignal): AsyncGenerator<AdvisoryRecord> {
  const texts = unpackedTexts(path, { signal, bytesMax: UNPACKED_BYTES_MAX, mayBePlain: false });
  for await (const text of jsonObjects(texts, 'vulnerabilities')) {
    let raw: unknown = null;
    try {
      raw = JSON.parse(text);
    } catch {
      skips.add('is not JSON');
      continue;
    }
    const record = toNvdRecord(raw);
    if ('refused' in record) {
      skips.add(record.refused);
    } else {
      yield record;
    }
  }
}
