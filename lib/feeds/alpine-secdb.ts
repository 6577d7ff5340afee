import { type Secfix, toAdvisoryOfSecfixes, toSecfixes } from '../core/advisories/alpine-secdb.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { groupsOf } from './groups.ts';
import { jsonObjects } from './json-objects.ts';
import { parsedJson } from './parsed-json.ts';
import type { SkipCount } from './skip-count.ts';
import { unpackedTexts } from './unpacked.ts';

/** A repository of a branch has less than a MiB. */
const BYTES_MAX = 256 * 1024 * 1024;

/**
 * The flaws of one repository of a branch of Alpine, one advisory each with all packages in it. What cannot be read is counted
 * and passed by; a file cut short throws.
 */
export async function* readAlpineSecdb(
  path: string,
  branch: string,
  asOf: Date,
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const groups = groupsOf<Secfix>();
  const texts = unpackedTexts(path, { signal, bytesMax: BYTES_MAX, mayBePlain: true });
  for await (const text of jsonObjects(texts, 'packages')) {
    const { secfixes, refused } = toSecfixes(parsedJson(text), branch);
    for (const one of refused) {
      skips.add(one.refused);
    }
    for (const secfix of secfixes) {
      groups.add(secfix.flaw, secfix);
    }
  }
  for (const [flaw, secfixes] of groups.all()) {
    yield toAdvisoryOfSecfixes(flaw, secfixes, asOf);
  }
}
