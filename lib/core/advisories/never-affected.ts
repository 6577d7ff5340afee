import type { AdvisoryRange, AffectedVersions } from '../model/advisory.ts';

/**
 * The range of a publisher's statement that a package never was affected: it covers nothing. It has no events, since a fix in
 * "0" would leave versions below that, such as `0~20230101-1` of Debian.
 */
export const NEVER_AFFECTED: readonly AdvisoryRange[] = [{ type: 'ECOSYSTEM', events: [] }];

/** True where an entry says that no version of the package ever was affected, with no events or with a fix in "0". */
export function isNeverAffected({ ranges, versions }: AffectedVersions): boolean {
  return versions.length === 0 && ranges.length > 0 && ranges.every(coversNothing);
}

function coversNothing({ events }: AdvisoryRange): boolean {
  const last = events.at(-1);
  const isOfZero = events.every(({ introduced, fixed }) => introduced === '0' || fixed === '0');
  return last === undefined || (isOfZero && last.fixed === '0');
}
