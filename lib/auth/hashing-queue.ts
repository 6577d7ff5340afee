import { AppError } from '../core/model/app-error.ts';

/**
 * Runs at most `atOnce` pieces of work at the same time and lets `waitingMax` more wait in line; beyond that it refuses
 * at once. Checking a password costs 19 MiB and tens of milliseconds, so that a flood of sign-ins would otherwise
 * take the whole machine.
 */
export function hashingQueue(atOnce: number, waitingMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax) {
        throw new AppError('unavailable', 'Too many people sign in at this moment. Try again in a few seconds.');
      }
      // Whoever finishes hands over the place, so `running` does not change in between.
      await new Promise<void>((go) => waiting.push(go));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        running -= 1;
      } else {
        next();
      }
    }
  };
}
