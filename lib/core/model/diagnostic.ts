/** How much of the work was done. Only `complete` may close what it no longer sees. */
export type Outcome = 'complete' | 'partial' | 'failed';

/** Something a reader of the result should know: what was skipped or doubted, where, and why. */
export interface Diagnostic {
  readonly level: 'info' | 'warning' | 'error';
  readonly path: string | null;
  readonly message: string;
}
