/** Open findings with a score from `from` on and below the next band's, before and after. */
export interface ScoreBand {
  readonly from: number;
  readonly before: number;
  readonly after: number;
}

/** What other points of the score would do to open findings. */
export interface ScoringPreview {
  readonly open: number;
  /** Findings that were looked at: all open ones, or an even part of them where they are very many. */
  readonly looked: number;
  readonly raised: number;
  readonly lowered: number;
  /** The highest band first; findings without a score are in none. */
  readonly bands: readonly ScoreBand[];
}
