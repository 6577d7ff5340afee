import type { Dependencies } from '../../operations/dependencies.ts';
import { notifyOfAct } from '../../operations/notices/notify.ts';
import { type JobContext, type JobHandler, PermanentJobError } from '../contracts.ts';
import { sideBySide } from './side-by-side.ts';

export interface TriageFindingsDependencies {
  readonly dependencies: Dependencies;
}

/** Transactions of one act that run side by side. */
const LANES = 2;

/** Goes on with an act on many findings, some thousands in each transaction, until none is left. */
export function triageFindingsHandler({ dependencies }: TriageFindingsDependencies): JobHandler<'triage-findings'> {
  return {
    kind: 'triage-findings',
    async run({ actId }, context) {
      for (let ended = false; !ended; ) {
        const lanes = Array.from({ length: LANES }, (_, index) => goAlong(dependencies, context, actId, index));
        // Rows that somebody wrote in between are left for another round.
        ended = (await sideBySide(lanes)).some((isEnd) => isEnd);
      }
      const report = await dependencies.triage.report(actId, dependencies.clock.now());
      if (report === null) {
        throw new PermanentJobError('What was asked for is no longer on record.');
      }
      const act = await dependencies.triage.act(actId);
      if (act?.change != null) {
        const { actor, change } = act;
        const actorName = (await dependencies.users.byId(actor))?.name ?? 'Somebody';
        await notifyOfAct(dependencies, { id: actId, actor, actorName, change, applied: report.applied, wasJob: true });
      }
      const skipped = report.skipped.reduce((sum, { count }) => sum + count, 0);
      const left = skipped === 0 ? '' : `, ${skipped.toLocaleString('en-US')} left as they are`;
      return { outcome: 'done', message: `${report.applied.toLocaleString('en-US')} findings changed${left}.` };
    },
  };
}

/** Does the findings of one lane, step by step; whether the whole act has ended with it. */
async function goAlong(deps: Dependencies, context: JobContext, actId: string, index: number): Promise<boolean> {
  for (let after: string | null = null; ; ) {
    context.signal.throwIfAborted();
    const { done, total, ended, next } = await deps.triage.advance(actId, deps.clock.now(), {
      index,
      of: LANES,
      after,
    });
    await context.progress([{ name: 'Findings', done, total, state: ended ? 'done' : 'running' }]);
    if (ended || next === null) return ended;
    after = next;
  }
}
