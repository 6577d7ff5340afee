import { unstable_rethrow } from 'next/navigation';
import type { ActionResult } from '@/lib/auth/action-result.ts';
import { toFailure } from '@/lib/auth/to-failure.ts';

/** Turns the failure of one block into something it can show, so that its neighbours stand. */
export async function settle<T>(work: Promise<T>, where: string): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    // Redirects and not-found travel as errors too, and are for the framework.
    unstable_rethrow(error);
    return toFailure(error, where);
  }
}
