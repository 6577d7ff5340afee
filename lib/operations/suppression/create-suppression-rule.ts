import { z } from 'zod';
import { approvalOf, faultsOfDraft, isApproved, isInForce, needsTwo } from '../../core/findings/suppression.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { RuleEffect, SuppressionRule } from '../../core/model/suppression.ts';
import type { Dependencies } from '../dependencies.ts';
import { notifyOfApproval } from '../notices/notify.ts';
import type { Operation } from '../operation.ts';
import { parseForm } from '../parse-form.ts';
import { type AppliedRule, applyRule } from './apply-rule.ts';
import { changesOfRule, recordRuleActivity } from './record-rule-activity.ts';
import { queryInput, reasonInput, requireNarrow, requireRuleQuery, timeInput } from './rule-of-input.ts';

const form = z.object({
  name: z.string().trim().max(64, 'A name has at most 64 characters.'),
  query: queryInput,
  reason: reasonInput,
  /** The person who answers for it; the author unless given. */
  owner: z.string().min(1).max(100).nullable().default(null),
  /** At once unless given. */
  startsAt: timeInput.nullable().default(null),
  endsAt: timeInput,
});

export interface CreatedRule extends AppliedRule {
  readonly id: string;
  readonly state: SuppressionRule['state'];
  /** True where the rule waits for another person. */
  readonly needsApproval: boolean;
  readonly effect: RuleEffect;
}

/**
 * Writes a suppression rule. Security's is in force at once, unless it hides what is critical or known to be exploited: that
 * takes a second person. A lead's is a proposal.
 */
export const createSuppressionRule: Operation<z.output<typeof form>, CreatedRule> = {
  name: 'CreateSuppressionRule',
  permission: 'suppression:propose',
  parse: (input) => parseForm(form, input),
  async run(deps, caller, input) {
    const now = deps.clock.now();
    const draft = { ...input, startsAt: input.startsAt ?? now };
    const faults = faultsOfDraft(draft, now);
    const [fault] = Object.values(faults);
    if (fault !== undefined) {
      throw new AppError('invalid-input', fault, faults);
    }
    const { query, text } = requireRuleQuery(deps, caller, input.query);
    const owner = input.owner ?? caller.userId;
    await requireOwner(deps, owner);
    const { accounts } = caller;
    const effect = await deps.suppression.effect({ query, accounts }, null, now);
    requireNarrow(effect);
    const approvals = [approvalOf(caller, now)];
    const approved = isApproved(approvals, needsTwo(effect));
    const rule: Omit<SuppressionRule, 'id'> = {
      name: draft.name,
      query: text,
      origin: 'person',
      reason: draft.reason,
      owner,
      createdBy: caller.userId,
      createdAt: now,
      startsAt: draft.startsAt,
      endsAt: draft.endsAt,
      state: approved ? 'active' : 'proposed',
      accounts,
      approvals,
      knownExploited: effect.knownExploitedIds,
      inForce: false,
      revision: 0,
      appliedAt: null,
      lastMatchedAt: null,
      endedAt: null,
      endedBy: null,
      endReason: null,
      proposedEnd: null,
    };
    const inForce = isInForce({ ...rule, id: '' }, now);
    return deps.atomically(async (tx) => {
      await tx.suppression.lockRules();
      const id = await tx.suppression.add({ ...rule, inForce });
      const applied = inForce
        ? await applyRule(tx, { id, requestedBy: caller.name }, effect.total)
        : { changed: 0, jobId: null };
      const until = `until ${draft.endsAt.toISOString().slice(0, 10)}`;
      const detail = `${text}, ${until}: ${draft.reason} It matches ${effect.total} findings.`;
      const changes = changesOfRule(null, { ...rule, id });
      await recordRuleActivity(tx, caller, approved ? 'created' : 'proposed', rule, detail, changes);
      if (!approved) {
        await notifyOfApproval(tx, { id, name: rule.name, by: caller.userId, byName: caller.name });
      }
      return { ...applied, id, state: rule.state, needsApproval: !approved, effect };
    });
  },
};

async function requireOwner(deps: Dependencies, id: string): Promise<void> {
  const person = await deps.users.byId(id);
  if (person === null || person.disabled) {
    throw new AppError('invalid-input', 'There is no such person.', { owner: 'Choose somebody who can sign in.' });
  }
}
