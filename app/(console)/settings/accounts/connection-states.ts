import type { ConnectedAccount, Connection } from './connection.ts';

/** How a connection stands, with its accounts: one whose roles are all refused is not connected. */
export interface ConnectionStanding {
  readonly tone: 'ok' | 'warn' | 'danger' | 'none';
  readonly word: string;
  /** Why, in one sentence; empty where nothing is wrong. */
  readonly reason: string;
  readonly total: number;
  readonly connected: number;
}

const WORDS: Readonly<Record<Exclude<NonNullable<Connection['state']>, 'read'>, string>> = {
  denied: 'Denied',
  off: 'Denied',
  unreachable: 'Unreachable',
  throttled: 'Throttled',
  failed: 'Failed',
};

export function standingOf({ id, state, detail }: Connection, all: readonly ConnectedAccount[]): ConnectionStanding {
  const accounts = all.filter((account) => account.connectionId === id && account.state !== 'left');
  const connected = accounts.filter((account) => account.state === 'active').length;
  const counts = { total: accounts.length, connected };
  if (state === null) return { tone: 'none', word: 'Not checked yet', reason: '', ...counts };
  if (state !== 'read') {
    const tone = state === 'unreachable' || state === 'throttled' ? 'warn' : 'danger';
    return { tone, word: WORDS[state], reason: detail ?? '', ...counts };
  }
  const first = accounts.find((account) => account.state === 'denied' || account.state === 'unreachable');
  if (first === undefined) return { tone: 'ok', word: 'Connected', reason: '', ...counts };
  const reason = `${first.name}: ${first.detail ?? first.state}`;
  return connected === 0
    ? { tone: 'danger', word: 'No account is read', reason, ...counts }
    : { tone: 'warn', word: 'Connected in part', reason, ...counts };
}
