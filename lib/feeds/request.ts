import { reasonOf } from '../http/reason-of.ts';
import { REDIRECTS_MAX, RedirectError, redirectTarget } from '../http/redirect.ts';
import { isPassing, PassingError, retryAfter } from '../http/retrying.ts';
import { FeedError } from './feed-error.ts';

/** One GET that follows redirects by hand: never from https to anything less. Throws PassingError or FeedError. */
export async function get(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let target = url;
  for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
    const response = await fetchOnce(target, headers, signal);
    const next = nextOf(target, response);
    if (next === null) {
      return response;
    }
    await response.body?.cancel();
    target = next;
  }
  throw new FeedError(`it redirects more than ${REDIRECTS_MAX} times`);
}

function nextOf(url: URL, { status, headers }: Response): URL | null {
  try {
    return redirectTarget(url, status, headers.get('location'));
  } catch (error) {
    throw error instanceof RedirectError ? new FeedError(error.message) : error;
  }
}

async function fetchOnce(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers, signal, redirect: 'manual' });
  } catch (error) {
    throw new PassingError(reasonOf(error));
  }
  if (isPassing(response.status)) {
    await response.body?.cancel();
    throw new PassingError(`it answered ${response.status}`, retryAfter(response.headers.get('retry-after')));
  }
  return response;
}
