import type { JobPhase } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobContext, JobHandler } from '../contracts.ts';

export interface ApplyRetentionDependencies {
  readonly dependencies: Dependencies;
}

const DAY_MS = 86_400_000;

/**
 * Removes what is older than the settings keep it, a bounded step at a time: whole days of events, then closed findings, then
 * texts that nobody uses. It may stop and begin again anywhere, and a second run finds nothing to do.
 */
export function applyRetentionHandler({ dependencies }: ApplyRetentionDependencies): JobHandler<'apply-retention'> {
  return {
    kind: 'apply-retention',
    run: async (_payload, context) => {
      const { history, clock } = dependencies;
      const { eventDays, closedFindingDays } = await history.retention();
      const now = clock.now();
      const firstDay = new Date(now.getTime() - eventDays * DAY_MS).toISOString().slice(0, 10);
      const before = new Date(`${firstDay}T00:00:00.000Z`);
      await history.keepFrom(firstDay);
      const phases: JobPhase[] = [];
      const events = await repeat(context, phases, 'Events', () =>
        history.expireEvents(before, `Older than ${eventDays} days.`, now),
      );
      await repeat(context, phases, 'Figures of days', () => history.expireFlows());
      const findings = await repeat(context, phases, 'Closed findings', () =>
        history.removeClosedFindings(new Date(now.getTime() - closedFindingDays * DAY_MS)),
      );
      await repeat(context, phases, 'Unused texts', () => history.removeUnusedContents());
      const said = `${events.toLocaleString('en-US')} events and ${findings.toLocaleString('en-US')} closed findings`;
      const message = events + findings === 0 ? 'Nothing was old enough to go.' : `Removed ${said}.`;
      return { outcome: 'done', message };
    },
  };
}

/** Takes the step until it finds nothing more, or somebody cancels. */
async function repeat(
  context: JobContext,
  phases: JobPhase[],
  name: string,
  step: () => Promise<number>,
): Promise<number> {
  let total = 0;
  const report = (state: JobPhase['state']) =>
    context.progress([...phases, { name, done: total, total: state === 'done' ? total : null, state }]);
  await report('running');
  for (let gone = await step(); gone > 0; gone = await step()) {
    total += gone;
    await report('running');
    context.signal.throwIfAborted();
  }
  phases.push({ name, done: total, total, state: 'done' });
  await context.progress(phases);
  return total;
}
