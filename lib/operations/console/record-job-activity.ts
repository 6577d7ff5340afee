import type { ActivityRecord } from '../../core/model/activity.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { Dependencies } from '../dependencies.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

/** Writes into the activity record who asked for which job. */
export function recordJobActivity(
  deps: Dependencies,
  caller: Caller,
  action: string,
  object: string,
  detail: string,
  record?: ActivityRecord,
): Promise<void> {
  return recordPersonActivity(deps, caller, action, object, detail, record === undefined ? {} : { record });
}
