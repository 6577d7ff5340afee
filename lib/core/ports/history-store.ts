import type { FindingStatus } from '../model/finding.ts';
import type { PastQuery } from '../model/finding-query.ts';
import type {
  ChainReport,
  Day,
  DayDifference,
  FindingHistory,
  PastCounts,
  PastFindingsPage,
  PastOverview,
  Retention,
} from '../model/history.ts';
import type { VisibleScope } from '../model/scope.ts';

export interface PastFindingsRequest {
  readonly day: Day;
  /** As they were at the end of that day. */
  readonly statuses: readonly FindingStatus[];
  readonly query: PastQuery;
  readonly cursor: string | null;
  readonly limit: number;
}

/** The past of findings, and proof of it. Reads carry the caller's visible scope; none widens it. */
export interface HistoryStore extends HistoryRemoval {
  /** The newest steps of one finding's life; null when it is not visible. */
  ofFinding(visible: VisibleScope, key: string): Promise<FindingHistory | null>;
  /** Findings as of the end of a day, the newest first. */
  findingsAsOf(visible: VisibleScope, request: PastFindingsRequest): Promise<PastFindingsPage>;
  /** Figures as of the end of a day, from kept counts. */
  countsAsOf(visible: VisibleScope, day: Day): Promise<PastCounts>;
  /** The overview as of the end of a day; the scope's time says how far back its trend goes. */
  overviewAsOf(visible: VisibleScope, day: Day, now: Date): Promise<PastOverview>;
  /** What changed from the end of `from` to the end of `to`, split by cause, with up to `limit` findings of each. */
  differenceBetween(visible: VisibleScope, from: Day, to: Day, limit: number): Promise<DayDifference>;
  /** The first day whose end can be told; null when everything there ever was is kept. */
  keptFrom(): Promise<Day | null>;
  /** Checks the whole chain, or places of it, both included. */
  verify(options?: {
    readonly from?: number;
    readonly to?: number;
    /** Hash in hex of a block that was the newest once. */
    readonly noted?: string;
    readonly signal?: AbortSignal;
    onProgress?(done: number, total: number): void;
  }): Promise<ChainReport>;
}

/** One bounded step of each takes place in its own transaction, answers how many rows went, and 0 when there is no more. */
export interface HistoryRemoval {
  retention(): Promise<Retention>;
  /** Days before this one are not told any more, if there is anything of them to go. To be called before it goes. */
  keepFrom(day: Day): Promise<void>;
  expireEvents(before: Date, reason: string, now: Date): Promise<number>;
  /** Figures of days before the first kept one. */
  expireFlows(): Promise<number>;
  removeClosedFindings(closedBefore: Date): Promise<number>;
  removeUnusedContents(): Promise<number>;
}
