import { toAdvisory } from '../core/advisories/osv.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { SkipCount } from './skip-count.ts';
import { zipRecords } from './zip-records.ts';

/**
 * The advisories of one OSV zip, one after another. A record that cannot be read is counted in `skips` and passed by;
 * an archive that cannot be trusted throws.
 */
export async function* readOsv(
  path: string,
  skips: SkipCount,
  signal: AbortSignal,
  onRecord: (total: number) => void,
): AsyncGenerator<Advisory> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const { content, total } of zipRecords(path)) {
    signal.throwIfAborted();
    onRecord(total);
    if (!(content instanceof Uint8Array)) {
      skips.add(content.refused);
      continue;
    }
    const advisory = advisoryOf(content, decoder);
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}

function advisoryOf(content: Uint8Array, decoder: TextDecoder): Advisory | { readonly refused: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(decoder.decode(content));
  } catch {
    return { refused: 'is not JSON' };
  }
  return toAdvisory(raw);
}
