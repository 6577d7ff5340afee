import type { AdvisoryRange, AffectedVersions } from '../model/advisory.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import { semver } from '../versions/semver.ts';

/** Undecidable is an answer; silence is not. */
export type RangeVerdict =
  | {
      readonly kind: 'affected';
      /** The lowest version above the installed one that the entry no longer covers; null when it names none. */
      readonly fixedVersion: string | null;
      /** The stretch of versions that holds the installed one, such as `>= 0, < 3.0.11-1~deb12u2`. */
      readonly range: string;
    }
  | { readonly kind: 'unaffected' }
  | { readonly kind: 'undecidable'; readonly reason: string };

/** Decides whether an entry covers a version, by the evaluation that the OSV schema describes. */
export function evaluateAffected(entry: AffectedVersions, version: string, scheme: VersionScheme): RangeVerdict {
  const prepared = prepare(entry, scheme);
  const verdict = coverageOf(prepared, version);
  return verdict.kind === 'affected' ? { ...verdict, fixedVersion: lowestFix(entry, prepared, version) } : verdict;
}

const UNAFFECTED: RangeVerdict = { kind: 'unaffected' };

/** An entry with all its versions read once: most entries are held against many packages. */
interface PreparedEntry {
  readonly scheme: VersionScheme;
  readonly ranges: readonly PreparedRange[];
  readonly versions: ReadonlySet<string>;
  /** The listed versions that the scheme can order; null until someone asks. */
  listed: readonly Version[] | null;
  /** All fixed versions that the scheme can order, lowest first; null until someone asks. */
  fixes: readonly Version[] | null;
}

interface PreparedRange {
  readonly scheme: VersionScheme;
  readonly steps: readonly Step[];
  readonly limits: readonly Parsed[];
  /** Why nothing can be held against this range; null where something can. */
  readonly problem: string | null;
}

interface Step {
  readonly event: 'introduced' | 'fixed' | 'lastAffected';
  readonly text: string;
  /** Null is the beginning of all versions, which OSV writes as "0". */
  readonly at: Parsed | null;
}

/** Wrapped, so that a scheme may use any value of its own, null included. */
interface Parsed {
  readonly value: unknown;
}

interface Version extends Parsed {
  readonly text: string;
}

const NO_VERSIONS: ReadonlySet<string> = new Set();

const preparedEntries = new WeakMap<AffectedVersions, PreparedEntry>();

function prepare(entry: AffectedVersions, scheme: VersionScheme): PreparedEntry {
  const known = preparedEntries.get(entry);
  if (known !== undefined && known.scheme === scheme) {
    return known;
  }
  const prepared: PreparedEntry = {
    scheme,
    ranges: entry.ranges.map((range) => prepareRange(range, range.type === 'SEMVER' ? semver : scheme)),
    versions: entry.versions.length === 0 ? NO_VERSIONS : new Set(entry.versions),
    listed: null,
    fixes: null,
  };
  preparedEntries.set(entry, prepared);
  return prepared;
}

function prepareRange(range: AdvisoryRange, scheme: VersionScheme): PreparedRange {
  const limits: Parsed[] = [];
  const steps: Step[] = [];
  for (const event of range.events) {
    if (event.limit === '*') {
      continue;
    }
    const text = event.introduced ?? event.fixed ?? event.lastAffected ?? event.limit ?? '';
    const at = event.introduced === '0' ? null : parseSure(scheme, text);
    if (at === null && event.introduced !== '0') {
      const problem = `"${excerpt(text)}" in the record is not a ${scheme.id} version`;
      return { scheme, steps: [], limits: [], problem };
    }
    if (event.limit !== undefined && at !== null) {
      limits.push(at);
    } else {
      steps.push({ event: nameOf(event), text, at });
    }
  }
  return { scheme, steps: sorted(steps, scheme), limits, problem: null };
}

/** Sorting is stable, so events at the same version keep the order in which the publisher wrote them. */
function sorted(steps: readonly Step[], scheme: VersionScheme): readonly Step[] {
  return [...steps].sort((a, b) => {
    if (a.at === null || b.at === null) {
      return Number(b.at === null) - Number(a.at === null);
    }
    return scheme.compare(a.at.value, b.at.value);
  });
}

function versionsOf(texts: ReadonlySet<string>, scheme: VersionScheme): readonly Version[] {
  return [...texts].flatMap((text) => {
    const parsed = parseSure(scheme, text);
    return parsed === null ? [] : [{ text, value: parsed.value }];
  });
}

function fixesOf(entry: AffectedVersions, scheme: VersionScheme): readonly Version[] {
  const texts = entry.ranges.flatMap((range) => range.events.flatMap((event) => event.fixed ?? []));
  return [...versionsOf(new Set(texts), scheme)].sort((a, b) => scheme.compare(a.value, b.value));
}

function coverageOf(entry: PreparedEntry, version: string): RangeVerdict {
  if (entry.versions.has(version)) {
    return affected(`= ${version}`);
  }
  if (entry.ranges.length === 0 && entry.versions.size === 0) {
    return { kind: 'undecidable', reason: 'the record names no versions' };
  }
  let undecidable: RangeVerdict | null = null;
  for (const range of entry.ranges) {
    const verdict = evaluateRange(range, version);
    if (verdict.kind === 'affected') {
      return verdict;
    }
    undecidable ??= verdict.kind === 'undecidable' ? verdict : null;
  }
  const listed = evaluateList(entry, version);
  return listed.kind === 'unaffected' ? (undecidable ?? listed) : listed;
}

/** A version may be listed in another spelling, such as 1.0 for 1.0.0. */
function evaluateList(entry: PreparedEntry, version: string): RangeVerdict {
  const { scheme, versions } = entry;
  if (versions.size === 0) {
    return UNAFFECTED;
  }
  const installed = parseSure(scheme, version);
  if (installed === null) {
    return notAVersion(scheme, version);
  }
  entry.listed ??= versionsOf(versions, scheme);
  const same = entry.listed.find(({ value }) => scheme.compare(value, installed.value) === 0);
  return same === undefined ? UNAFFECTED : affected(`= ${same.text}`);
}

function evaluateRange({ scheme, steps, limits, problem }: PreparedRange, version: string): RangeVerdict {
  if (problem === null && steps.length === 0) {
    // Nothing was ever introduced, so that no version need be read to know the answer.
    return UNAFFECTED;
  }
  const installed = parseSure(scheme, version);
  if (installed === null) {
    return notAVersion(scheme, version);
  }
  if (problem !== null) {
    return { kind: 'undecidable', reason: problem };
  }
  // A limit bounds the range from above; one that allows the version is enough.
  if (limits.length > 0 && !limits.some((limit) => scheme.compare(installed.value, limit.value) < 0)) {
    return UNAFFECTED;
  }
  return walk(steps, installed, scheme);
}

/** Goes up the events as far as the version reaches; the last one passed decides. */
function walk(steps: readonly Step[], installed: Parsed, scheme: VersionScheme): RangeVerdict {
  let introduced: Step | null = null;
  for (const step of steps) {
    const order = step.at === null ? 1 : scheme.compare(installed.value, step.at.value);
    if (step.event === 'introduced' && order >= 0) {
      introduced = step;
    } else if ((step.event === 'fixed' && order >= 0) || (step.event === 'lastAffected' && order > 0)) {
      introduced = null;
    } else if (introduced !== null && step.event !== 'introduced') {
      const sign = step.event === 'fixed' ? '<' : '<=';
      return affected(`>= ${introduced.text}, ${sign} ${step.text}`);
    }
  }
  return introduced === null ? UNAFFECTED : affected(`>= ${introduced.text}`);
}

/** The lowest of all fixed versions above the installed one at which no part of the entry applies any more. */
function lowestFix(entry: AffectedVersions, prepared: PreparedEntry, version: string): string | null {
  const { scheme } = prepared;
  const installed = parseSure(scheme, version);
  if (installed === null) {
    return null;
  }
  prepared.fixes ??= fixesOf(entry, scheme);
  for (const fix of prepared.fixes) {
    const isAbove = scheme.compare(fix.value, installed.value) > 0;
    if (isAbove && coverageOf(prepared, fix.text).kind === 'unaffected') {
      return fix.text;
    }
  }
  return null;
}

/** By scheme, the texts that were read last: one package is held against many records, one after another. */
const lastParsed = new WeakMap<VersionScheme, Map<string, Parsed | null>>();
const LAST_PARSED_MAX = 256;

/** The version, or null where the text is none or too doubtful to decide by. */
function parseSure(scheme: VersionScheme, text: string): Parsed | null {
  let texts = lastParsed.get(scheme);
  if (texts === undefined || texts.size >= LAST_PARSED_MAX) {
    texts = new Map();
    lastParsed.set(scheme, texts);
  }
  const known = texts.get(text);
  if (known !== undefined) {
    return known;
  }
  const value = scheme.parse(text);
  const parsed = value === null || scheme.isDoubtful(value) ? null : { value };
  texts.set(text, parsed);
  return parsed;
}

function nameOf(event: AdvisoryRange['events'][number]): Step['event'] {
  if (event.introduced !== undefined) {
    return 'introduced';
  }
  return event.fixed !== undefined ? 'fixed' : 'lastAffected';
}

function affected(range: string): RangeVerdict {
  return { kind: 'affected', fixedVersion: null, range };
}

function notAVersion(scheme: VersionScheme, version: string): RangeVerdict {
  return { kind: 'undecidable', reason: `"${excerpt(version)}" is not a ${scheme.id} version` };
}

function excerpt(text: string): string {
  return text.slice(0, 80).replace(/[^ -~]/g, '?');
}
