import { z } from 'zod';
import { refusalsOf, seesSome } from '../../core/findings/suppression.ts';
import { alarmsOf } from '../../core/findings/suppression-alarms.ts';
import type { ListedRule, RuleFigures, VexRule } from '../../core/model/suppression.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

const schema = z.object({ ended: z.boolean().default(false) });
const RULES_MAX = 500;

export interface SuppressionRules {
  readonly rules: readonly ListedRule[];
  /** What suppliers say, read-only. */
  readonly vex: readonly VexRule[];
}

const NOTHING: RuleFigures = {
  hidden: 0,
  hiddenSince: 0,
  severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNTRIAGED: 0 },
  knownExploited: 0,
  matches: false,
  newlyExploitedIds: [],
  spared: 0,
  open: 0,
};

/** Every rule that may hide something from the reader, what it hides of theirs, and what is wrong with it. */
export const listSuppressionRules: Operation<z.output<typeof schema>, SuppressionRules> = {
  name: 'ListSuppressionRules',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { ended }) {
    const now = deps.clock.now();
    const { accounts } = caller;
    const [all, vex] = await Promise.all([
      deps.suppression.list(ended, RULES_MAX),
      ended ? [] : deps.suppression.vexRules(accounts, RULES_MAX),
    ]);
    const rules = all.filter((rule) => seesSome(accounts, rule.accounts));
    const [figures, people] = await Promise.all([deps.suppression.figures(rules, accounts, now), deps.users.list()]);
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return {
      vex,
      rules: rules.map((rule) => {
        const own = figures.get(rule.id) ?? NOTHING;
        const seen = rule.accounts?.filter((account) => accounts === null || accounts.includes(account)) ?? null;
        return {
          ...rule,
          accounts: seen,
          figures: own,
          alarms: alarmsOf(rule, own, now),
          authorName: names.get(rule.createdBy) ?? rule.approvals[0]?.name ?? rule.createdBy,
          ownerName: names.get(rule.owner) ?? rule.owner,
          refused: refusalsOf(rule, caller, now),
        };
      }),
    };
  },
};
