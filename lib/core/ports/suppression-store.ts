import type { FindingQuery } from '../model/finding-query.ts';
import type { ResourceId } from '../model/ids.ts';
import type { RuleEffect, RuleFigures, SuppressionRule, VexHidden, VexRule } from '../model/suppression.ts';
import type { VexUse } from '../model/vex.ts';

/** A query in the accounts in which it may hide something. */
export interface RuleReach {
  readonly query: FindingQuery;
  readonly accounts: readonly string[] | null;
}

/** Rules that hide findings, and the findings as they stand under them. */
export interface SuppressionStore {
  /** Returns its id. Throws AppError `conflict` when another rule that has not ended has the name. */
  add(rule: Omit<SuppressionRule, 'id'>): Promise<string>;
  /** Inside a transaction the rule stays locked to its end. */
  byId(id: string): Promise<SuppressionRule | null>;
  save(rule: SuppressionRule): Promise<void>;
  /** People's rules, newest first: those that have not ended, or those that have. */
  list(ended: boolean, limit: number): Promise<readonly SuppressionRule[]>;

  /** Throws AppError `invalid-input` for a query that no rule can be made of. */
  checkQuery(query: FindingQuery): void;
  /** `ruleId` leaves that rule out of the overlap. */
  effect(reach: RuleReach, ruleId: string | null, now: Date): Promise<RuleEffect>;
  /** What rules do now, in the accounts that the reader may see. */
  figures(
    rules: readonly SuppressionRule[],
    accounts: readonly string[] | null,
    now: Date,
  ): Promise<ReadonlyMap<string, RuleFigures>>;

  /** To the end of the transaction nobody judges findings, and all who have begun to have ended: rules may change. */
  lockRules(): Promise<void>;
  /** Findings that do not stand as the rule says, at most so many, in no order. */
  misjudged(ruleId: string, limit: number, now: Date): Promise<readonly string[]>;
  /** Brings findings up to the rules in force, in the surrounding transaction; returns how many changed. */
  judge(findingIds: readonly string[], now: Date): Promise<number>;
  /** Notes that every finding stands as that revision of the rule says; false when the rule is another by now. */
  noteApplied(ruleId: string, revision: number, now: Date): Promise<boolean>;

  /** Rules with a step due, with an application that was not finished, or whose last one is older than `appliedBefore`. */
  due(now: Date, appliedBefore: Date): Promise<readonly SuppressionRule[]>;
  /** Whether there is such a rule, or an acceptance or a snooze to end. */
  isDue(now: Date, appliedBefore: Date): Promise<boolean>;
  /** Ends acceptances and snoozes whose day has come, at most so many; returns how many. */
  endDecisions(limit: number, now: Date): Promise<number>;

  /** Replaces what suppliers' statements keep out of the findings of resources. */
  saveVexUses(uses: ReadonlyMap<ResourceId, readonly VexUse[]>, now: Date): Promise<void>;
  /** Suppliers' statements that are in use, newest first. */
  vexRules(accounts: readonly string[] | null, limit: number): Promise<readonly VexRule[]>;
  vexHidden(ruleId: string, accounts: readonly string[] | null, limit: number): Promise<readonly VexHidden[]>;
}
