import { TEAM_STATUS_WORDS } from '@/components/findings/status-words.ts';
import { formatDate } from '@/components/format/format-time.ts';
import type { ChosenStatus } from '@/lib/core/model/triage.ts';
import type { FindingRow } from '@/lib/core/model/views.ts';

/** One thing that is done to findings, with the words that the foot of the page says of it. */
export type TriageAct =
  | {
      readonly kind: 'assign';
      readonly owner?: { readonly id: string; readonly name: string } | null;
      readonly team?: string | null;
    }
  | {
      readonly kind: 'status';
      readonly status: ChosenStatus;
      readonly reason: string | null;
      readonly until: Date | null;
    }
  | { readonly kind: 'snooze'; readonly until: Date | null };

/** The row as it will be, shown before the server has answered. */
export function applyAct(row: FindingRow, act: TriageAct): FindingRow {
  if (row.status === 'CLOSED') return row;
  switch (act.kind) {
    case 'assign':
      return {
        ...row,
        ...(act.owner === undefined ? {} : { ownerId: act.owner?.id ?? null, ownerName: act.owner?.name ?? null }),
        ...(act.team === undefined ? {} : { team: act.team }),
      };
    case 'status': {
      const hides = act.status === 'accepted' || act.status === 'false-positive';
      return { ...row, teamStatus: act.status, status: hides ? 'SUPPRESSED' : 'ACTIVE' };
    }
    case 'snooze':
      return { ...row, snoozedUntil: act.until };
  }
}

/** `assigned to Mara Klein`, `accepted until 31 Jan 2027`, `snoozed until 4 Dec 2026`. */
export function describeAct(act: TriageAct): string {
  switch (act.kind) {
    case 'assign':
      return describeAssignment(act);
    case 'status': {
      const word = TEAM_STATUS_WORDS[act.status].toLowerCase();
      return act.until === null ? `now ${word}` : `${word} until ${formatDate(act.until)}`;
    }
    case 'snooze':
      return act.until === null ? 'no longer snoozed' : `snoozed until ${formatDate(act.until)}`;
  }
}

function describeAssignment({ owner, team }: Extract<TriageAct, { kind: 'assign' }>): string {
  const to = [owner?.name, team == null ? null : `team ${team}`].filter((part) => part != null);
  return to.length === 0 ? 'assigned to nobody' : `assigned to ${to.join(' and ')}`;
}
