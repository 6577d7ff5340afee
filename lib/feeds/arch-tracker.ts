import { toAdvisoryOfArch } from '../core/advisories/arch-tracker.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { jsonObjects } from './json-objects.ts';
import { parsedJson } from './parsed-json.ts';
import type { SkipCount } from './skip-count.ts';
import { unpackedTexts } from './unpacked.ts';

/** The tracker has a few MiB. */
const BYTES_MAX = 256 * 1024 * 1024;

/** The groups of flaws of Arch Linux. What cannot be read is counted and passed by; a file cut short throws. */
export async function* readArchTracker(
  path: string,
  asOf: Date,
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const texts = unpackedTexts(path, { signal, bytesMax: BYTES_MAX, mayBePlain: true });
  for await (const text of jsonObjects(texts, null)) {
    const advisory = toAdvisoryOfArch(parsedJson(text), asOf);
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}
