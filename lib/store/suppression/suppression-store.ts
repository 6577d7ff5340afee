import { AppError } from '../../core/model/app-error.ts';
import type { SuppressionStore } from '../../core/ports/suppression-store.ts';
import { NOT_STORED } from '../queries/query-conditions.ts';
import type { Sql } from '../sql.ts';
import { endDecisions } from './end-decisions.ts';
import { isDecisionDue } from './is-decision-due.ts';
import { judgeLocked, lockRules } from './judge-findings.ts';
import { misjudged } from './misjudged.ts';
import { ruleEffect } from './rule-effect.ts';
import { ruleFigures } from './rule-figures.ts';
import { addRule, dueRules, listRules, ruleById, saveRule } from './rule-rows.ts';
import { saveVexUses, vexHidden, vexRules } from './vex-rules.ts';

export function createSuppressionStore(sql: Sql): SuppressionStore {
  return {
    add: (rule) => addRule(sql, rule),
    byId: (id) => ruleById(sql, id),
    save: (rule) => saveRule(sql, rule),
    list: (ended, limit) => listRules(sql, ended, limit),
    checkQuery({ terms }) {
      const why = terms
        .map(({ field }) => [field, NOT_STORED[field]] as const)
        .find(([, reason]) => reason !== undefined);
      if (why !== undefined) {
        const message = `A rule cannot ask for ${why[0]}: yet, because ${why[1]}. Take it out.`;
        throw new AppError('invalid-input', message, { query: message });
      }
    },
    effect: (reach, ruleId, now) => ruleEffect(sql, reach, ruleId, now),
    figures: (rules, accounts, now) => ruleFigures(sql, rules, accounts, now),
    lockRules: () => lockRules(sql),
    misjudged: (ruleId, limit, now) => misjudged(sql, ruleId, limit, now),
    judge: (ids, now) => judgeLocked(sql, ids, now),
    noteApplied: async (ruleId, revision, now) => (await sql.query(NOTE_APPLIED, [ruleId, revision, now])).length > 0,
    due: (now, appliedBefore) => dueRules(sql, now, appliedBefore),
    isDue: (now, appliedBefore) => isDecisionDue(sql, now, appliedBefore),
    endDecisions: (limit, now) => endDecisions(sql, limit, now),
    saveVexUses: (uses, now) => saveVexUses(sql, uses, now),
    vexRules: (accounts, limit) => vexRules(sql, accounts, limit),
    vexHidden: (ruleId, accounts, limit) => vexHidden(sql, ruleId, accounts, limit),
  };
}

const NOTE_APPLIED = `
update suppression_rule set applied_at = $3::timestamptz where id = $1::bigint and revision = $2::int returning 1`;
