import { type Caller, isAllowed } from '../model/permissions.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { type ChosenStatus, NEW_TEAM_STATE } from '../model/triage.ts';
import { SNOOZE_DAYS_MAX, type TriageChange } from '../model/triage-act.ts';
import { changeStatus } from './triage-status.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const STATUS_WORDS: Readonly<Record<ChosenStatus, string>> = {
  open: 'Open',
  'in-progress': 'In progress',
  'awaiting-rescan': 'Awaiting rescan',
  accepted: 'Accepted',
  'false-positive': 'False positive',
};

/** Why a change is refused whatever the finding, in one sentence; null where it depends on the finding or is fine. */
export function refusedChange(change: TriageChange, by: Caller, now: Date): string | null {
  switch (change.kind) {
    case 'status':
      return refusedStatus(change, by, 'LOW', now);
    case 'snooze':
      return refusedSnooze(change.until, now);
    case 'assign':
      return change.owner === undefined && change.team === undefined ? 'Name a person or a team.' : null;
    case 'comment':
      return change.body.trim() === '' ? 'The comment is empty.' : null;
  }
}

/** The severities whose risk a person may accept. */
export function acceptableSeverities(by: Caller, now: Date): readonly Severity[] {
  const change = { status: 'accepted', reason: 'asked', until: new Date(now.getTime() + DAY_MS) } as const;
  return SEVERITIES.filter((severity) => refusedStatus(change, by, severity, now) === null);
}

export function mayAccept(by: Caller): boolean {
  return isAllowed(by.role, 'risk:accept');
}

function refusedStatus(
  { status, reason, until }: Pick<Extract<TriageChange, { kind: 'status' }>, 'status' | 'reason' | 'until'>,
  { role }: Caller,
  severity: Severity,
  now: Date,
): string | null {
  // From a status that leads to the wanted one, so that only the request itself can be at fault.
  const state = { ...NEW_TEAM_STATE, status: status === 'open' ? 'in-progress' : 'open' } as const;
  const outcome = changeStatus(
    { state, closed: false, accountId: '', severity },
    { to: status, reason: reason ?? '', until, by: { role, accounts: null }, now },
  );
  return 'refused' in outcome ? outcome.refused : null;
}

function refusedSnooze(until: Date | null, now: Date): string | null {
  if (until === null) {
    return null;
  }
  if (Number.isNaN(until.getTime()) || until.getTime() <= now.getTime()) {
    return 'The end of the snooze has passed. Choose a later one.';
  }
  return until.getTime() > now.getTime() + SNOOZE_DAYS_MAX * DAY_MS
    ? `A finding is snoozed for at most ${SNOOZE_DAYS_MAX} days. Accept the risk if it stays longer.`
    : null;
}

/** What the history of each finding says of the change; `owner` is the name of the person with that id. */
export function describeChange(change: TriageChange, owner: string | null): string {
  switch (change.kind) {
    case 'assign':
      return describeAssignment(change, owner);
    case 'status':
      return describeStatus(change);
    case 'snooze':
      return change.until === null ? 'No longer snoozed.' : `Snoozed until ${day(change.until)}.`;
    case 'comment':
      return 'Commented.';
  }
}

function describeAssignment(
  { owner, team }: Extract<TriageChange, { kind: 'assign' }>,
  ownerName: string | null,
): string {
  const parts = [
    ...(owner === undefined ? [] : [owner === null ? 'no person' : (ownerName ?? owner)]),
    ...(team === undefined ? [] : [team === null ? 'no team' : `team ${team}`]),
  ];
  return `Assigned to ${parts.join(' and ')}.`;
}

function describeStatus({ status, reason, until }: Extract<TriageChange, { kind: 'status' }>): string {
  const end = until === null ? '' : ` until ${day(until)}`;
  const why = reason === null || reason.trim() === '' ? '' : `: ${reason.trim()}`;
  return `${STATUS_WORDS[status]}${end}${why}${/[.!?]$/.test(why) ? '' : '.'}`;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** People or parts of their names that a comment calls by `@`, without the sign, each once, at most 50. */
export function mentionsIn(body: string): readonly string[] {
  const found = body.matchAll(/(?:^|[\s(,;:])@([\p{L}\p{N}](?:[\p{L}\p{N}._+@-]{0,100}[\p{L}\p{N}])?)/gu);
  return [...new Set([...found].flatMap(([, name]) => (name === undefined ? [] : [name.toLowerCase()])))].slice(0, 50);
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The one person whom a mention means: by address, its first part, or the name with dots or nothing between its words. */
export function personMentioned<P extends Named>(mention: string, people: readonly P[]): P | null {
  const wanted = mention.toLowerCase();
  const names = ({ name, email }: Named): readonly string[] => {
    const words = name.trim().toLowerCase().split(/\s+/);
    return [email.toLowerCase(), email.toLowerCase().split('@', 1)[0] ?? '', words.join('.'), words.join('')];
  };
  const meant = people.filter((person) => names(person).includes(wanted));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}
