import { z } from 'zod';
import { refusedEnding } from '../../core/findings/suppression.ts';
import type { SuppressionRule } from '../../core/model/suppression.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { type AppliedRule, applyRule } from './apply-rule.ts';
import { changesOfRule, recordRuleActivity } from './record-rule-activity.ts';
import { reasonInput, requireAllowed, requireRule, ruleIdInput } from './rule-of-input.ts';

const form = z.object({ id: ruleIdInput, reason: reasonInput });

/** Ends a rule before its day, or turns down a proposal. What no other rule hides comes back as if it had never been. */
export const endSuppressionRule: Operation<z.output<typeof form>, AppliedRule> = {
  name: 'EndSuppressionRule',
  permission: 'suppression:propose',
  parse: (input) => parseForm(form, input),
  run: (deps, caller, { id, reason }) =>
    deps.atomically(async (tx) => {
      await tx.suppression.lockRules();
      const rule = await requireRule(tx, caller, id);
      requireAllowed(refusedEnding(rule, caller));
      const ended: SuppressionRule = {
        ...rule,
        state: 'ended',
        inForce: false,
        appliedAt: null,
        endedAt: tx.clock.now(),
        endedBy: caller.userId,
        endReason: reason,
        proposedEnd: null,
      };
      await tx.suppression.save(ended);
      const applied = await applyRule(tx, { id, requestedBy: caller.name }, null);
      await recordRuleActivity(tx, caller, 'ended', rule, reason, changesOfRule(rule, ended));
      return applied;
    }),
};
