import { changesBetween, type FieldChange } from '../../core/model/activity.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { SuppressionRule } from '../../core/model/suppression.ts';
import type { Dependencies } from '../dependencies.ts';
import { recordPersonActivity } from '../users/record-person-activity.ts';

export type RuleAction = 'proposed' | 'created' | 'approved' | 'ended' | 'extended' | 'extension-proposed';

/** Writes into the activity record what the caller did to a rule. */
export function recordRuleActivity(
  deps: Dependencies,
  caller: Caller,
  action: RuleAction,
  rule: Pick<SuppressionRule, 'name' | 'accounts'>,
  detail: string,
  changes: readonly FieldChange[],
): Promise<void> {
  return recordPersonActivity(deps, caller, `suppression-rule-${action}`, rule.name, detail, {
    accounts: rule.accounts,
    record: { changes },
  });
}

/** The fields of a rule that acts change, told as they were and as they are; null for a rule that was not there. */
export function changesOfRule(before: SuppressionRule | null, after: SuppressionRule): readonly FieldChange[] {
  return changesBetween(before === null ? {} : factsOf(before), factsOf(after));
}

function factsOf({ query, state, endsAt, reason, owner, proposedEnd, approvals, endReason }: SuppressionRule): object {
  return {
    Query: query,
    State: state,
    Reason: reason,
    Owner: owner,
    Ends: endsAt,
    'Proposed end': proposedEnd?.endsAt,
    'Approved by': approvals.length === 0 ? null : approvals.map(({ name }) => name).join(', '),
    'End reason': endReason,
  };
}
