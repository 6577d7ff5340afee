import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobHandler } from '../contracts.ts';

export interface ApplyScoringDependencies {
  readonly dependencies: Dependencies;
}

/** Scores open findings by the points in force, some hundred resources in each transaction. */
export function applyScoringHandler({ dependencies }: ApplyScoringDependencies): JobHandler<'apply-scoring'> {
  return {
    kind: 'apply-scoring',
    async run(_payload, context) {
      let [after, resources, scored] = ['0', 0, 0];
      for (let ended = false; !ended; ) {
        context.signal.throwIfAborted();
        const step = await dependencies.scoring.applyNext(after, dependencies.clock.now());
        ({ after, ended } = step);
        resources += step.resources;
        scored += step.scored;
        const state = ended ? 'done' : 'running';
        await context.progress([{ name: 'Resources', done: resources, total: ended ? resources : null, state }]);
      }
      return { outcome: 'done', message: `${scored.toLocaleString('en-US')} scores changed.` };
    },
  };
}
