import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** A stream that may end before we do, as under `| head`: what nobody reads any more is dropped without a fuss. */
export interface Output {
  readonly isTerminal: boolean;
  /** True once the reader has gone. */
  isClosed(): boolean;
  /** Waits while the reader is slower than we are. */
  write(text: string): Promise<void>;
  line(text: string): Promise<void>;
}

export function createOutput(stream: Writable & { readonly isTTY?: boolean }): Output {
  let closed = false;
  let failure: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') {
      failure = error;
    }
  });
  const write = async (text: string): Promise<void> => {
    if (failure !== null) {
      throw failure;
    }
    if (closed || stream.write(text)) {
      return;
    }
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]).catch(() => undefined);
  };
  return {
    isTerminal: stream.isTTY === true,
    isClosed: () => closed,
    write,
    line: (text) => write(`${text}\n`),
  };
}
