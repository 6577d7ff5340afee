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
  const verdict = coverageOf(entry, version, scheme);
  return verdict.kind === 'affected' ? { ...verdict, fixedVersion: lowestFix(entry, version, scheme) } : verdict;
}

const UNAFFECTED: RangeVerdict = { kind: 'unaffected' };

function coverageOf(entry: AffectedVersions, version: string, scheme: VersionScheme): RangeVerdict {
  if (entry.versions.includes(version)) {
    return affected(`= ${version}`);
  }
  if (entry.ranges.length === 0 && entry.versions.length === 0) {
    return { kind: 'undecidable', reason: 'the record names no versions' };
  }
  const verdicts = entry.ranges.map((range) => evaluateRange(range, version, scheme));
  const found =
    verdicts.find((verdict) => verdict.kind === 'affected') ?? evaluateList(entry.versions, version, scheme);
  if (found.kind === 'affected') {
    return found;
  }
  return [found, ...verdicts].find((verdict) => verdict.kind === 'undecidable') ?? UNAFFECTED;
}

/** A version may be listed in another spelling, such as 1.0 for 1.0.0. */
function evaluateList(versions: readonly string[], version: string, scheme: VersionScheme): RangeVerdict {
  if (versions.length === 0) {
    return UNAFFECTED;
  }
  const installed = parseSure(scheme, version);
  if (installed === null) {
    return notAVersion(scheme, version);
  }
  for (const listed of versions) {
    const parsed = parseSure(scheme, listed);
    if (parsed !== null && scheme.compare(parsed.value, installed.value) === 0) {
      return affected(`= ${listed}`);
    }
  }
  return UNAFFECTED;
}

interface Step {
  readonly event: 'introduced' | 'fixed' | 'lastAffected';
  readonly text: string;
  /** Null is the beginning of all versions, which OSV writes as "0". */
  readonly at: Parsed | null;
}

function evaluateRange(range: AdvisoryRange, version: string, ecosystemScheme: VersionScheme): RangeVerdict {
  const scheme = range.type === 'SEMVER' ? semver : ecosystemScheme;
  const installed = parseSure(scheme, version);
  if (installed === null) {
    return notAVersion(scheme, version);
  }
  const limits: Parsed[] = [];
  const steps: Step[] = [];
  for (const event of range.events) {
    if (event.limit === '*') {
      continue;
    }
    const text = event.introduced ?? event.fixed ?? event.lastAffected ?? event.limit ?? '';
    const at = event.introduced === '0' ? null : parseSure(scheme, text);
    if (at === null && event.introduced !== '0') {
      return { kind: 'undecidable', reason: `"${excerpt(text)}" in the record is not a ${scheme.id} version` };
    }
    if (event.limit !== undefined && at !== null) {
      limits.push(at);
    } else {
      steps.push({ event: nameOf(event), text, at });
    }
  }
  // A limit bounds the range from above; one that allows the version is enough.
  if (limits.length > 0 && !limits.some((limit) => scheme.compare(installed.value, limit.value) < 0)) {
    return UNAFFECTED;
  }
  return walk(sorted(steps, scheme), installed, scheme);
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

/** Sorting is stable, so events at the same version keep the order in which the publisher wrote them. */
function sorted(steps: readonly Step[], scheme: VersionScheme): readonly Step[] {
  return [...steps].sort((a, b) => {
    if (a.at === null || b.at === null) {
      return Number(b.at === null) - Number(a.at === null);
    }
    return scheme.compare(a.at.value, b.at.value);
  });
}

/** The lowest of all fixed versions above the installed one at which no part of the entry applies any more. */
function lowestFix(entry: AffectedVersions, version: string, scheme: VersionScheme): string | null {
  const installed = parseSure(scheme, version);
  if (installed === null) {
    return null;
  }
  const texts = entry.ranges.flatMap((range) => range.events.flatMap((event) => event.fixed ?? []));
  const above = [...new Set(texts)].flatMap((text) => {
    const parsed = parseSure(scheme, text);
    return parsed !== null && scheme.compare(parsed.value, installed.value) > 0 ? [{ text, ...parsed }] : [];
  });
  above.sort((a, b) => scheme.compare(a.value, b.value));
  return above.find(({ text }) => coverageOf(entry, text, scheme).kind === 'unaffected')?.text ?? null;
}

/** Wrapped, so that a scheme may use any value of its own, null included. */
interface Parsed {
  readonly value: unknown;
}

/** The version, or null where the text is none or too doubtful to decide by. */
function parseSure(scheme: VersionScheme, text: string): Parsed | null {
  const value = scheme.parse(text);
  return value === null || scheme.isDoubtful(value) ? null : { value };
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
