import { setImmediate as nextTurn } from 'node:timers/promises';

const LONGEST_TURN_MILLISECONDS = 25;

/**
 * Gives the event loop a turn when this work has held it for long. Synchronous calls are several times faster on
 * small files, but a worker that never yields cannot be cancelled and misses its heartbeats.
 */
export function createBreather(signal: AbortSignal): () => Promise<void> | undefined {
  let turnStarted = performance.now();
  return () => {
    if (performance.now() - turnStarted < LONGEST_TURN_MILLISECONDS) {
      return undefined;
    }
    return nextTurn().then(() => {
      turnStarted = performance.now();
      signal.throwIfAborted();
    });
  };
}
