import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobHandler } from '../contracts.ts';

export interface RemoveSampleDependencies {
  readonly dependencies: Dependencies;
}

/** Takes the sample estate away again, with its findings, history and accounts. */
export function removeSampleHandler({ dependencies }: RemoveSampleDependencies): JobHandler<'remove-sample'> {
  return {
    kind: 'remove-sample',
    run: async (_payload, context) => {
      await context.progress([{ name: 'Remove', done: 0, total: null, state: 'running' }]);
      const removed = await dependencies.atomically((inside) => inside.resources.removeSample());
      await context.progress([{ name: 'Remove', done: removed, total: removed, state: 'done' }]);
      return {
        outcome: 'done',
        message:
          removed === 0
            ? 'There was no sample estate to remove.'
            : `Sample estate removed: ${removed.toLocaleString('en-US')} resources with everything about them.`,
      };
    },
  };
}
