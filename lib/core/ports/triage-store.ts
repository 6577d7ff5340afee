import type { FieldChange } from '../model/activity.ts';
import type { VisibleScope } from '../model/scope.ts';
import type { Severity } from '../model/severity.ts';
import type { FindingComment, SeenFinding, TriageChange, TriageReport } from '../model/triage-act.ts';
import type { FindingCriteria } from '../model/views.ts';

/** An act with everything that is needed to go on with it after a break. */
export interface NewTriageAct {
  readonly id: string;
  /** Id of the person. */
  readonly actor: string;
  readonly change: TriageChange;
  /** What its events say, one sentence. */
  readonly detail: string;
  /** The severities whose risk the person may accept. */
  readonly acceptable: readonly Severity[];
  /** Accounts of the new owner, where there is one; null for all. */
  readonly ownerAccounts: readonly string[] | null;
}

/** A selection after the reader's rights were applied. */
export type VisibleSelection =
  | { readonly kind: 'findings'; readonly visible: VisibleScope; readonly findings: readonly SeenFinding[] }
  | { readonly kind: 'query'; readonly visible: VisibleScope; readonly criteria: FindingCriteria };

export interface ActProgress {
  readonly done: number;
  readonly total: number;
  readonly ended: boolean;
  /** Where the next step of the lane begins; null when it has come to its end. */
  readonly next: string | null;
}

/** Part of an act's findings, by their resources: lanes can be worked on side by side, and none waits for another. */
export interface ActLane {
  readonly index: number;
  readonly of: number;
  /** As the step before said; null for the first. */
  readonly after: string | null;
}

/** What the activity record keeps of an act. */
export interface ActSummary {
  readonly accounts: readonly string[];
  /** The finding, where the act was about one alone. */
  readonly only: { readonly id: string; readonly name: string } | null;
  readonly changes: readonly FieldChange[];
}

export interface TriageActRecord {
  readonly id: string;
  readonly actor: string;
  readonly kind: TriageReport['kind'];
  /** Null for an undo. */
  readonly change: TriageChange | null;
  readonly detail: string;
  readonly endedAt: Date | null;
  readonly undoneAt: Date | null;
}

/** Acts of people on findings. */
export interface TriageStore {
  /**
   * Writes down the act and the findings that it is about, and says how many; the same act again changes nothing. Throws
   * AppError when there are too many.
   */
  begin(act: NewTriageAct, selection: VisibleSelection, now: Date): Promise<number>;
  /** Writes down that an act is to be undone; null when somebody was faster. */
  beginUndo(
    undo: { readonly id: string; readonly actor: string; readonly of: string },
    now: Date,
  ): Promise<number | null>;
  /** Does the next findings of the act, at most some thousands, in the surrounding transaction. Of all, unless a lane is named. */
  advance(actId: string, now: Date, lane?: ActLane): Promise<ActProgress>;
  act(actId: string): Promise<TriageActRecord | null>;
  /** Null when there is no such act. */
  report(actId: string, now: Date): Promise<TriageReport | null>;
  /** To be asked in the transaction in which the act ended: other acts change the findings again. */
  summary(actId: string): Promise<ActSummary>;

  /** Names of the people whom the act's comment reaches. */
  mentioned(actId: string): Promise<readonly string[]>;
  /** Comments on one finding, oldest first; null where the reader may not see the finding. */
  comments(visible: VisibleScope, finding: string): Promise<readonly FindingComment[] | null>;
  comment(id: string): Promise<{ readonly author: string; readonly at: Date; readonly deleted: boolean } | null>;
  /** Changes the text of a comment, or takes it away with null, and tells it to the findings it stands on. */
  rewriteComment(
    id: string,
    /** Id of the person. */
    by: string,
    text: { readonly body: string; readonly mentions: readonly string[] } | null,
    now: Date,
  ): Promise<void>;
}
