import { setTimeout as sleep } from 'node:timers/promises';
import { FeedError, reasonOf } from './feed-error.ts';

export interface RequestTimes {
  /** First wait before another try; doubles each time. */
  readonly retryMilliseconds: number;
  readonly attempts: number;
  /** A server that sends nothing for so long is given up. */
  readonly silenceMilliseconds: number;
}

export const REQUEST_TIMES: RequestTimes = { retryMilliseconds: 500, attempts: 5, silenceMilliseconds: 30_000 };

const REDIRECTS_MAX = 5;
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
      signal.throwIfAborted();
      if (!(error instanceof PassingError) || tried >= times.attempts) {
        throw error;
      }
      const grown = times.retryMilliseconds * 2 ** (tried - 1) * (0.75 + Math.random() / 2);
      await sleep(Math.min(error.waitMilliseconds ?? grown, WAIT_MILLISECONDS_MAX), undefined, { signal });
    }
  }
}

/** One GET that follows redirects by hand: never from https to anything less. Throws PassingError or FeedError. */
export async function get(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let target = url;
  for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
    const response = await fetchOnce(target, headers, signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || response.status === 304 || location === null) {
      return response;
    }
    await response.body?.cancel();
    const next = new URL(location, target);
    const allowed = next.protocol === 'https:' || (next.protocol === 'http:' && target.protocol === 'http:');
    if (!allowed) {
      throw new FeedError(`it redirects to ${next.protocol}//${next.host}, which is not https`);
    }
    target = next;
  }
  throw new FeedError(`it redirects more than ${REDIRECTS_MAX} times`);
}

async function fetchOnce(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers, signal, redirect: 'manual' });
  } catch (error) {
    throw new PassingError(reasonOf(error));
  }
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    await response.body?.cancel();
    throw new PassingError(`it answered ${response.status}`, retryAfter(response.headers.get('retry-after')));
  }
  return response;
}

function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : null;
}
