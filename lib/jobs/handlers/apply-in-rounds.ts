import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobContext } from '../contracts.ts';

/** Findings are looked for by so many, and changed by so many in one transaction. */
const ROUND = 200_000;
const BATCH = 5_000;

/**
 * Brings every finding up to a rule, whatever the rule is by then, and notes it. Each batch is a transaction of its own, so a
 * cancelled or killed run leaves findings that are plainly judged or not, and the next run goes on with the rest.
 */
export async function applyInRounds(
  deps: Dependencies,
  ruleId: string,
  context: Pick<JobContext, 'signal'>,
  onBatch: (changed: number) => Promise<void> = async () => undefined,
): Promise<number> {
  const { suppression, clock } = deps;
  let total = 0;
  for (;;) {
    const rule = await suppression.byId(ruleId);
    if (rule === null) return total;
    const found = await suppression.misjudged(ruleId, ROUND, clock.now());
    let changed = 0;
    for (let start = 0; start < found.length; start += BATCH) {
      context.signal.throwIfAborted();
      changed += await suppression.judge(found.slice(start, start + BATCH), clock.now());
      await onBatch(total + changed);
    }
    total += changed;
    // Others change findings meanwhile; a round that changed nothing has nothing left to do, unless the rule is another now.
    if (changed === 0 && (await suppression.noteApplied(ruleId, rule.revision, clock.now()))) return total;
  }
}
