import type { Dependencies } from '../../operations/dependencies.ts';
import { recordVerification } from '../../operations/history/record-verification.ts';
import type { JobHandler } from '../contracts.ts';

export interface VerifyChainDependencies {
  readonly dependencies: Dependencies;
}

/** Computes the chain of history anew. A fault is the result of the job and no failure of it: it did what it was asked for. */
export function verifyChainHandler({ dependencies }: VerifyChainDependencies): JobHandler<'verify-chain'> {
  return {
    kind: 'verify-chain',
    async run({ actor }, context) {
      let told: Promise<unknown> = Promise.resolve();
      const report = await dependencies.history.verify({
        signal: context.signal,
        onProgress(done, total) {
          told = context.progress([{ name: 'Blocks', done, total, state: 'running' }]);
        },
      });
      await told;
      await recordVerification(dependencies, actor, report);
      const { blocks, rows, fault } = report;
      await context.progress([
        { name: 'Blocks', done: blocks, total: blocks, state: fault === null ? 'done' : 'failed' },
      ]);
      if (fault === null) {
        const of = `${blocks.toLocaleString('en-US')} blocks and ${rows.toLocaleString('en-US')} rows`;
        return { outcome: 'done', message: `The chain is whole: ${of}.` };
      }
      return { outcome: 'partial', message: `The chain is broken. ${fault.what}: ${fault.detail}` };
    },
  };
}
