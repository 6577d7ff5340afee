import type { Caller } from '../../core/model/permissions.ts';
import type { Dependencies } from '../dependencies.ts';

/** Writes into the activity record who asked for which job. */
export function recordJobActivity(
  deps: Dependencies,
  caller: Caller,
  action: string,
  object: string,
  detail: string,
): Promise<void> {
  return deps.users.recordActivity({
    at: deps.clock.now(),
    actor: caller.email,
    action,
    object,
    detail,
    address: '',
  });
}
