import { formatCount, formatCounted } from '@/components/format/format-count.ts';
import type { ConnectedAccount } from './connection.ts';

const NEW_MS = 7 * 24 * 3_600_000;

type Trouble = Exclude<ConnectedAccount['state'], 'active'>;

/** In the order in which they are listed: what somebody can mend first. */
const TROUBLES: readonly Trouble[] = ['denied', 'unreachable', 'suspended', 'left'];

export interface AccountSums {
  /** Accounts that a connection reaches; those that left are not among them. */
  readonly total: number;
  readonly connected: number;
  readonly counts: Readonly<Record<Trouble, number>>;
  /** Accounts that are not read, those that can be mended first. */
  readonly troubled: readonly ConnectedAccount[];
  /** Accounts that were first seen in the last seven days, the newest first. */
  readonly fresh: readonly ConnectedAccount[];
}

export function accountSums(accounts: readonly ConnectedAccount[], now: Date): AccountSums {
  const inState = (state: ConnectedAccount['state']) => accounts.filter((account) => account.state === state);
  const troubled = TROUBLES.flatMap(inState);
  const counts = Object.fromEntries(TROUBLES.map((state) => [state, inState(state).length])) as AccountSums['counts'];
  return {
    total: accounts.length - counts.left,
    connected: inState('active').length,
    counts,
    troubled,
    fresh: accounts
      .filter((account) => account.state !== 'left' && isNew(account, now))
      .sort((a, b) => b.firstSeenAt.getTime() - a.firstSeenAt.getTime()),
  };
}

export function isNew({ firstSeenAt }: ConnectedAccount, now: Date): boolean {
  return now.getTime() - firstSeenAt.getTime() < NEW_MS;
}

/** `209 accounts connected, 2 denied, 1 suspended`. */
export function sumsInWords({ connected, counts }: AccountSums): string {
  const parts = TROUBLES.filter((state) => counts[state] > 0).map((state) => `${formatCount(counts[state])} ${state}`);
  return [`${formatCounted(connected, 'account')} connected`, ...parts].join(', ');
}
