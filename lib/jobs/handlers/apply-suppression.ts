import type { JobPhase } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobHandler } from '../contracts.ts';
import { applyInRounds } from './apply-in-rounds.ts';

export interface ApplySuppressionDependencies {
  readonly dependencies: Dependencies;
}

/** Hides or gives back what a rule that began or ended is about. A second run changes nothing. */
export function applySuppressionHandler({
  dependencies,
}: ApplySuppressionDependencies): JobHandler<'apply-suppression'> {
  return {
    kind: 'apply-suppression',
    async run({ ruleId }, context) {
      const report = (done: number, state: JobPhase['state']): Promise<void> =>
        context.progress([{ name: 'Judge findings', done, total: state === 'done' ? done : null, state }]);
      await report(0, 'running');
      const changed = await applyInRounds(dependencies, ruleId, context, (done) => report(done, 'running'));
      await report(changed, 'done');
      const findings = changed === 1 ? '1 finding' : `${changed.toLocaleString('en-US')} findings`;
      return { outcome: 'done', message: `${findings} changed by the rule.` };
    },
  };
}
