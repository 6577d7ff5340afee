import 'server-only';
import { revalidatePath } from 'next/cache';
import { AppError } from '../core/model/app-error.ts';
import { type Operation, runOperation } from '../operations/operation.ts';
import { getDependencies } from '../wiring/for-next.ts';
import type { ActionResult } from './action-result.ts';
import { currentCaller } from './current-caller.ts';
import { toFailure } from './to-failure.ts';

/**
 * Makes a server action of an operation: finds out who is asking, runs it and answers with a result. Next.js itself refuses
 * calls from another origin. A form may be handed over as it is.
 */
export function guardAction<Input, Output>(
  operation: Operation<Input, Output>,
  options: { readonly revalidate?: string } = {},
): (input: unknown) => Promise<ActionResult<Output>> {
  return async (input) => {
    try {
      const caller = await currentCaller();
      if (caller === null) {
        throw new AppError('not-signed-in', 'Your session has ended. Sign in again; nothing was changed.');
      }
      const plain = input instanceof FormData ? Object.fromEntries(input) : input;
      const value = await runOperation(operation, await getDependencies(), caller, plain);
      if (options.revalidate !== undefined) {
        revalidatePath(options.revalidate);
      }
      return { ok: true, value };
    } catch (error) {
      return toFailure(error, operation.name);
    }
  };
}
