import type { ActivityRecord } from '../../core/model/activity.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { Dependencies } from '../dependencies.ts';

/** Writes what the caller did to a person into the activity record, with the address of the caller's session. */
export async function recordPersonActivity(
  deps: Dependencies,
  caller: Caller,
  action: string,
  object: string,
  detail: string,
  more: { readonly accounts?: readonly string[] | null; readonly record?: ActivityRecord } = {},
): Promise<void> {
  const now = deps.clock.now();
  const sessions = await deps.users.sessionsOf(caller.userId, now);
  const address = sessions.find((session) => session.id === caller.sessionId)?.address ?? '';
  await deps.users.recordActivity({ at: now, actor: caller.email, action, object, detail, address, ...more });
}
