import 'server-only';
import { randomUUID } from 'node:crypto';
import { AppError } from '../core/model/app-error.ts';
import { getLog } from '../wiring/for-next.ts';
import type { ActionResult } from './action-result.ts';

/**
 * Turns whatever was thrown into what a person may read. Only an AppError speaks for itself; anything else becomes one
 * neutral sentence, and its story goes to the log under the id in that sentence.
 */
export function toFailure(error: unknown, where: string): Extract<ActionResult<never>, { ok: false }> {
  if (error instanceof AppError) {
    return { ok: false, code: error.code, message: error.message, fields: error.fields };
  }
  const requestId = randomUUID().slice(0, 8);
  getLog().error({ requestId, where, err: error }, 'request failed');
  return {
    ok: false,
    code: 'unexpected',
    message: `This did not work. The log of Harrier has the reason under ${requestId}.`,
    fields: {},
  };
}
