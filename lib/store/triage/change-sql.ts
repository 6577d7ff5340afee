import { TRANSITIONS } from '../../core/findings/triage-status.ts';
import { CHOSEN_STATUSES } from '../../core/model/triage.ts';
import type { NewTriageAct } from '../../core/ports/triage-store.ts';
import type { Parameters } from '../queries/parameters.ts';
import { KEEP_ORDERS } from '../sql.ts';

/**
 * What one kind of act means to a row, as SQL over `j`, the finding before the act, and `f`, the same row that is written.
 * `skip` is the reason to leave it alone, or null.
 */
export interface ChangeSql {
  readonly skip: string;
  /** Assignments of the update, without version and time; empty where the finding itself stays as it is. */
  readonly set: string;
  readonly eventKind: 'assign' | 'status' | 'snooze' | 'comment' | 'undo';
}

/** Amazon Inspector's state that follows from what the team says; the only place in SQL where an act decides it. */
export function statusAfter(teamStatus: string, alias: string): string {
  return `case when ${alias}.closed_at is not null then 'CLOSED'
    when ${alias}.suppressed_by is not null or ${teamStatus} in ('accepted', 'false-positive') then 'SUPPRESSED'
    else 'ACTIVE' end`;
}

export function changeSql(act: NewTriageAct, now: Date, values: Parameters): ChangeSql {
  const { change } = act;
  switch (change.kind) {
    case 'assign':
      return assignSql(act, values);
    case 'status':
      return statusSql(act, now, values);
    case 'snooze': {
      const until = values.add(change.until, 'timestamptz(3)');
      return {
        skip: `when j.status = 'CLOSED' then 'closed' when j.snoozed_until is not distinct from ${until} then 'unchanged'`,
        set: `snoozed_until = ${until}, ${KEEP_ORDERS}`,
        eventKind: 'snooze',
      };
    }
    case 'comment':
      return { skip: '', set: '', eventKind: 'comment' };
  }
}

function assignSql({ change, ownerAccounts }: NewTriageAct, values: Parameters): ChangeSql {
  const { owner, team } = change.kind === 'assign' ? change : {};
  const wanted = [
    ...(owner === undefined ? [] : [['owner', values.add(owner, 'text')] as const]),
    ...(team === undefined ? [] : [['team', values.add(team, 'text')] as const]),
  ];
  const same = wanted.map(([column, value]) => `j.${column} is not distinct from ${value}`).join(' and ');
  const unseen =
    ownerAccounts === null ? '' : `when not (j.account_id = any(${values.add(ownerAccounts, 'text[]')})) then 'owner'`;
  return {
    skip: `when j.status = 'CLOSED' then 'closed' ${unseen} when j.assigned and ${same} then 'unchanged'`,
    set: ['assigned = true', KEEP_ORDERS, ...wanted.map(([column, value]) => `${column} = ${value}`)].join(', '),
    eventKind: 'assign',
  };
}

// The clock of the due date stands still while a risk is accepted, and takes up where it stopped. A false positive that was
// none should have been fixed all along, so there it runs on.
function statusSql({ change, acceptable }: NewTriageAct, now: Date, values: Parameters): ChangeSql {
  if (change.kind !== 'status') {
    throw new Error('not a change of status');
  }
  const status = values.add(change.status, 'text');
  const reason = values.add(change.reason, 'text');
  const until = values.add(change.until, 'timestamptz(3)');
  const at = values.add(now, 'timestamptz(3)');
  const from = values.add(
    CHOSEN_STATUSES.filter((one) => TRANSITIONS[one].includes(change.status)),
    'text[]',
  );
  const beyond =
    change.status === 'accepted' ? `when not (j.severity = any(${values.add(acceptable, 'text[]')})) then 'right'` : '';
  const clock =
    change.status === 'accepted'
      ? `paused_since = coalesce(f.paused_since, ${at}), ${KEEP_ORDERS}`
      : `paused_since = null, ${resumedAt(at)}`;
  return {
    skip: `when j.status = 'CLOSED' then 'closed' when j.suppressed_by is not null then 'suppressed' ${beyond}
      when not (j.team_status = any(${from})) then 'unchanged' when j.team_status = ${status} and j.status_reason is not distinct from ${reason}
        and j.accepted_until is not distinct from ${until} then 'unchanged'`,
    set: `team_status = ${status}, status_reason = ${reason}, accepted_until = ${until}, team_status_at = ${at}, ${clock},
      status = ${statusAfter(status, 'f')}`,
    eventKind: 'status',
  };
}

/** Adds the time that the clock stood still to the due date; nothing where it ran. */
export function resumedAt(at: string): string {
  return `due_at = f.due_at + coalesce(greatest(${at} - f.paused_since, interval '0'), interval '0'),
    paused_ms = f.paused_ms + coalesce(greatest(round(extract(epoch from ${at} - f.paused_since) * 1000)::bigint, 0), 0)`;
}

/** What undo needs to give back. */
export const BEFORE = `jsonb_build_object('team_status', j.team_status, 'status_reason', j.status_reason,
  'accepted_until', j.accepted_until, 'team_status_at', j.team_status_at, 'snoozed_until', j.snoozed_until,
  'owner', j.owner, 'team', j.team, 'assigned', j.assigned, 'paused_since', j.paused_since, 'paused_ms', j.paused_ms)`;

/**
 * Gives back what the row was before the act that is undone. Its due date loses what the act added to it, and nothing else:
 * the policy may be another by now.
 */
export function undoSql(): ChangeSql {
  const columns = [
    ['team_status', 'text'],
    ['status_reason', 'text'],
    ['accepted_until', 'timestamptz(3)'],
    ['team_status_at', 'timestamptz(3)'],
    ['snoozed_until', 'timestamptz(3)'],
    ['owner', 'text'],
    ['team', 'text'],
    ['assigned', 'boolean'],
    ['paused_since', 'timestamptz(3)'],
    ['paused_ms', 'bigint'],
  ];
  const set = columns.map(([name, type]) => `${name} = (j.undo ->> '${name}')::${type}`);
  return {
    skip: '',
    set: [
      ...set,
      `due_at = f.due_at - (f.paused_ms - (j.undo ->> 'paused_ms')::bigint) * interval '1 millisecond'`,
      `status = ${statusAfter("j.undo ->> 'team_status'", 'f')}`,
    ].join(', '),
    eventKind: 'undo',
  };
}
