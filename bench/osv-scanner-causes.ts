import { pypi } from '../lib/core/ecosystems/language/pypi.ts';
import type { PackageQuery } from '../lib/core/scan/package/query.ts';
import type { VersionScheme } from '../lib/core/versions/scheme.ts';
import { isAffected, type RawAffected } from '../lib/testing/osv-evaluation.ts';

/** One record on which two answers differ. */
export interface Difference {
  readonly question: PackageQuery;
  readonly record: string;
  /** What the record says about the package, as published. */
  readonly entries: readonly RawAffected[];
  /** What it says about the same name in the ecosystem without a release, or, asked without one, in any release. */
  readonly elsewhere: readonly RawAffected[];
  /** Null is "undecidable". */
  readonly ours: boolean | null;
  readonly theirs: boolean;
  readonly scheme: VersionScheme;
}

/** A way in which osv-scanner departs from the schema's evaluation: with it, and nothing else changed, its answer follows. */
interface Departure {
  readonly cause: string;
  readonly change: (difference: Difference) => readonly RawAffected[];
}

const DEPARTURES: readonly Departure[] = [
  {
    cause: 'It reads ranges up to the first GIT range and leaves out those behind it',
    change: ({ entries }) => entries.map((entry) => ({ ...entry, ranges: untilGit(entry.ranges ?? []) })),
  },
  {
    cause: 'It finds a listed version by its spelling alone, where the ecosystem calls another spelling equal',
    change: ({ entries, question }) =>
      entries.map((entry) => ({ ...entry, versions: (entry.versions ?? []).map(onlyIf(question.version)) })),
  },
  {
    cause: 'It compares names letter by letter, where the ecosystem calls another spelling the same package',
    change: ({ entries, question }) => entries.filter((entry) => entry.package?.name === theirSpelling(question)),
  },
  {
    cause: 'It takes a record of the ecosystem without a release for every release, and the other way round',
    change: ({ entries, elsewhere }) => [...entries, ...elsewhere],
  },
  {
    cause: 'Where two events stand at the same version, it takes the later one of the record first',
    change: ({ entries }) =>
      entries.map((entry) => ({
        ...entry,
        ranges: (entry.ranges ?? []).map((range) => ({ ...range, events: range.events.toReversed() })),
      })),
  },
  {
    cause: 'It leaves `limit` events out of account',
    change: ({ entries }) => entries.map(withoutLimits),
  },
];

/**
 * Why the answers differ, proven by an evaluation that departs in this one point; null where no departure explains it, and
 * where the schema's own evaluation is not what was answered here.
 */
export function causeOf(difference: Difference): string | null {
  if (/\s/.test(difference.record)) {
    return 'Refused here: the id of the record has a blank in it';
  }
  if (difference.ours === null) {
    return undecidableCause(difference);
  }
  if (verdict(difference.entries, difference) !== difference.ours) {
    return null;
  }
  const found = DEPARTURES.find(({ change }) => verdict(change(difference), difference) === difference.theirs);
  return found?.cause ?? null;
}

/** The same with another order of versions, by which the caller found osv-scanner to go. */
export function followsFrom(difference: Difference, scheme: VersionScheme): boolean {
  const entries = difference.entries.map((entry) => ({
    ...entry,
    ranges: untilGit(entry.ranges ?? []).map((range) => ({ ...range, type: 'ECOSYSTEM' })),
    versions: (entry.versions ?? []).filter((version) => version === difference.question.version),
  }));
  return entries.some((entry) => isAffected(entry, difference.question.version, scheme) === true) === difference.theirs;
}

function verdict(entries: readonly RawAffected[], { question, scheme }: Difference): boolean {
  return entries.some((entry) => isAffected(entry, question.version, scheme) === true);
}

function undecidableCause({ question, entries, scheme }: Difference): string | null {
  if (entries.every(({ ranges = [], versions = [] }) => versions.length === 0 && ranges.every(isOfCommits))) {
    return 'Undecidable here: the record names commits alone, or nothing';
  }
  if (!isVersion(question.version, scheme)) {
    return 'Undecidable here: the version asked for is none of the ecosystem';
  }
  return boundsOf(entries).some((bound) => !isVersion(bound, scheme))
    ? 'Undecidable here: a bound in the record is no version of the ecosystem'
    : null;
}

function isVersion(text: string, scheme: VersionScheme): boolean {
  const parsed = scheme.parse(text);
  return parsed !== null && !scheme.isDoubtful(parsed);
}

/** The versions at which ranges begin and end. */
export function boundsOf(entries: readonly RawAffected[]): readonly string[] {
  const events = entries.flatMap(({ ranges = [] }) =>
    ranges.flatMap((range) => (isOfCommits(range) ? [] : range.events)),
  );
  return events.flatMap(({ introduced, fixed, last_affected: last }) =>
    [introduced, fixed, last].flatMap((text) => (text === undefined || text === '0' ? [] : [text])),
  );
}

function isOfCommits({ type }: { readonly type: string }): boolean {
  return type === 'GIT';
}

function untilGit<T extends { readonly type: string }>(ranges: readonly T[]): readonly T[] {
  const first = ranges.findIndex(isOfCommits);
  return first === -1 ? ranges : ranges.slice(0, first);
}

/** It knows the rule for names of PyPI, and applies it to what it is asked and not to records. */
function theirSpelling({ ecosystem, name }: PackageQuery): string {
  return ecosystem === 'PyPI' ? pypi.normalizeName(name) : name;
}

/** Keeps lists as long as they were, so that an entry with a list does not become one without. */
function onlyIf(version: string): (listed: string) => string {
  return (listed) => (listed === version ? listed : '');
}

function withoutLimits(entry: RawAffected): RawAffected {
  return {
    ...entry,
    ranges: (entry.ranges ?? []).map((range) => ({
      ...range,
      events: range.events.filter(({ limit }) => limit === undefined),
    })),
  };
}
