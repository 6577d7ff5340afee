import { type PhotonStatement, toAdvisoryOfPhoton, toPhotonStatement } from '../core/advisories/photon-cve.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { groupsOf } from './groups.ts';
import { jsonObjects } from './json-objects.ts';
import { parsedJson } from './parsed-json.ts';
import type { SkipCount } from './skip-count.ts';
import { unpackedTexts } from './unpacked.ts';

/** A release has a few MiB. */
const BYTES_MAX = 256 * 1024 * 1024;

/**
 * The flaws of one release of Photon OS, one advisory each with all packages in it. What cannot be read is counted and passed
 * by; a file cut short throws.
 */
export async function* readPhotonCve(
  path: string,
  release: string,
  asOf: Date,
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const groups = groupsOf<PhotonStatement>();
  const texts = unpackedTexts(path, { signal, bytesMax: BYTES_MAX, mayBePlain: true });
  for await (const text of jsonObjects(texts, null)) {
    const statement = toPhotonStatement(parsedJson(text), release);
    if ('refused' in statement) {
      skips.add(statement.refused);
    } else {
      groups.add(statement.flaw, statement);
    }
  }
  for (const [flaw, statements] of groups.all()) {
    yield toAdvisoryOfPhoton(flaw, statements, asOf);
  }
}
