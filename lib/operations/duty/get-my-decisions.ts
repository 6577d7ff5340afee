import { z } from 'zod';
import { refusedApproval } from '../../core/findings/suppression.ts';
import { alarmsOf } from '../../core/findings/suppression-alarms.ts';
import type { MyDecisions } from '../../core/model/duty.ts';
import { type Scope, WHOLE_ESTATE } from '../../core/model/scope.ts';
import type { RuleAlarm, SuppressionRule } from '../../core/model/suppression.ts';
import { parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

/** Decisions that end within this time are told of. */
export const ENDING_DAYS = 14;
const DAY_MS = 86_400_000;
const RULES_MAX = 500;

/** A rule that waits for the caller, or that the caller answers for. */
export interface OwnRule extends Pick<SuppressionRule, 'id' | 'name' | 'query' | 'reason' | 'endsAt'> {
  readonly alarms: readonly RuleAlarm[];
}

export interface OwnDecisions extends MyDecisions {
  /** Rules of the caller that end soon, or that somebody should look at. */
  readonly rules: readonly OwnRule[];
  /** Rules that wait for a second person, where the caller may be that person. */
  readonly approvals: readonly (OwnRule & { readonly by: string })[];
}

/** What the caller decided and has to decide again, and what waits for the caller's yes. */
export const getMyDecisions: Operation<{ readonly scope?: Scope | undefined }, OwnDecisions> = {
  name: 'GetMyDecisions',
  permission: 'findings:read',
  parse: (input) => parseInput(z.object({ scope: scopeInput.optional() }), input),
  async run(deps, caller, { scope = WHOLE_ESTATE }) {
    const now = deps.clock.now();
    const soon = new Date(now.getTime() + ENDING_DAYS * DAY_MS);
    const person = await deps.users.byId(caller.userId);
    const who = { userId: caller.userId, teams: person?.teams ?? [], visible: await visibleScope(deps, caller, scope) };
    const [decisions, all] = await Promise.all([
      deps.duty.myDecisions(who, soon, now),
      deps.suppression.list(false, RULES_MAX),
    ]);
    const own = all.filter(({ owner }) => owner === caller.userId);
    const figures = await deps.suppression.figures(own, caller.accounts, now);
    const rules = own
      .map((rule) => {
        const known = figures.get(rule.id);
        return { ...shown(rule), alarms: known === undefined ? [] : alarmsOf(rule, known, now) };
      })
      .filter(({ alarms, endsAt }) => alarms.length > 0 || (endsAt !== null && endsAt <= soon));
    const approvals = all
      .filter((rule) => rule.state === 'proposed' || rule.proposedEnd !== null)
      .filter((rule) => refusedApproval(rule, caller) === null)
      .map((rule) => ({ ...shown(rule), by: rule.proposedEnd?.by.name ?? rule.approvals[0]?.name ?? rule.createdBy }));
    return { ...decisions, rules, approvals };
  },
};

function shown({ id, name, query, reason, endsAt, proposedEnd }: SuppressionRule): OwnRule {
  return { id, name, query, reason: proposedEnd?.reason ?? reason, endsAt, alarms: [] };
}
