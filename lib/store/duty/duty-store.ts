import type { RoutingRule } from '../../core/findings/routing.ts';
import type { SlaPolicy } from '../../core/findings/sla-policy.ts';
import type { DutyStore } from '../../core/ports/duty-store.ts';
import { myDecisions } from '../queries/my-decisions.ts';
import { myWork } from '../queries/my-work.ts';
import { teamWork } from '../queries/team-work.ts';
import type { Sql } from '../sql.ts';
import { applyDutyNext } from './apply-duty.ts';
import { loadDuty } from './duty.ts';
import { previewPolicy, previewRules } from './duty-preview.ts';

/** Due dates, owners and teams of stored findings. */
export function createDutyStore(sql: Sql): DutyStore<SlaPolicy, RoutingRule> {
  return {
    policy: async () => (await loadDuty(sql)).policy,
    rules: async () => (await loadDuty(sql)).rules,
    previewPolicy: (policy, now) => previewPolicy(sql, policy, now),
    previewRules: (rules) => previewRules(sql, rules),
    myWork: (who, page, now) => myWork(sql, who, page, now),
    myDecisions: (who, until, now) => myDecisions(sql, who, until, now),
    teamWork: (visible, now) => teamWork(sql, visible, now),
    applyNext: (after) => applyDutyNext(sql, after),
  };
}
