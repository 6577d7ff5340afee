import type { Dependencies } from '../../operations/dependencies.ts';
import { notifyOfAct } from '../../operations/notices/notify.ts';
import { type JobHandler, PermanentJobError } from '../contracts.ts';

export interface TriageFindingsDependencies {
  readonly dependencies: Dependencies;
}

/** Goes on with an act on many findings, some thousands in each transaction, until none is left. */
export function triageFindingsHandler({ dependencies }: TriageFindingsDependencies): JobHandler<'triage-findings'> {
  return {
    kind: 'triage-findings',
    async run({ actId }, context) {
      for (let ended = false; !ended; ) {
        context.signal.throwIfAborted();
        const progress = await dependencies.triage.advance(actId, dependencies.clock.now());
        ended = progress.ended;
        const { done, total } = progress;
        await context.progress([{ name: 'Findings', done, total, state: ended ? 'done' : 'running' }]);
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
