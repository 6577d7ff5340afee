import type { FindingStatus } from '../model/finding.ts';
import { type Caller, isAllowed } from '../model/permissions.ts';
import type { Severity } from '../model/severity.ts';
import {
  ACCEPTED_DAYS_MAX,
  CHOSEN_STATUSES,
  type ChosenStatus,
  REASON_LENGTH_MAX,
  type TeamState,
  type TeamStatus,
} from '../model/triage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Statuses that a person may set, from each. A closed finding is fixed, and only a scan opens it again. */
export const TRANSITIONS: Readonly<Record<TeamStatus, readonly ChosenStatus[]>> = {
  open: ['in-progress', 'awaiting-rescan', 'accepted', 'false-positive'],
  'in-progress': ['open', 'awaiting-rescan', 'accepted', 'false-positive'],
  'awaiting-rescan': ['open', 'in-progress', 'accepted', 'false-positive'],
  fixed: [],
  // Accepting once more moves the end, for a new reason.
  accepted: ['open', 'in-progress', 'awaiting-rescan', 'accepted', 'false-positive'],
  'false-positive': ['open', 'in-progress', 'awaiting-rescan', 'accepted'],
};

/** The parts of a finding that decide who may change it. */
export interface TriagedFinding {
  readonly state: TeamState;
  readonly closed: boolean;
  readonly accountId: string;
  readonly severity: Severity;
}

export interface TriageRequest {
  readonly to: TeamStatus;
  readonly reason: string;
  /** End of an acceptance; null for every other status. */
  readonly until: Date | null;
  readonly by: Pick<Caller, 'role' | 'accounts'>;
  readonly now: Date;
}

export interface RefusedTriage {
  /** A sentence that says why, and who can or what would. */
  readonly refused: string;
}

/** The state after a person's change, or why there is none. */
export function changeStatus(finding: TriagedFinding, request: TriageRequest): TeamState | RefusedTriage {
  const { to, now } = request;
  const chosen = CHOSEN_STATUSES.find((status) => status === to);
  if (chosen === undefined) {
    return { refused: 'Only a scan says that a finding is fixed. Choose "Awaiting rescan" and scan the resource.' };
  }
  const refused =
    refusedRight(finding, chosen, request.by) ??
    refusedStep(finding, chosen) ??
    refusedReason(chosen, request.reason) ??
    refusedEnd(chosen, request.until, now);
  if (refused !== null) {
    return { refused };
  }
  return { status: chosen, acceptedUntil: chosen === 'accepted' ? request.until : null, changedAt: now };
}

function refusedRight(finding: TriagedFinding, to: ChosenStatus, by: TriageRequest['by']): string | null {
  if (by.accounts !== null && !by.accounts.includes(finding.accountId)) {
    return 'The finding is in an account outside your scope. An admin can extend it.';
  }
  if (!isAllowed(by.role, 'findings:triage')) {
    return 'Your role may read findings and not change them. An admin can give you the role Triage.';
  }
  if (to !== 'accepted') {
    return null;
  }
  if (!isAllowed(by.role, 'risk:accept')) {
    return 'Your role may not accept a risk. A lead of the account or Security can.';
  }
  // What nobody has rated may be critical.
  const isAboveHigh = finding.severity === 'CRITICAL' || finding.severity === 'UNTRIAGED';
  return by.role === 'lead' && isAboveHigh ? 'A lead may accept risks up to high. Security can accept this one.' : null;
}

function refusedStep({ state, closed }: TriagedFinding, to: ChosenStatus): string | null {
  if (closed || state.status === 'fixed') {
    return 'The finding is closed. It opens by itself when a scan sees it again.';
  }
  return TRANSITIONS[state.status].includes(to) ? null : 'The finding has this status already.';
}

function refusedReason(to: ChosenStatus, reason: string): string | null {
  if (reason.length > REASON_LENGTH_MAX) {
    return `The reason is longer than ${REASON_LENGTH_MAX} characters.`;
  }
  if (reason.trim() !== '') {
    return null;
  }
  if (to === 'accepted') {
    return 'Say why the risk is accepted.';
  }
  return to === 'false-positive' ? 'Say why it is a false positive.' : null;
}

function refusedEnd(to: ChosenStatus, until: Date | null, now: Date): string | null {
  if (to !== 'accepted') {
    return until === null ? null : 'Only an acceptance has an end date.';
  }
  if (until === null || Number.isNaN(until.getTime())) {
    return 'Say until when the risk is accepted.';
  }
  if (until.getTime() <= now.getTime()) {
    return 'The end date has passed. Choose a later one.';
  }
  return until.getTime() > now.getTime() + ACCEPTED_DAYS_MAX * DAY_MS
    ? `A risk is accepted for at most ${ACCEPTED_DAYS_MAX} days. Choose an earlier end date.`
    : null;
}

/** What a scan found out about a finding: it saw it, it proved that it is gone, or it saw it again after that. */
export type ScanVerdict = 'seen' | 'closed' | 'reopened';

export interface TeamStep {
  readonly state: TeamState;
  /** What to write into the finding's history; null where the scan changed nothing. */
  readonly note: string | null;
}

/** What a scan that looked at `scannedAt` does to the team's status. */
export function afterScan(state: TeamState, verdict: ScanVerdict, scannedAt: Date): TeamStep {
  switch (verdict) {
    case 'closed':
      // The end of an acceptance is kept: what comes back within it is still accepted.
      return state.status === 'fixed'
        ? { state, note: null }
        : { state: { ...state, status: 'fixed' }, note: 'Fixed: a scan no longer sees it' };
    case 'reopened':
      return isAcceptedAt(state.acceptedUntil, scannedAt)
        ? { state: { ...state, status: 'accepted' }, note: 'Seen again; the risk is still accepted' }
        : { state: { ...state, status: 'open', acceptedUntil: null }, note: 'Seen again after it was fixed' };
    case 'seen':
      return afterSighting(state, scannedAt);
  }
}

/** A scan that looked before the fix was announced says nothing about it. */
function afterSighting(state: TeamState, scannedAt: Date): TeamStep {
  const isAnswer = state.changedAt === null || scannedAt.getTime() >= state.changedAt.getTime();
  return state.status === 'awaiting-rescan' && isAnswer
    ? { state: { ...state, status: 'open' }, note: 'Still there: the scan sees it as before' }
    : { state, note: null };
}

/** What the passing of time does: an acceptance that has ended leaves the finding open. */
export function afterTime(state: TeamState, now: Date): TeamStep {
  return state.status === 'accepted' && !isAcceptedAt(state.acceptedUntil, now)
    ? { state: { ...state, status: 'open', acceptedUntil: null }, note: 'The acceptance has ended' }
    : { state, note: null };
}

function isAcceptedAt(until: Date | null, at: Date): boolean {
  return until !== null && until.getTime() > at.getTime();
}

export interface Visibility {
  /** Whether the last complete scan no longer sees it. */
  readonly closed: boolean;
  /** Whether a suppression rule hides it. */
  readonly suppressed: boolean;
  readonly state: Pick<TeamState, 'status' | 'acceptedUntil'>;
}

/** Amazon Inspector's state of a finding: closed outranks suppressed, and suppressed outranks active. */
export function inspectorStatusOf({ closed, suppressed, state }: Visibility, now: Date): FindingStatus {
  if (closed) {
    return 'CLOSED';
  }
  const isAccepted = state.status === 'accepted' && isAcceptedAt(state.acceptedUntil, now);
  return suppressed || isAccepted || state.status === 'false-positive' ? 'SUPPRESSED' : 'ACTIVE';
}
