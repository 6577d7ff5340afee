import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { toNvdRecord } from '../core/advisories/nvd.ts';
import type { AdvisoryRecord } from '../core/model/advisory.ts';
import { jsonObjects } from './json-objects.ts';
import type { SkipCount } from './skip-count.ts';

const UNPACKED_BYTES_MAX = 4 * 1024 * 1024 * 1024;

/** The CVEs of one of NVD's gzipped files, as a stream. A record that cannot be read is counted and passed by. */
export async function* readNvd(path: string, skips: SkipCount, signal: AbortSignal): AsyncGenerator<AdvisoryRecord> {
  for await (const text of jsonObjects(textsOf(path, signal), 'vulnerabilities')) {
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

async function* textsOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let unpacked = 0;
  const stream = createReadStream(path).pipe(createGunzip({ chunkSize: 256 * 1024 }));
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    unpacked += chunk.length;
    if (unpacked > UNPACKED_BYTES_MAX) {
      throw new Error(`it unpacks to more than ${UNPACKED_BYTES_MAX} bytes`);
    }
    yield decoder.decode(chunk, { stream: true });
  }
}
