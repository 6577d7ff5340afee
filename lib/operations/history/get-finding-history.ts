import { AppError } from '../../core/model/app-error.ts';
import type { FindingHistory } from '../../core/model/history.ts';
import { idInput, parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

/** Every step of one finding's life, each with its place in the chain. */
export const getFindingHistory: Operation<{ readonly id: string }, FindingHistory> = {
  name: 'GetFindingHistory',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const history = await deps.history.ofFinding(visibleEstate(caller), id);
    if (history === null) {
      throw new AppError(
        'not-found',
        'There is no such finding in the accounts you can see. It may have been removed.',
      );
    }
    return history;
  },
};
