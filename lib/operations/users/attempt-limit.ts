import { AppError } from '../../core/model/app-error.ts';
import type { UserStore } from '../../core/ports/user-store.ts';

const WINDOW_MINUTES = 15;
const FAILURES_PER_KEY = 5;
const FAILURES_PER_ADDRESS = 20;

/** What is counted: an e-mail, or another name of a door such as the set-up page; and where the request came from. */
export interface AttemptKey {
  readonly key: string;
  readonly address: string;
}

/** Minutes until another try is allowed: 0 when one is allowed now. */
export async function minutesLocked(users: UserStore, of: AttemptKey, now: Date): Promise<number> {
  // The store counts both at once and gives the greater; each is asked for alone because their limits differ.
  const byKey = await minutesUntilBelow((since) => users.failedAttempts(of.key, '', since), FAILURES_PER_KEY, now);
  const byAddress = await minutesUntilBelow(
    (since) => users.failedAttempts('', of.address, since),
    FAILURES_PER_ADDRESS,
    now,
  );
  return Math.max(byKey, byAddress);
}

/** Throws the sentence with the wait time when too many tries have failed. */
export async function requireUnlocked(users: UserStore, of: AttemptKey, now: Date): Promise<void> {
  const minutes = await minutesLocked(users, of, now);
  if (minutes > 0) {
    throw new AppError(
      'too-many-attempts',
      `Locked after too many failed tries. Try again in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}.`,
    );
  }
}

/** The number of whole minutes by which the window must move on until fewer than `limit` failures lie in it. */
async function minutesUntilBelow(
  failuresSince: (since: Date) => Promise<number>,
  limit: number,
  now: Date,
): Promise<number> {
  // One millisecond more, because a failure at the very edge still counts for the store.
  const after = (minutes: number): Date => new Date(now.getTime() - (WINDOW_MINUTES - minutes) * 60_000 + 1);
  if ((await failuresSince(after(0))) < limit) {
    return 0;
  }

  let low = 1;
  let high = WINDOW_MINUTES;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await failuresSince(after(middle))) < limit) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
