import { z } from 'zod';
import {
  approvalOf,
  hasTwoPeople,
  needsTwo,
  refusedExtension,
  storedRuleQuery,
} from '../../core/findings/suppression.ts';
import type { SuppressionRule } from '../../core/model/suppression.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { changesOfRule, recordRuleActivity } from './record-rule-activity.ts';
import { reasonInput, requireAllowed, requireRule, ruleIdInput, timeInput } from './rule-of-input.ts';

const form = z.object({ id: ruleIdInput, endsAt: timeInput, reason: reasonInput });

/** Lets a rule last longer. What two people had to agree to, and what a lead asks for, waits for another person. */
export const extendSuppressionRule: Operation<z.output<typeof form>, { readonly needsApproval: boolean }> = {
  name: 'ExtendSuppressionRule',
  permission: 'suppression:propose',
  parse: (input) => parseForm(form, input),
  async run(deps, caller, { id, endsAt, reason }) {
    const now = deps.clock.now();
    const isGrave = await hidesGrave(deps, await requireRule(deps, caller, id), now);
    return deps.atomically(async (tx) => {
      await tx.suppression.lockRules();
      const rule = await requireRule(tx, caller, id);
      requireAllowed(refusedExtension(rule, caller, endsAt, now));
      const by = approvalOf(caller, now);
      const needsApproval = isGrave || !by.writes;
      const changed: SuppressionRule = needsApproval
        ? { ...rule, proposedEnd: { endsAt, reason, by } }
        : { ...rule, endsAt, proposedEnd: null };
      await tx.suppression.save(changed);
      const action = needsApproval ? 'extension-proposed' : 'extended';
      const detail = `Until ${endsAt.toISOString().slice(0, 10)}: ${reason}`;
      await recordRuleActivity(tx, caller, action, rule, detail, changesOfRule(rule, changed));
      return { needsApproval };
    });
  },
};

async function hidesGrave(deps: Dependencies, rule: SuppressionRule, now: Date): Promise<boolean> {
  const query = storedRuleQuery(rule.query);
  if (query === null || !hasTwoPeople(rule.approvals)) {
    return false;
  }
  return needsTwo(await deps.suppression.effect({ query, accounts: rule.accounts }, rule.id, now));
}
