import type { ActivityEntry } from '../../core/model/activity.ts';
import { AppError } from '../../core/model/app-error.ts';
import { isAllowed } from '../../core/model/permissions.ts';
import { idInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { readerOf } from './activity-input.ts';

export interface ActivityEntryAnswer extends ActivityEntry {
  /** Until when the caller can undo what it tells of; null where they cannot. */
  readonly undoUntil: Date | null;
  /** False: where the request came from is kept, and not for this reader. */
  readonly addressShown: boolean;
}

/** One entry with what it changed, its sign-in and its place in the chain. */
export const getActivityEntry: Operation<{ readonly id: string }, ActivityEntryAnswer> = {
  name: 'GetActivityEntry',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const reader = readerOf(caller);
    const entry = await deps.activity.entry(reader, id);
    if (entry === null) {
      throw new AppError('not-found', 'There is no such entry among those that you can see.');
    }
    const now = deps.clock.now();
    const { actId } = entry.record;
    const isOwn = entry.actor === caller.email;
    const report =
      isOwn && actId !== undefined && isAllowed(caller.role, 'findings:triage')
        ? await deps.triage.report(actId, now)
        : null;
    const addressShown = isOwn || reader.seesSettings;
    return {
      ...entry,
      address: addressShown ? entry.address : '',
      signIn: addressShown ? entry.signIn : null,
      undoUntil: report?.undoUntil ?? null,
      addressShown,
    };
  },
};
