import type { JobId } from '../../core/model/ids.ts';
import { PERSON_PRIORITY } from '../../jobs/contracts.ts';
import type { Dependencies } from '../dependencies.ts';

/** So many findings change at once with the rule; more are left to a job. */
export const INLINE_MAX = 5_000;

export interface AppliedRule {
  /** Findings that have changed already. */
  readonly changed: number;
  /** The job that does the rest; null where nothing is left. */
  readonly jobId: JobId | null;
}

/**
 * Brings the findings up to a rule that has just changed, in the transaction that changed it and has locked the rules.
 * `expected` findings at most are to change; null where nobody counted.
 */
export async function applyRule(
  tx: Dependencies,
  rule: { readonly id: string; readonly requestedBy: string },
  expected: number | null,
): Promise<AppliedRule> {
  const now = tx.clock.now();
  const isSmall = expected === null || expected <= INLINE_MAX;
  const found = isSmall ? await tx.suppression.misjudged(rule.id, INLINE_MAX + 1, now) : null;
  if (found !== null && found.length <= INLINE_MAX) {
    const changed = await tx.suppression.judge(found, now);
    const { revision } = (await tx.suppression.byId(rule.id)) ?? { revision: -1 };
    await tx.suppression.noteApplied(rule.id, revision, now);
    return { changed, jobId: null };
  }
  // New and changed findings are judged by the rule from the commit on, so the job only has to catch up with the rest.
  const jobId = await tx.jobs.enqueue(
    'apply-suppression',
    { ruleId: rule.id },
    { dedupeKey: `apply-suppression:${rule.id}`, priority: PERSON_PRIORITY, requestedBy: rule.requestedBy },
  );
  return { changed: 0, jobId };
}
