import 'server-only';
import type { Dependencies } from '../operations/dependencies.ts';
import type { RequestSource } from '../operations/users/open-session.ts';
import { getDependencies } from '../wiring/for-next.ts';
import type { ActionResult } from './action-result.ts';
import { requestSource } from './request-source.ts';
import { startBrowserSession } from './session-cookie.ts';
import { toFailure } from './to-failure.ts';

/** What a form of somebody who is not signed in yet shows after it was sent: why not, and what they had typed. */
export interface DoorState {
  readonly failure: Extract<ActionResult<never>, { ok: false }> | null;
  /** Everything but passwords and codes, so that a refused form need not be filled in again. */
  readonly typed: Readonly<Record<string, string>>;
}

/** Opens a session by the given means and hands it to the browser; null when that worked, else what the form shows. */
export async function openBrowserSession(
  name: string,
  form: FormData,
  open: (deps: Dependencies, form: unknown, source: RequestSource) => Promise<string>,
): Promise<DoorState | null> {
  try {
    const sessionId = await open(await getDependencies(), Object.fromEntries(form), await requestSource());
    await startBrowserSession(sessionId);
    return null;
  } catch (error) {
    return { failure: toFailure(error, name), typed: { name: textOf(form, 'name'), email: textOf(form, 'email') } };
  }
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value.slice(0, 300) : '';
}
