import { z } from 'zod';
import {
  approvalOf,
  hasTwoPeople,
  isApproved,
  isInForce,
  needsTwo,
  refusedApproval,
  storedRuleQuery,
} from '../../core/findings/suppression.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { RuleEffect, SuppressionRule } from '../../core/model/suppression.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { type AppliedRule, applyRule } from './apply-rule.ts';
import { changesOfRule, recordRuleActivity } from './record-rule-activity.ts';
import { requireAllowed, requireNarrow, requireRule, ruleIdInput } from './rule-of-input.ts';

const form = z.object({ id: ruleIdInput });

export interface ApprovedRule extends AppliedRule {
  readonly state: SuppressionRule['state'];
}

/** Another person's yes: to a rule, to what one person alone cannot hide, or to a later end. */
export const approveSuppressionRule: Operation<z.output<typeof form>, ApprovedRule> = {
  name: 'ApproveSuppressionRule',
  permission: 'suppression:write',
  parse: (input) => parseForm(form, input),
  async run(deps, caller, { id }) {
    const now = deps.clock.now();
    const known = await requireRule(deps, caller, id);
    requireAllowed(refusedApproval(known, caller));
    const query = storedRuleQuery(known.query);
    if (query === null) {
      throw new AppError('conflict', 'The query of this rule cannot be read any more. Write a new rule.');
    }
    const effect = await deps.suppression.effect({ query, accounts: known.accounts }, id, now);
    if (known.proposedEnd === null) {
      requireNarrow(effect);
    }
    return deps.atomically(async (tx) => {
      await tx.suppression.lockRules();
      const rule = await requireRule(tx, caller, id);
      requireAllowed(refusedApproval(rule, caller));
      const changed = rule.proposedEnd === null ? approved(rule, caller, effect, now) : withLaterEnd(rule);
      if (changed.endsAt !== null && changed.endsAt <= now) {
        throw new AppError('conflict', 'The end of this rule has passed. Write a new one.');
      }
      // A second person lets a rule hide what it had to leave in sight.
      const reachesMore =
        changed.inForce && (!rule.inForce || hasTwoPeople(changed.approvals) !== hasTwoPeople(rule.approvals));
      await tx.suppression.save(reachesMore ? { ...changed, appliedAt: null } : changed);
      const applied = reachesMore
        ? await applyRule(tx, { id, requestedBy: caller.name }, effect.total)
        : { changed: 0, jobId: null };
      await recordRuleActivity(tx, caller, 'approved', rule, detailOf(rule, effect), changesOfRule(rule, changed));
      return { ...applied, state: changed.state };
    });
  },
};

function approved(rule: SuppressionRule, caller: Caller, effect: RuleEffect, now: Date): SuppressionRule {
  const approvals = [...rule.approvals, approvalOf(caller, now)];
  const isActive = rule.state === 'active' || isApproved(approvals, needsTwo(effect));
  const changed: SuppressionRule = {
    ...rule,
    approvals,
    state: isActive ? 'active' : rule.state,
    knownExploited: effect.knownExploitedIds,
  };
  return { ...changed, inForce: isInForce(changed, now) };
}

/** The end moves and nothing else: who agrees to more time has not been asked for more reach. */
function withLaterEnd(rule: SuppressionRule): SuppressionRule {
  return { ...rule, endsAt: rule.proposedEnd?.endsAt ?? rule.endsAt, proposedEnd: null };
}

function detailOf({ proposedEnd, query }: SuppressionRule, { total, severities, knownExploited }: RuleEffect): string {
  return proposedEnd === null
    ? `${query}. It matches ${total} findings, ${severities.CRITICAL} critical and ${knownExploited} known to be exploited.`
    : `A later end, ${proposedEnd.endsAt.toISOString().slice(0, 10)}: ${proposedEnd.reason}`;
}
