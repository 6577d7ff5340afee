import type { ScoringPreview } from '../model/scoring-preview.ts';

/** How far the points in force have been applied: resources behind `after` come next. */
export interface ScoringProgress {
  readonly after: string;
  readonly resources: number;
  /** Findings whose score moved. */
  readonly scored: number;
  readonly ended: boolean;
}

export interface SavedTerms<Terms> {
  readonly before: Terms;
  readonly after: Terms;
}

/** The points of the risk score and the scores that they make. `Terms` is what core/risk parsed. */
export interface ScoringStore<Terms> {
  /** The points in force. */
  terms(): Promise<Terms>;
  /** The same, and nobody changes them until the surrounding transaction ends: for whoever writes scores. */
  hold(): Promise<Terms>;
  /** Puts points in force, with the next version, in the surrounding transaction; what is given as their version does not count. */
  save(terms: Terms, userId: string, now: Date): Promise<SavedTerms<Terms>>;
  /** What points would make of open findings; nothing is written. */
  preview(terms: Terms, now: Date): Promise<ScoringPreview>;
  /** Scores the open findings of the next resources by the points in force, in the surrounding transaction. Start after "0". */
  applyNext(after: string, now: Date): Promise<ScoringProgress>;
}
