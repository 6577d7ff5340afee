import type { IncomingMessage } from 'node:http';
import { reasonOf } from '../../http/reason-of.ts';
import { PassingError } from '../../http/retrying.ts';
import { silent } from './send.ts';

export interface BodyLimits {
  readonly silenceMilliseconds: number;
  readonly signal: AbortSignal;
}

/** After so long a wait a body must have come faster than this, or its server only pretends to send one. */
const PATIENCE_MILLISECONDS = 60_000;
const BYTES_PER_SECOND_MIN = 1_024;

/**
 * The bytes of an answer. Only the time that is spent waiting for the server counts against it. Throws PassingError where
 * the connection breaks, or the server is silent or hardly moves.
 */
export async function* bodyOf(
  response: IncomingMessage,
  { silenceMilliseconds, signal }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  const giveUp = () => response.destroy(silent(silenceMilliseconds));
  let waited = 0;
  let received = 0;
  let since = performance.now();
  let timer = setTimeout(giveUp, silenceMilliseconds);
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      waited += performance.now() - since;
      received += chunk.length;
      if (waited > PATIENCE_MILLISECONDS && received < (waited / 1000) * BYTES_PER_SECOND_MIN) {
        throw new PassingError(`it sent no more than ${received} bytes in ${Math.round(waited / 1000)} seconds`);
      }
      yield chunk;
      since = performance.now();
      timer = setTimeout(giveUp, silenceMilliseconds);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof PassingError ? error : new PassingError(reasonOf(error));
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}
