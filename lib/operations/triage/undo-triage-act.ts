import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/model/app-error.ts';
import { UNDO_MINUTES } from '../../core/model/triage-act.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { actIdInput } from './get-triage-act.ts';
import { type ActAnswer, goOn } from './run-act.ts';

/**
 * Gives back what an own act changed, for ten minutes after it has ended, wherever nobody has changed the finding since; the
 * others are reported with who changed what. History gains a step and loses none.
 */
export const undoTriageAct: Operation<{ readonly actId: string }, ActAnswer> = {
  name: 'UndoTriageAct',
  permission: 'findings:triage',
  parse: (input) => parseInput(actIdInput, input),
  run: (deps, caller, { actId }) =>
    deps.atomically(async (tx) => {
      const now = tx.clock.now();
      const act = await tx.triage.act(actId);
      if (act === null || act.actor !== caller.userId || act.kind === 'undo') {
        throw new AppError('not-found', 'There is no such act of yours to undo.');
      }
      if (act.endedAt !== null && now.getTime() > act.endedAt.getTime() + UNDO_MINUTES * 60_000) {
        throw new AppError('conflict', `An act can be undone for ${UNDO_MINUTES} minutes, and these are over.`);
      }
      const id = randomUUID();
      const findings = await tx.triage.beginUndo({ id, actor: caller.userId, of: actId }, now);
      if (findings === null) {
        throw new AppError('conflict', 'This act was undone already.');
      }
      return goOn(tx, caller, { id, findings, action: 'findings-undo', detail: `Undone: ${act.detail}`, change: null });
    }),
};
