import { reasonOf } from '../http/reason-of.ts';
import { PassingError, REQUEST_TIMES, type RequestTimes, retrying } from '../http/retrying.ts';
import { silenceLimit } from '../http/silence.ts';
import { FeedError } from './feed-error.ts';
import { get } from './request.ts';

export interface TextAtOptions {
  readonly bytesMax: number;
  readonly signal: AbortSignal;
  readonly times?: RequestTimes | undefined;
}

/** A file of a server as text. Throws FeedError when it is not there or too large, PassingError when no try brought it. */
export function textAt(url: URL, { bytesMax, signal, times = REQUEST_TIMES }: TextAtOptions): Promise<string> {
  return retrying(
    async () => {
      const limit = silenceLimit(signal, times.silenceMilliseconds);
      try {
        const response = await get(url, {}, limit.signal);
        if (response.status !== 200) {
          await response.body?.cancel();
          throw new FeedError(`${url.host} answered ${response.status} for ${url.pathname}`);
        }
        return await textOf(response, url, bytesMax, limit.heard);
      } catch (error) {
        throw limit.reasonFor(error);
      } finally {
        limit.end();
      }
    },
    times,
    signal,
  );
}

async function textOf(response: Response, url: URL, bytesMax: number, heard: () => void): Promise<string> {
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of response.body ?? []) {
      heard();
      total += part.length;
      if (total > bytesMax) {
        throw new FeedError(`${url.host} sent more than ${bytesMax} bytes for ${url.pathname}`);
      }
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof FeedError ? error : new PassingError(reasonOf(error));
  }
  return Buffer.concat(parts).toString('utf8');
}
