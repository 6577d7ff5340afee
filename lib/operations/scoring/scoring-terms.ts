import { z } from 'zod';
import { changesBetween } from '../../core/model/activity.ts';
import { AppError } from '../../core/model/app-error.ts';
import type { JobId } from '../../core/model/ids.ts';
import type { ScoringPreview } from '../../core/model/scoring-preview.ts';
import { type ScoringTerms, toScoringTerms } from '../../core/risk/scoring-terms.ts';
import { noInput, parseInput } from '../console/input.ts';
import { recordJobActivity } from '../console/record-job-activity.ts';
import type { Operation } from '../operation.ts';

/** The points of the risk score in force. */
export const getScoringTerms: Operation<Record<string, never>, ScoringTerms> = {
  name: 'GetScoringTerms',
  permission: 'settings:read',
  parse: (input) => parseInput(noInput, input),
  run: (deps) => deps.scoring.terms(),
};

const schema = z.object({ terms: z.unknown(), basedOn: z.string().max(40), preview: z.boolean().default(false) });

interface SetScoringTermsInput {
  readonly terms: ScoringTerms;
  /** The version that whoever changes it has read. */
  readonly basedOn: string;
  /** Only says what would change. */
  readonly preview: boolean;
}

interface SetScoringTermsAnswer extends ScoringPreview {
  readonly version: string;
  /** The job that scores stored findings anew; null for a preview. */
  readonly jobId: JobId | null;
}

/** Sets the points, or with `preview` says what they would do: "9.0 and more: 118 becomes 164". */
export const setScoringTerms: Operation<SetScoringTermsInput, SetScoringTermsAnswer> = {
  name: 'SetScoringTerms',
  permission: 'settings:write',
  parse(input) {
    const { terms: raw, basedOn, preview } = parseInput(schema, input);
    const terms = toScoringTerms(raw, 'next');
    if ('faults' in terms) {
      throw new AppError('invalid-input', Object.values(terms.faults)[0] ?? 'The points have a fault.', terms.faults);
    }
    return { terms, basedOn, preview };
  },
  async run(deps, caller, { terms, basedOn, preview }) {
    const now = deps.clock.now();
    const effect = await deps.scoring.preview(terms, now);
    if (preview) {
      return { ...effect, version: basedOn, jobId: null };
    }
    return deps.atomically(async (tx) => {
      const { before, after } = await tx.scoring.save(terms, caller.userId, now);
      if (before.version !== basedOn) {
        const message = `Somebody else has changed the points meanwhile: ${before.version} is in force. Load the page again.`;
        throw new AppError('conflict', message);
      }
      const detail = `Formula ${before.version} becomes ${after.version}.`;
      await recordJobActivity(tx, caller, 'scoring-changed', 'scoring.terms', detail, {
        changes: changesBetween(before, after),
      });
      // Not one with a job that runs: it may have passed some findings by the points of before.
      const jobId = await tx.jobs.enqueue('apply-scoring', {}, { requestedBy: caller.name });
      return { ...effect, version: after.version, jobId };
    });
  },
};
