import { PassingError } from './retrying.ts';

/** Ends a request whose server sends nothing for a while; slow servers that go on sending are waited for. */
export interface SilenceLimit {
  readonly signal: AbortSignal;
  /** Something came. */
  heard(): void;
  /** The reason of a failure: that of the caller's signal, or a `PassingError` where the server was silent. */
  reasonFor(error: unknown): unknown;
  end(): void;
}

export function silenceLimit(signal: AbortSignal, milliseconds: number): SilenceLimit {
  const silence = new AbortController();
  const giveUp = (): void =>
    silence.abort(new PassingError(`it sent nothing for ${Math.round(milliseconds / 1000)} seconds`));
  let timer = setTimeout(giveUp, milliseconds);
  return {
    signal: AbortSignal.any([signal, silence.signal]),
    heard() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, milliseconds);
    },
    reasonFor(error) {
      if (signal.aborted) {
        return signal.reason;
      }
      return silence.signal.aborted ? silence.signal.reason : error;
    },
    end: () => clearTimeout(timer),
  };
}
