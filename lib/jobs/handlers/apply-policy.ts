import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobHandler } from '../contracts.ts';

export interface ApplyPolicyDependencies {
  readonly dependencies: Dependencies;
}

/** Brings due dates, owners and teams up to the settings in force, some hundred resources in each transaction. */
export function applyPolicyHandler({ dependencies }: ApplyPolicyDependencies): JobHandler<'apply-policy'> {
  return {
    kind: 'apply-policy',
    async run(_payload, context) {
      let [after, resources, due, routed] = ['0', 0, 0, 0];
      for (let ended = false; !ended; ) {
        context.signal.throwIfAborted();
        const step = await dependencies.duty.applyNext(after);
        ({ after, ended } = step);
        resources += step.resources;
        due += step.due;
        routed += step.routed;
        const state = ended ? 'done' : 'running';
        await context.progress([{ name: 'Resources', done: resources, total: ended ? resources : null, state }]);
      }
      const message = `${due.toLocaleString('en-US')} due dates and ${routed.toLocaleString('en-US')} owners or teams changed.`;
      return { outcome: 'done', message };
    },
  };
}
