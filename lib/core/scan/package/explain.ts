import { isNeverAffected } from '../../advisories/never-affected.ts';
import { evaluateAffected } from '../../advisories/range.ts';
import { ecosystemOfOsv } from '../../ecosystems/registry.ts';
import type { AffectedVersions } from '../../model/advisory.ts';
import { ecosystemOfKey, type PackageKey, packageKey } from '../../model/ids.ts';
import type { VexStatement } from '../../model/vex.ts';
import type { AdvisoryIndex, AdvisoryStatement } from '../../ports/advisory-index.ts';
import { compareVersions } from '../../versions/compare-versions.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import { semver } from '../../versions/semver.ts';
import type { PackageQuery } from './query.ts';
import type { VexBook } from './vex-book.ts';

/** Why one record does, or does not, speak of a package at a version. */
export type ReasonCode =
  | 'covered'
  | 'fixed'
  | 'fixed-by-backport'
  | 'not-yet-introduced'
  | 'after-last-affected'
  | 'between-ranges'
  | 'not-listed'
  | 'withdrawn'
  | 'not-affected-per-vendor'
  | 'other-release'
  | 'other-package'
  | 'not-in-index'
  | 'index-older'
  | 'undecidable';

export interface Reason {
  readonly code: ReasonCode;
  /** The record that says so; null where none does. */
  readonly record: string | null;
  /** One sentence for people. */
  readonly text: string;
}

export interface Explanation {
  readonly vulnerability: string;
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly answer: 'affected' | 'not affected' | 'undecidable' | 'not known';
  /** The decisive reason first. */
  readonly reasons: readonly Reason[];
}

const NAMED_MAX = 8;
/** Answers that say more about the index than about the package. */
const UNKNOWN: readonly ReasonCode[] = ['not-in-index', 'index-older'];

/** Says why a vulnerability (CVE, GHSA or a record's own id) is, or is not, found in a package at a version. */
export function explain(
  vulnerability: string,
  query: PackageQuery,
  index: AdvisoryIndex,
  vex: { readonly book: VexBook; readonly purl: string } | null = null,
): Explanation {
  const ecosystem = ecosystemOfOsv(query.ecosystem);
  const subject = { vulnerability, ecosystem: query.ecosystem, package: query.name, version: query.version };
  if (ecosystem === null) {
    const text = `The ecosystem ${query.ecosystem} is not known to this version.`;
    return { ...subject, answer: 'undecidable', reasons: [{ code: 'undecidable', record: null, text }] };
  }
  const key = packageKey(query.ecosystem, ecosystem.normalizeName(query.name));
  const statements = index.statements(vulnerability);
  const own = statements.filter((statement) => statement.key === key);
  const reasons = own.map((statement) => reasonOf(statement, query.version, ecosystem.versions)).sort(byWeight);
  if (reasons.length === 0) {
    const reason = absence(vulnerability, query, key, statements, index);
    return { ...subject, answer: UNKNOWN.includes(reason.code) ? 'not known' : 'not affected', reasons: [reason] };
  }
  const said = vex?.book.statementOf([vulnerability], vex.purl) ?? null;
  if (said !== null && (said.status === 'not_affected' || said.status === 'fixed')) {
    return { ...subject, answer: 'not affected', reasons: [vendorReason(said), ...reasons] };
  }
  return { ...subject, answer: answerOf(reasons[0]?.code), reasons };
}

function vendorReason({ author, status, justification, at }: VexStatement): Reason {
  const word = status === 'fixed' ? 'fixed' : 'not affected';
  const when = at === null ? '' : ` on ${day(at)}`;
  const why = justification === null ? '' : `: ${justification.slice(0, 300)}`;
  return { code: 'not-affected-per-vendor', record: null, text: `${author} said${when} that it is ${word}${why}.` };
}

function answerOf(code: ReasonCode | undefined): Explanation['answer'] {
  if (code === 'covered') {
    return 'affected';
  }
  return code === 'undecidable' ? 'undecidable' : 'not affected';
}

/** One record that applies outweighs all that do not; one that cannot be decided outweighs the rest. */
function byWeight(a: Reason, b: Reason): number {
  const weight = ({ code }: Reason): number => ['covered', 'undecidable'].indexOf(code) >>> 0;
  return weight(a) - weight(b) || ((a.record ?? '') < (b.record ?? '') ? -1 : 1);
}

function reasonOf({ record, affected, key }: AdvisoryStatement, version: string, scheme: VersionScheme): Reason {
  const verdicts = affected.map((entry) => evaluateAffected(entry, version, scheme));
  const covered = verdicts.find((verdict) => verdict.kind === 'affected');
  if (covered !== undefined) {
    const fix =
      covered.fixedVersion === null ? 'It names no fixed version.' : `It is fixed in ${covered.fixedVersion}.`;
    return { code: 'covered', record: record.id, text: `${record.id} covers ${key} ${covered.range}. ${fix}` };
  }
  if (affected.every(isNeverAffected)) {
    const text = `${record.id} says that ${key} is not affected, in any version.`;
    return { code: 'not-affected-per-vendor', record: record.id, text };
  }
  const open = verdicts.find((verdict) => verdict.kind === 'undecidable');
  if (open !== undefined) {
    return { code: 'undecidable', record: record.id, text: `${record.id} cannot be decided: ${open.reason}.` };
  }
  const first = affected.map((entry) => misses(entry, version, scheme)).find((one) => one !== null);
  return first === undefined || first === null
    ? {
        code: 'not-listed',
        record: record.id,
        text: `${record.id} lists versions of ${key}, and ${version} is none of them.`,
      }
    : { ...first, record: record.id, text: `${record.id}: ${first.text}` };
}

/** Why a version lies outside of an entry's ranges, by the event that is nearest to it. */
function misses(
  entry: AffectedVersions,
  version: string,
  ecosystemScheme: VersionScheme,
): { code: ReasonCode; text: string } | null {
  for (const { type, events } of entry.ranges) {
    const scheme = type === 'SEMVER' ? semver : ecosystemScheme;
    const at = (text: string): number | null => compareVersions(scheme, version, text);
    const passed = events.flatMap(({ fixed }) => (fixed !== undefined && (at(fixed) ?? -1) >= 0 ? [fixed] : []));
    const fix = passed.sort((a, b) => compareVersions(scheme, b, a) ?? 0)[0];
    const next = events.find(
      ({ introduced }) => introduced !== undefined && introduced !== '0' && at(introduced) === -1,
    );
    if (fix !== undefined) {
      if (next?.introduced !== undefined) {
        const text = `it was fixed in ${fix} and came back in ${next.introduced}; ${version} lies between the two.`;
        return { code: 'between-ranges', text };
      }
      return isBackport(version, fix, scheme)
        ? {
            code: 'fixed-by-backport',
            text: `the distribution carries the fix since ${fix}; ${version} has it, though its upstream version did not change.`,
          }
        : { code: 'fixed', text: `it is fixed since ${fix}, and ${version} is not below that.` };
    }
    const last = events.find(({ lastAffected }) => lastAffected !== undefined && at(lastAffected) === 1)?.lastAffected;
    if (last !== undefined) {
      return {
        code: 'after-last-affected',
        text: `${last} is the last affected version, and ${version} is above that.`,
      };
    }
    if (next?.introduced !== undefined) {
      return { code: 'not-yet-introduced', text: `it came in with ${next.introduced}, and ${version} is below that.` };
    }
  }
  return null;
}

/** True where installed and fixed version differ in the distribution's revision alone. */
function isBackport(version: string, fixed: string, scheme: VersionScheme): boolean {
  const upstream = (text: string): string | null => /^(?:[0-9]+:)?(.+)-[^-]+$/.exec(text)?.[1] ?? null;
  const own = ['deb', 'rpm', 'apk'].includes(scheme.id) ? upstream(version) : null;
  return own !== null && own === upstream(fixed);
}

/** Nothing in the index says anything about this package under that name. */
function absence(
  vulnerability: string,
  { ecosystem, name }: PackageQuery,
  key: PackageKey,
  statements: readonly AdvisoryStatement[],
  index: AdvisoryIndex,
): Reason {
  const records = index.named(vulnerability);
  const withdrawn = records.find((record) => record.withdrawn !== null);
  if (statements.length === 0 && withdrawn !== undefined) {
    const at = withdrawn.withdrawn === null ? 'some day' : day(withdrawn.withdrawn);
    return { code: 'withdrawn', record: withdrawn.id, text: `${withdrawn.id} was withdrawn on ${at}.` };
  }
  if (statements.length === 0) {
    return { code: 'not-in-index', record: null, text: notInIndex(vulnerability, ecosystem, index) };
  }
  const older = olderThan(vulnerability, ecosystem, statements, index);
  if (older !== null) {
    return older;
  }
  const base = ecosystem.split(':')[0] ?? ecosystem;
  const tail = key.slice(ecosystem.length);
  const releases = statements.filter((one) => one.key.startsWith(`${base}:`) && one.key.endsWith(tail));
  if (releases.length > 0) {
    const named = namesOf(releases.map((one) => ecosystemOfKey(one.key)));
    const text = `Records name ${name} in ${named}, and not in ${ecosystem}.`;
    return { code: 'other-release', record: releases[0]?.record.id ?? null, text };
  }
  const near = statements.filter((one) => one.key.startsWith(`${base}/`) || one.key.startsWith(`${base}:`));
  const named = namesOf((near.length > 0 ? near : statements).map((one) => one.key));
  const text = `Records name ${named}, and not ${key}.`;
  return { code: 'other-package', record: statements[0]?.record.id ?? null, text };
}

/** Silence of an ecosystem whose newest record is older than the flaw is no answer. */
function olderThan(
  vulnerability: string,
  ecosystem: string,
  statements: readonly AdvisoryStatement[],
  index: AdvisoryIndex,
): Reason | null {
  const newest = index.ecosystems().find((one) => one.ecosystem === ecosystem)?.newestRecord ?? null;
  const days = statements.flatMap(({ record }) => record.published?.getTime() ?? []);
  const published = days.length === 0 ? null : new Date(Math.min(...days));
  if (newest !== null && (published === null || newest >= published)) {
    return null;
  }
  const seen =
    newest === null
      ? `holds no advisories of ${ecosystem}`
      : `has its newest record of ${ecosystem} from ${day(newest)}`;
  const since = published === null ? '' : `, and ${vulnerability} was first published on ${day(published)}`;
  return { code: 'index-older', record: null, text: `The index ${seen}${since}: it cannot say.` };
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function notInIndex(vulnerability: string, ecosystem: string, index: AdvisoryIndex): string {
  const status = index.ecosystems().find((one) => one.ecosystem === ecosystem);
  if (status === undefined) {
    return `The index holds no advisories of ${ecosystem}, so nothing is known. Run "harrier feeds sync --ecosystem ${ecosystem.split(':')[0]}".`;
  }
  const newest = status.newestRecord === null ? 'an unknown day' : day(status.newestRecord);
  return `No record named ${vulnerability} is in the index. Its newest record of ${ecosystem} is of ${newest}: one that was published later is not in it.`;
}

function namesOf(names: readonly string[]): string {
  const distinct = [...new Set(names)].sort();
  const rest = distinct.length - NAMED_MAX;
  return distinct.slice(0, NAMED_MAX).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
