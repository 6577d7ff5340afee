import { awsFailure } from './failure.ts';

/** What was asked for, or why not in words. */
export async function orReason<T>(action: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    return awsFailure(error, action).message;
  }
}
