import { DUE_SOON_MS } from '../../core/findings/due-soon.ts';
import type { WordField } from '../../core/model/finding-query.ts';
import type { Parameters } from './parameters.ts';
import { anyOf } from './text-match.ts';

const SOON = `interval '${DUE_SOON_MS / 3_600_000} hours'`;

/** Fields whose words are the values of a column, in capitals where that has them so. */
const COLUMNS = {
  status: { column: 'status', spell: (word: string) => word.toUpperCase() },
  severity: { column: 'severity', spell: (word: string) => word.toUpperCase() },
  fix: { column: 'fix_available', spell: (word: string) => word },
  exploit: { column: 'exploit', spell: (word: string) => word },
  kind: { column: 'kind', spell: (word: string) => word },
  type: { column: 'type', spell: typeOf },
} as const;

const TYPES: Readonly<Record<string, string>> = {
  package: 'PACKAGE_VULNERABILITY',
  network: 'NETWORK_REACHABILITY',
  code: 'CODE_VULNERABILITY',
};

function typeOf(word: string): string {
  return TYPES[word] ?? word.toUpperCase();
}

/** A finding is in one of the states, or has one of the words of a column. */
export function wordCondition(field: WordField, words: readonly string[], values: Parameters, now: Date): string {
  if (field === 'is' || field === 'sla' || field === 'reach' || field === 'source') {
    const states: Readonly<Record<string, string>> = STATES[field];
    return anyOf(words.map((word) => `(${atTime(states[word] ?? 'false', values, now)})`));
  }
  if (field === 'exploit' && words.length === 1 && words[0] === 'kev') {
    // Few among many, and they have an index of their own.
    return 'f.kev';
  }
  const { column, spell } = COLUMNS[field];
  return `f.${column} = any(${values.add(words.map(spell), 'text[]')})`;
}

function atTime(condition: string, values: Parameters, now: Date): string {
  return condition.includes(NOW) ? condition.replaceAll(NOW, values.add(now, 'timestamptz')) : condition;
}

const NOW = '{now}';
const RUNNING = "f.status <> 'CLOSED' and f.paused_since is null";

const STATES = {
  is: {
    any: 'true',
    open: "f.status = 'ACTIVE'",
    fixed: "f.status = 'CLOSED'",
    suppressed: "f.status = 'SUPPRESSED'",
    'in-progress': "f.team_status = 'in-progress' and f.status <> 'CLOSED'",
    'awaiting-rescan': "f.team_status = 'awaiting-rescan' and f.status <> 'CLOSED'",
    accepted: "f.team_status = 'accepted' and f.status <> 'CLOSED'",
    'false-positive': "f.team_status = 'false-positive' and f.status <> 'CLOSED'",
    overdue: `f.status = 'ACTIVE' and f.due_order < ${NOW} and f.paused_since is null`,
    assigned: 'f.owner is not null or f.team is not null',
    snoozed: `f.snoozed_until > ${NOW}`,
  },
  sla: {
    none: "f.status = 'CLOSED' or f.due_at is null",
    paused: "f.status <> 'CLOSED' and f.due_at is not null and f.paused_since is not null",
    over: `${RUNNING} and f.due_at < ${NOW}`,
    soon: `${RUNNING} and f.due_at >= ${NOW} and f.due_at <= ${NOW} + ${SOON}`,
    'on-time': `${RUNNING} and f.due_at > ${NOW} + ${SOON}`,
  },
  reach: {
    internet: "f.reach = 'internet'",
    peer: "f.reach = 'peer'",
    isolated: "f.reach = 'isolated'",
    unknown: 'f.reach is null',
  },
  source: { harrier: '(f.sources & 1) <> 0', securityhub: '(f.sources & 2) <> 0' },
} as const;
