import { setTimeout as sleep } from 'node:timers/promises';

export interface RequestTimes {
  /** First wait before another try; doubles each time. */
  readonly retryMilliseconds: number;
  readonly attempts: number;
  /** A server that sends nothing for so long is given up. */
  readonly silenceMilliseconds: number;
}

export const REQUEST_TIMES: RequestTimes = { retryMilliseconds: 500, attempts: 5, silenceMilliseconds: 30_000 };

const WAIT_MILLISECONDS_MAX = 30_000;

/** An error that another try may cure: the network failed, or the server said that it is its fault. */
export class PassingError extends Error {
  readonly waitMilliseconds: number | null;

  constructor(message: string, waitMilliseconds: number | null = null) {
    super(message);
    this.name = 'PassingError';
    this.waitMilliseconds = waitMilliseconds;
  }
}

/** Runs the attempt again after growing pauses, as long as it fails with a `PassingError`. */
export async function retrying<T>(attempt: () => Promise<T>, times: RequestTimes, signal: AbortSignal): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      await pauseAfter(error, tried, times, signal);
    }
  }
}

/** Waits before the next try: as long as the server asked for, else longer each time. Throws what no other try may cure. */
export async function pauseAfter(
  error: unknown,
  tried: number,
  times: RequestTimes,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (!(error instanceof PassingError) || tried >= times.attempts) {
    throw error;
  }
  const grown = times.retryMilliseconds * 2 ** (tried - 1) * (0.75 + Math.random() / 2);
  await sleep(Math.min(error.waitMilliseconds ?? grown, WAIT_MILLISECONDS_MAX), undefined, { signal });
}

/** The statuses by which a server says that it is not its last word. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** The wait that a Retry-After header asks for; null where there is none that is stated in seconds. */
export function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null;
}
