import { debianReleaseOf } from '../ecosystems/os/purl-distro.ts';
import type { Advisory, AdvisoryRange, AffectedPackage } from '../model/advisory.ts';
import { asObject, asText } from '../model/raw.ts';
import { NEVER_AFFECTED } from './never-affected.ts';
import type { RefusedRecord } from './osv.ts';

/** What Debian's tracker says of one flaw in one source package. */
export interface TrackerStatement {
  readonly description: string;
  readonly affected: readonly AffectedPackage[];
  /** Debian's own rating of the flaw in this package, the worst of its releases; null where there is none. */
  readonly urgency: string | null;
}

const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/;
/** What has no CVE yet has a name of the tracker's own, which may be replaced. */
const NAME = /^(?:CVE-[0-9]{4}-[0-9]{4,19}|TEMP-[0-9A-F]+-[0-9A-F]+)$/;
const PACKAGE = /^[a-z0-9][a-z0-9+.-]{1,127}$/;
const DETAILS_LENGTH_MAX = 4000;
const VERSION_LENGTH_MAX = 256;
/** Debian's words, worst first. "not yet assigned" and "end-of-life" rate nothing. */
const URGENCIES: readonly string[] = ['high', 'medium', 'low', 'unimportant'];

const UNFIXED: readonly AdvisoryRange[] = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }];
/** No range and no version: nobody knows yet, and whoever matches says so. */
const UNDETERMINED: readonly AdvisoryRange[] = [];

/**
 * One entry of the tracker: what a flaw does to a source package, release by release. Releases without a number (`sid`) are
 * left out, since nothing that is installed says that it is of one. Format: security-tracker.debian.org/tracker/data/json.
 */
export function toTrackerStatement(name: string, flaw: string, raw: unknown): TrackerStatement | RefusedRecord {
  const entry = asObject(raw);
  const releases = asObject(entry?.releases);
  if (!NAME.test(flaw)) {
    return { refused: 'no valid id' };
  }
  if (!PACKAGE.test(name)) {
    return { refused: 'no valid name of a package' };
  }
  if (entry === null || releases === null) {
    return { refused: 'names no release' };
  }
  const affected: AffectedPackage[] = [];
  const words = new Set<string>();
  for (const [codename, said] of Object.entries(releases)) {
    const release = debianReleaseOf(codename);
    const state = asObject(said);
    if (release !== null && state !== null) {
      affected.push({ ecosystem: `Debian:${release}`, name, ranges: rangesOf(state), versions: [] });
    }
    // Older words carry stars: "low**" is a guess of the tracker's.
    words.add((asText(state?.urgency) ?? '').replaceAll('*', '').trim());
  }
  if (affected.length === 0) {
    return { refused: 'names no release that has a number' };
  }
  const description = (asText(entry.description) ?? '').slice(0, DETAILS_LENGTH_MAX);
  return { description, affected, urgency: URGENCIES.find((word) => words.has(word)) ?? null };
}

/** All statements about one flaw as one advisory, under the id that OSV gives it. The tracker has no dates of its own. */
export function toAdvisoryOfTracker(flaw: string, statements: readonly TrackerStatement[], asOf: Date): Advisory {
  const isCve = CVE.test(flaw);
  const urgency = URGENCIES.find((word) => statements.some((one) => one.urgency === word));
  return {
    id: isCve ? `DEBIAN-${flaw}` : flaw,
    aliases: [],
    upstream: isCve ? [flaw] : [],
    summary: '',
    details: statements.find(({ description }) => description !== '')?.description ?? '',
    published: null,
    modified: asOf,
    withdrawn: null,
    severities: urgency === undefined ? [] : [{ type: 'word', value: urgency, source: 'debian' }],
    cwes: [],
    references: [`https://security-tracker.debian.org/tracker/${flaw}`],
    affected: statements.flatMap(({ affected }) => affected),
  };
}

function rangesOf(state: Readonly<Record<string, unknown>>): readonly AdvisoryRange[] {
  const fixed = asText(state.fixed_version) ?? '';
  switch (state.status) {
    case 'open':
      return UNFIXED;
    case 'resolved':
      return fixed === '0' ? NEVER_AFFECTED : fixedIn(fixed);
    default:
      return UNDETERMINED;
  }
}

function fixedIn(fixed: string): readonly AdvisoryRange[] {
  const isUsable = fixed !== '' && fixed.length <= VERSION_LENGTH_MAX;
  return isUsable ? [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] : UNDETERMINED;
}
