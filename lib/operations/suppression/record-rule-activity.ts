import type { Caller } from '../../core/model/permissions.ts';
import type { Dependencies } from '../dependencies.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

export type RuleAction = 'proposed' | 'created' | 'approved' | 'ended' | 'extended' | 'extension-proposed';

/** Writes into the activity record what the caller did to a rule. */
export function recordRuleActivity(
  deps: Dependencies,
  caller: Caller,
  action: RuleAction,
  name: string,
  detail: string,
): Promise<void> {
  return recordPersonActivity(deps, caller, `suppression-rule-${action}`, name, detail);
}
