import type { FindingType } from './resource.ts';
import type { Scope } from './scope.ts';
import type { ChosenStatus } from './triage.ts';
import type { FindingCriteria } from './views.ts';

/** One thing that is done to findings. A member that is left out stays as it is; null takes away. */
export type TriageChange =
  | { readonly kind: 'assign'; readonly owner?: string | null; readonly team?: string | null }
  | {
      readonly kind: 'status';
      readonly status: ChosenStatus;
      readonly reason: string | null;
      /** End of an acceptance; the finding is open again from then on. */
      readonly until: Date | null;
    }
  | { readonly kind: 'snooze'; readonly until: Date | null }
  | { readonly kind: 'comment'; readonly body: string; readonly mentions: readonly string[] };
export type TriageActKind = TriageChange['kind'] | 'undo';

/** Which findings: some that a person saw in a version, or whatever a query finds at this moment. */
export type TriageSelection =
  | { readonly kind: 'findings'; readonly findings: readonly SeenFinding[] }
  | {
      readonly kind: 'query';
      readonly scope: Scope;
      /** As it is typed. */
      readonly query: string;
      readonly criteria: FindingCriteria;
    };

export interface SeenFinding {
  readonly id: string;
  readonly version: number;
}

/**
 * Why a finding was left as it was. `not-found`: not there, or not for this reader; `changed`: somebody or something changed
 * it since it was seen; `closed`: a scan closed it; `suppressed`: a rule hides it; `unchanged`: it is so already; `right`: the
 * reader may not do this to it; `owner`: the new owner may not see it.
 */
export const SKIP_REASONS = ['not-found', 'changed', 'closed', 'suppressed', 'unchanged', 'right', 'owner'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface SkippedFinding {
  readonly id: string;
  readonly vulnerabilityId: string | null;
  readonly resourceName: string | null;
  readonly type: FindingType | null;
  /** Who changed what and when, for `changed`. */
  readonly lastChange: LastChange | null;
}

export interface LastChange {
  readonly at: Date;
  /** Name of a person, or of what else acts. */
  readonly by: string;
  readonly what: string;
}

export interface SkippedGroup {
  readonly reason: SkipReason;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly SkippedFinding[];
}

/** What has become of an act. */
export interface TriageReport {
  readonly actId: string;
  readonly kind: TriageActKind;
  readonly at: Date;
  /** Findings that the act was asked about. */
  readonly findings: number;
  readonly applied: number;
  readonly skipped: readonly SkippedGroup[];
  /** Not yet looked at: more than none only while it runs. */
  readonly waiting: number;
  /** Until when it can be undone; null when it was undone, or is an undo itself. */
  readonly undoUntil: Date | null;
}

/** An act can be undone for this long after it has ended. */
export const UNDO_MINUTES = 10;

/** Nothing is snoozed for longer; a risk that stays is accepted. */
export const SNOOZE_DAYS_MAX = 90;

export const COMMENT_LENGTH_MAX = 10_000;

/** How long its author may change a comment. Taking it away is always possible, and that it was there stays in the history. */
export const COMMENT_EDIT_MINUTES = 60;

/** More findings than this are too many for one act. */
export const ACT_FINDINGS_MAX = 500_000;

/** One comment, with the findings of the reader that it stands on. */
export interface FindingComment {
  readonly id: string;
  readonly at: Date;
  readonly authorId: string;
  readonly author: string;
  /** Empty when it was deleted. */
  readonly body: string;
  readonly editedAt: Date | null;
  readonly isDeleted: boolean;
}
