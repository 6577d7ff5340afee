import { type TrackerStatement, toAdvisoryOfTracker, toTrackerStatement } from '../core/advisories/debian-tracker.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { groupsOf } from './groups.ts';
import { jsonMembers } from './json-members.ts';
import { parsedJson } from './parsed-json.ts';
import type { SkipCount } from './skip-count.ts';
import { unpackedTexts } from './unpacked.ts';

/** The tracker has some 80 MiB. */
const BYTES_MAX = 1024 * 1024 * 1024;

/**
 * The flaws of Debian's security tracker, one advisory each with all source packages in it. The document goes by package, so
 * what is needed of it is held until its end. What cannot be read is counted and passed by; a file cut short throws.
 */
export async function* readDebianTracker(
  path: string,
  asOf: Date,
  skips: SkipCount,
  signal: AbortSignal,
): AsyncGenerator<Advisory> {
  const groups = groupsOf<TrackerStatement>();
  const texts = unpackedTexts(path, { signal, bytesMax: BYTES_MAX, mayBePlain: true });
  for await (const { path: names, text } of jsonMembers(texts, 2)) {
    const [name = '', flaw = ''] = names;
    const statement = toTrackerStatement(name, flaw, parsedJson(text));
    if ('refused' in statement) {
      skips.add(statement.refused);
    } else {
      groups.add(flaw, statement);
    }
  }
  for (const [flaw, statements] of groups.all()) {
    yield toAdvisoryOfTracker(flaw, statements, asOf);
  }
}
