/** Open findings past their due date, and those that are due within seven days. */
export interface DueCounts {
  readonly overdue: number;
  readonly dueIn7Days: number;
}

/** "118 overdue becomes 164". */
export interface DutyPreview {
  readonly before: DueCounts;
  readonly after: DueCounts;
}

/** How many open findings each owner and team would have; the largest first. */
export interface RoutingPreview {
  /** Findings whose owner or team would be another. */
  readonly changed: number;
  /** Open findings that no rule gives to anybody. */
  readonly unrouted: number;
  /** Assigned by a person, so that rules leave them alone. */
  readonly assigned: number;
  readonly holders: readonly {
    readonly owner: string | null;
    readonly team: string | null;
    readonly before: number;
    readonly after: number;
  }[];
}

/** One finding of "My work". */
export interface WorkItem {
  readonly id: string;
  readonly version: number;
  readonly vulnerabilityId: string;
  readonly title: string;
  readonly severity: string;
  readonly score: number | null;
  readonly kev: boolean;
  readonly packageName: string;
  readonly fixedVersion: string | null;
  readonly resourceName: string;
  readonly accountId: string;
  readonly teamStatus: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly dueAt: Date | null;
  /** Its clock stands still. */
  readonly paused: boolean;
}

/** A count that may have stopped at a bound. */
export interface BoundedCount {
  readonly count: number;
  readonly exact: boolean;
}

export interface Mention {
  readonly commentId: string;
  readonly at: Date;
  readonly author: string;
  readonly body: string;
  /** The findings it stands on that the reader may see: one of them, and how many. */
  readonly findingId: string;
  readonly findings: number;
}

export interface MyWork {
  readonly rows: readonly WorkItem[];
  readonly nextCursor: string | null;
  readonly overdue: BoundedCount;
  /** Of those due in seven days. */
  readonly dueToday: BoundedCount;
  readonly dueIn7Days: BoundedCount;
  /** Due after seven days, or not at all. */
  readonly later: BoundedCount;
  readonly awaitingRescan: BoundedCount;
  /** The newest first. */
  readonly mentions: readonly Mention[];
}

/** A decision about one finding that holds until a day. */
export interface EndingItem {
  readonly id: string;
  readonly vulnerabilityId: string;
  readonly severity: string;
  readonly resourceName: string;
  readonly accountId: string;
  readonly until: Date;
}

/** What a person put off or took on, the soonest to end first. */
export interface MyDecisions {
  readonly snoozed: { readonly total: BoundedCount; readonly rows: readonly EndingItem[] };
  /** Risks that the person accepted and whose end is near. */
  readonly accepted: { readonly total: BoundedCount; readonly rows: readonly EndingItem[] };
}

/** What one team owes. */
export interface TeamWork {
  /** Null: findings that no team has. */
  readonly team: string | null;
  readonly open: number;
  readonly critical: number;
  readonly overdue: number;
  readonly dueIn7Days: number;
  /** Known to be exploited, with a fix. */
  readonly kevFixable: number;
}
