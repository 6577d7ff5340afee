import type { FindingQuery } from './finding-query.ts';
import type { VexStatus } from './vex.ts';
import type { SeverityCounts } from './views.ts';

/** `vex` is a supplier's statement: it is read-only here and lasts as long as it is said. */
export type RuleOrigin = 'person' | 'vex';

/** A rule is proposed, then active between its two days, then ended for good. */
export const RULE_STATES = ['proposed', 'active', 'ended'] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** One person's yes. `writes` is false for whoever may only propose. */
export interface Approval {
  readonly userId: string;
  readonly name: string;
  readonly at: Date;
  readonly writes: boolean;
}

/** A later end that waits for a second person. */
export interface ProposedEnd {
  readonly endsAt: Date;
  readonly reason: string;
  readonly by: Approval;
}

/** A decision to hide findings: whatever the query asks for, in the accounts of its author, for a time. */
export interface SuppressionRule {
  readonly id: string;
  /** 3 to 64 letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** In its canonical spelling. */
  readonly query: string;
  readonly origin: RuleOrigin;
  readonly reason: string;
  /** Id of the person who answers for it. */
  readonly owner: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly startsAt: Date;
  /** Null for what a supplier says. */
  readonly endsAt: Date | null;
  readonly state: RuleState;
  /** The author's accounts when it was written; null for all. It hides nothing outside of them. */
  readonly accounts: readonly string[] | null;
  /** The author's comes first. */
  readonly approvals: readonly Approval[];
  /** Known exploited vulnerabilities that it hid when it was last approved. */
  readonly knownExploited: readonly string[];
  /** Findings are judged by it. Follows state and time, at the moment somebody acts or the recurring job runs. */
  readonly inForce: boolean;
  /** Counts its changes. */
  readonly revision: number;
  /** When the findings were last brought up to it; null while that is under way. */
  readonly appliedAt: Date | null;
  readonly lastMatchedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endReason: string | null;
  readonly proposedEnd: ProposedEnd | null;
}

/** A rule as findings are judged by it. */
export interface RuleInForce {
  readonly id: string;
  readonly query: FindingQuery;
  readonly accounts: readonly string[] | null;
  /** False: known exploited and critical findings stay in sight. */
  readonly twoPeople: boolean;
}

/** What a rule would do to the findings that are not closed. */
export interface RuleEffect {
  readonly severities: SeverityCounts;
  readonly total: number;
  /** Findings with a vulnerability that is known to be exploited. */
  readonly knownExploited: number;
  /** Their vulnerabilities, at most some hundred. */
  readonly knownExploitedIds: readonly string[];
  /** All findings that are not closed in the accounts of the rule. */
  readonly open: number;
  /** Hidden by other rules already. */
  readonly overlap: readonly { readonly ruleId: string; readonly name: string; readonly findings: number }[];
  /** Findings that it would have hidden before their vulnerability became known to be exploited. */
  readonly laterExploited: number;
  readonly laterExploitedIds: readonly string[];
  /** True where counting stopped at a bound: the figures are then the least that it hides. */
  readonly isCut: boolean;
}

export const RULE_ALARMS = ['matches-nothing', 'newly-exploited', 'spares', 'ends-soon', 'broad'] as const;
export type RuleAlarmKind = (typeof RULE_ALARMS)[number];

export interface RuleAlarm {
  readonly kind: RuleAlarmKind;
  /** One sentence that says what to do. */
  readonly message: string;
}

/** What a rule does now, as far as a reader may see it. */
export interface RuleFigures {
  readonly hidden: number;
  /** Of those, found after the rule was written. */
  readonly hiddenSince: number;
  readonly severities: SeverityCounts;
  readonly knownExploited: number;
  /** It matches at least one finding that is not closed, whichever rule hides that. */
  readonly matches: boolean;
  /** Known exploited ones among what it hides that nobody knew of when it was approved. */
  readonly newlyExploitedIds: readonly string[];
  /** Matched, and kept in sight until a second person agrees. */
  readonly spared: number;
  readonly open: number;
}

/** Why the reader may not do something to a rule, in one sentence each; null where they may. */
export interface RuleRefusals {
  readonly approve: string | null;
  readonly end: string | null;
  readonly extend: string | null;
}

export interface ListedRule extends SuppressionRule {
  readonly figures: RuleFigures;
  readonly alarms: readonly RuleAlarm[];
  /** Names of the people behind `createdBy` and `owner`; the id where nobody has it any more. */
  readonly authorName: string;
  readonly ownerName: string;
  readonly refused: RuleRefusals;
}

/** A supplier's statement as a rule, with what it keeps out of the findings. */
export interface VexRule {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly status: VexStatus;
  /** Package URL of the product that it is about. */
  readonly product: string;
  /** Why, in the supplier's words. */
  readonly reason: string;
  /** Who says so. */
  readonly source: string;
  readonly saidAt: Date | null;
  readonly firstUsedAt: Date;
  /** Packages on resources, as far as the reader may see them. */
  readonly hidden: number;
}

/** One package on one resource of which a supplier says that a vulnerability is not in it. */
export interface VexHidden {
  readonly resource: string;
  readonly resourceName: string;
  readonly accountId: string;
  readonly vulnerability: string;
  readonly purl: string;
}
