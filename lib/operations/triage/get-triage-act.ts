import { z } from 'zod';
import { AppError } from '../../core/model/app-error.ts';
import type { TriageReport } from '../../core/model/triage-act.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';

export const actIdInput = z.object({ actId: z.uuid() });

/** What has become of an own act, also while a job still works on it. */
export const getTriageAct: Operation<{ readonly actId: string }, TriageReport> = {
  name: 'GetTriageAct',
  permission: 'findings:triage',
  parse: (input) => parseInput(actIdInput, input),
  async run(deps, caller, { actId }) {
    const act = await deps.triage.act(actId);
    const report = act?.actor === caller.userId ? await deps.triage.report(actId, deps.clock.now()) : null;
    if (report === null) {
      throw new AppError('not-found', 'There is no such act of yours.');
    }
    return report;
  },
};
