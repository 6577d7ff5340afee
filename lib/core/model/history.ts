import type { FindingStatus } from './finding.ts';
import type { ResourceKind } from './resource.ts';
import type { Severity } from './severity.ts';
import type { TeamStatus } from './triage.ts';
import type { AccountRisk, SeverityCounts, TrendWeek } from './views.ts';

/** Every step that a finding can take. `leave` and `arrive` are the two halves of a move to another environment. */
export const EVENT_KINDS = [
  'open',
  'reopen',
  'refresh',
  'close',
  'drop-origin',
  'suppress',
  'unsuppress',
  'status',
  'assign',
  'snooze',
  'comment',
  'due',
  'undo',
  'leave',
  'arrive',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Why a step was taken. A difference between two days is split by these. */
export const EVENT_CAUSES = [
  'new-advisory',
  'new-resource',
  'scan',
  're-score',
  'rule',
  'person',
  'fix',
  'data-correction',
  'resource-removed',
] as const;
export type EventCause = (typeof EVENT_CAUSES)[number];

/** A whole day in UTC, `2026-11-24`. */
export type Day = string;

/** One step of a finding's life, with its place in the chain. */
export interface HistoryEvent {
  readonly id: string;
  readonly at: Date;
  readonly kind: EventKind;
  readonly cause: EventCause;
  /** An origin, a person's id, or `rule:<number>`. */
  readonly actor: string;
  readonly detail: string;
  readonly status: FindingStatus;
  readonly statusBefore: FindingStatus | null;
  readonly severity: Severity;
  readonly severityBefore: Severity | null;
  readonly score: number | null;
  /** Undefined where the step left the score alone. */
  readonly scoreBefore?: number | null;
  readonly block: string;
  /** Place of the block in the chain, from 1. */
  readonly position: string;
}

export interface FindingHistory {
  readonly id: string;
  readonly vulnerabilityId: string;
  readonly resourceName: string;
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
  /** True when there are more steps than are listed; the newest are. */
  readonly isCut: boolean;
}

/** A finding as it was at the end of a day. */
export interface PastFinding {
  readonly id: string;
  readonly vulnerabilityId: string;
  readonly title: string;
  readonly packageName: string;
  readonly resourceName: string;
  readonly resourceKind: ResourceKind;
  readonly accountId: string;
  readonly accountName: string;
  readonly status: FindingStatus;
  readonly severity: Severity;
  readonly score: number | null;
  readonly teamStatus: TeamStatus;
  readonly firstSeenAt: Date;
}

export interface PastFindingsPage {
  readonly rows: readonly PastFinding[];
  /** Looking is bounded, so a page may be short, even empty, and yet have a next one. */
  readonly nextCursor: string | null;
  /** Were open that day, and have been removed since, long after they closed: no list can show them. */
  readonly removed: number;
}

export interface PastCounts {
  readonly open: SeverityCounts;
  readonly suppressed: SeverityCounts;
}

/** The overview as it was at the end of a day. What hangs on due dates, owners and coverage is kept of the present alone. */
export interface PastOverview {
  readonly day: Day;
  readonly open: SeverityCounts;
  readonly openTotal: number;
  /** Over the seven days before; null where nothing was scanned then. */
  readonly change7Days: SeverityCounts | null;
  /** Median days from first seen to closed of the critical findings closed in the period; null when none closed. */
  readonly medianDaysToFixCritical: number | null;
  /** Weeks of the period, the last one up to the day. */
  readonly trend: readonly TrendWeek[];
  readonly accountsByRisk: readonly AccountRisk[];
}

/** What one cause did to the open findings: `net` is what came less what went, by severity. */
export interface CauseOfChange {
  readonly cause: EventCause;
  readonly opened: number;
  readonly closed: number;
  /** Moved to another severity while open. */
  readonly changed: number;
  readonly net: SeverityCounts;
  /** The newest findings behind it; a page, not all. */
  readonly findings: readonly ChangedFinding[];
}

export interface ChangedFinding {
  readonly id: string;
  readonly at: Date;
  readonly kind: EventKind;
  readonly vulnerabilityId: string | null;
  readonly resourceName: string | null;
  readonly severity: Severity;
  readonly severityBefore: Severity | null;
}

/** From the end of one day to the end of a later one. `before` plus the sum of all `net` is `after`. */
export interface DayDifference {
  readonly before: SeverityCounts;
  readonly after: SeverityCounts;
  readonly causes: readonly CauseOfChange[];
}

/** The first thing that is wrong with the chain. */
export interface ChainFault {
  readonly what:
    | 'row changed'
    | 'row missing'
    | 'row added'
    | 'block missing'
    | 'block changed'
    | 'block not linked'
    | 'link broken'
    | 'removal not recorded';
  readonly table: 'finding_event' | 'activity' | 'event_block' | 'event_head';
  /** Place in the chain where there is one. */
  readonly position: string | null;
  readonly block: string | null;
  readonly row: string | null;
  readonly detail: string;
}

export interface ChainReport {
  readonly blocks: number;
  readonly rows: number;
  /** Rows that were removed in the ordered way, and are vouched for by their blocks alone. */
  readonly removedRows: number;
  readonly position: string;
  /** SHA-256 of the newest block, in hex: noted elsewhere, it shows when the end of a chain was cut off. */
  readonly head: string;
  readonly fault: ChainFault | null;
}

/** How long things are kept. */
export interface Retention {
  readonly eventDays: number;
  readonly closedFindingDays: number;
}
