import type { CvssScore } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import { vectorAnswers } from '../risk/vector-answers.ts';
import { directiveDeadline } from './bod-26-04.ts';
import { DUE_SOON_MS } from './due-soon.ts';
import type { SlaPolicy } from './sla-policy.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time in which the clock stands still: an accepted exception, with who owns it, why, and until when. */
export interface SlaPause {
  readonly owner: string;
  readonly reason: string;
  readonly from: Date;
  readonly until: Date;
}

export interface SlaInput {
  readonly severity: Severity;
  /** Due date in CISA's catalogue of known exploited vulnerabilities, `YYYY-MM-DD`; null when it is not listed. */
  readonly kevDueDate: string | null;
  /** When it was first observed, or last reopened. */
  readonly firstObservedAt: Date;
  /** When a fix was published; null while that is not known. */
  readonly fixPublishedAt?: Date | null;
  /** When the resource was first seen; null while that is not known. */
  readonly resourceFirstSeenAt?: Date | null;
  /** Whether the internet reaches it; null while nobody looked. */
  readonly exposed?: boolean | null;
  /** Vectors of the vulnerability, the one that counts first. */
  readonly cvss?: readonly Pick<CvssScore, 'version' | 'vector'>[];
  readonly pauses?: readonly SlaPause[];
}

export type SlaState = 'on-time' | 'soon' | 'over' | 'paused' | 'none';

export interface Sla {
  /** Null where nothing is due. */
  readonly dueAt: Date | null;
  readonly startedAt: Date;
  /** How long the clock stands still in all, planned time included. */
  readonly pausedMs: number;
  readonly state: (now: Date) => SlaState;
  /** How the date came about, one step a line. */
  readonly why: readonly string[];
}

/** When a finding has to be fixed under a policy, and how that came about. */
export function slaOf(policy: SlaPolicy, input: SlaInput): Sla {
  const start = startOf(policy, input);
  const own = policy.mode === 'severity' ? bySeverity(policy, input) : byDirective(input);
  const pauses = (input.pauses ?? []).filter(({ from, until }) => until.getTime() > from.getTime());
  const ownDue = own.days === null ? null : paused(start.at + own.days * DAY_MS, pauses, start.at);
  const kev = kevDue(policy, input);
  const kevAt = kev === null ? null : paused(kev.at, pauses, input.firstObservedAt.getTime());
  const wins = kevAt !== null && (ownDue === null || kevAt.at < ownDue.at);
  const due = wins ? kevAt : ownDue;
  const dueAt = due === null ? null : new Date(due.at);
  return {
    dueAt,
    startedAt: new Date(start.at),
    pausedMs: due?.pausedMs ?? 0,
    state: (now) => stateAt(now.getTime(), dueAt, merged(pauses, Number.NEGATIVE_INFINITY)),
    why: [
      ...start.why,
      ...own.why,
      ...(kev === null ? [] : [`${kev.why}${wins ? '' : ', which is not earlier'}`]),
      ...pauses.map(({ owner, reason, from, until }) => {
        return `Paused from ${day(from)} to ${day(until)} by ${owner}: ${reason}`;
      }),
      dueAt === null ? 'Nothing is due' : `Due on ${day(dueAt)}`,
    ],
  };
}

interface Start {
  readonly at: number;
  readonly why: readonly string[];
}

/** The latest of first observation, publication of a fix and the end of the resource's time to settle. */
function startOf(policy: SlaPolicy, input: SlaInput): Start {
  const { firstObservedAt, fixPublishedAt, resourceFirstSeenAt } = input;
  const starts = [{ at: firstObservedAt.getTime(), why: 'it was first observed' }];
  if (policy.fromFix && fixPublishedAt != null) {
    starts.push({ at: fixPublishedAt.getTime(), why: 'a fix was published' });
  }
  if (policy.settleHours > 0 && resourceFirstSeenAt != null) {
    const at = resourceFirstSeenAt.getTime() + policy.settleHours * HOUR_MS;
    starts.push({ at, why: `the new resource had ${policy.settleHours} hours to settle` });
  }
  const latest = starts.reduce((last, one) => (one.at > last.at ? one : last));
  return { at: latest.at, why: [`The clock started on ${day(new Date(latest.at))}, when ${latest.why}`] };
}

interface OwnRule {
  readonly days: number | null;
  readonly why: readonly string[];
}

function bySeverity(policy: SlaPolicy, { severity, exposed }: SlaInput): OwnRule {
  const days = policy.days[severity];
  const word = severity.toLowerCase();
  if (days === null) {
    return { days: null, why: [`No time is set for ${word}`] };
  }
  const why = `${counted(days)} for ${word} (policy ${policy.version})`;
  return exposed === true && policy.exposedDivisor > 1
    ? { days: days / policy.exposedDivisor, why: [why, `Divided by ${policy.exposedDivisor}: the internet reaches it`] }
    : { days, why: [why] };
}

/** What is not known is answered as the worse case, and the answer says so. */
function byDirective({ kevDueDate, exposed = null, cvss = [] }: SlaInput): OwnRule {
  const { automatable, totalImpact } = vectorAnswers(cvss);
  const knownExploited = isDay(kevDueDate);
  const { days, forensics } = directiveDeadline({
    knownExploited,
    exposed: exposed ?? true,
    automatable: automatable ?? true,
    totalImpact: totalImpact ?? true,
  });
  const said = [
    `known exploited: ${knownExploited ? 'yes' : 'no'}`,
    `exposed: ${answer(exposed)}`,
    `automatable: ${answer(automatable)}`,
    `total impact: ${answer(totalImpact)}`,
  ];
  const term = days === null ? 'at the next upgrade of the system' : counted(days);
  const why = `${term} by BOD 26-04 (${said.join(', ')})`;
  return { days, why: forensics ? [why, 'The directive asks for a search for traces of a break-in'] : [why] };
}

function answer(known: boolean | null): string {
  if (known === null) {
    return 'not known, taken as yes';
  }
  return known ? 'yes' : 'no';
}

/** The catalogue's date, at the end of its day; never before the first observation and the days of grace. */
function kevDue(policy: SlaPolicy, input: SlaInput): { readonly at: number; readonly why: string } | null {
  if (policy.kevGraceDays === null || input.kevDueDate === null || !isDay(input.kevDueDate)) {
    return null;
  }
  const catalogue = Date.parse(`${input.kevDueDate}T23:59:59Z`);
  const grace = input.firstObservedAt.getTime() + policy.kevGraceDays * DAY_MS;
  const listed = `CISA's catalogue says ${input.kevDueDate}`;
  return grace > catalogue
    ? { at: grace, why: `${listed}; ${counted(policy.kevGraceDays)} are left from the first observation` }
    : { at: catalogue, why: listed };
}

function isDay(text: string | null): text is string {
  return text !== null && !Number.isNaN(Date.parse(`${text}T23:59:59Z`));
}

interface PausedDate {
  readonly at: number;
  readonly pausedMs: number;
}

/** A date, later by the time in which the clock stood still since `start`. */
function paused(at: number, pauses: readonly SlaPause[], start: number): PausedDate {
  const pausedMs = merged(pauses, start).reduce((sum, { from, until }) => sum + until - from, 0);
  return { at: at + pausedMs, pausedMs };
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** Pauses from the start on, without the time in which two overlap. */
function merged(pauses: readonly SlaPause[], start: number): readonly Span[] {
  const spans = pauses
    .map(({ from, until }) => ({ from: Math.max(from.getTime(), start), until: until.getTime() }))
    .filter(({ from, until }) => until > from)
    .sort((a, b) => a.from - b.from);
  const apart: Span[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last !== undefined && span.from <= last.until) {
      apart[apart.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    } else {
      apart.push(span);
    }
  }
  return apart;
}

function stateAt(now: number, dueAt: Date | null, pauses: readonly Span[]): SlaState {
  if (pauses.some(({ from, until }) => from <= now && now < until)) {
    return 'paused';
  }
  if (dueAt === null) {
    return 'none';
  }
  const left = dueAt.getTime() - now;
  if (left < 0) {
    return 'over';
  }
  return left <= DUE_SOON_MS ? 'soon' : 'on-time';
}

function counted(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
