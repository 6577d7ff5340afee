import type { DutyPreview, MyDecisions, MyWork, RoutingPreview, TeamWork } from '../model/duty.ts';
import type { VisibleScope } from '../model/scope.ts';

/** How far the settings have been applied: resources behind `after` come next. */
export interface DutyProgress {
  readonly after: string;
  readonly resources: number;
  /** Findings that got another due date. */
  readonly due: number;
  /** Findings that got another owner or team. */
  readonly routed: number;
  readonly ended: boolean;
}

export interface WhoseWork {
  readonly userId: string;
  readonly teams: readonly string[];
  readonly visible: VisibleScope;
}

/** Due dates, owners and teams of stored findings. `policy` and `rules` are what core/findings parsed. */
export interface DutyStore<Policy, Rule> {
  policy(): Promise<Policy>;
  rules(): Promise<readonly Rule[]>;
  /** What a policy would make of open findings; nothing is written. */
  previewPolicy(policy: Policy, now: Date): Promise<DutyPreview>;
  /** What rules would make of open findings that nobody assigned; nothing is written. */
  previewRules(rules: readonly Rule[]): Promise<RoutingPreview>;
  /** Open findings of a person and of the teams, snoozed ones left out, the earliest due first. */
  myWork(who: WhoseWork, page: { readonly cursor: string | null; readonly limit: number }, now: Date): Promise<MyWork>;
  /** What the person put off, and accepted until a day before `until`. */
  myDecisions(who: WhoseWork, until: Date, now: Date): Promise<MyDecisions>;
  /** Every team with open findings in the scope; the most overdue first. */
  teamWork(visible: VisibleScope, now: Date): Promise<readonly TeamWork[]>;
  /** Brings the next resources up to the settings in force, in the surrounding transaction. Start after "0". */
  applyNext(after: string): Promise<DutyProgress>;
}
