import { AppError } from '../../core/model/app-error.ts';
import type { FindingComment } from '../../core/model/triage-act.ts';
import { idInput, parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

/** Comments on one finding, oldest first. */
export const listFindingComments: Operation<{ readonly id: string }, readonly FindingComment[]> = {
  name: 'ListFindingComments',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const comments = await deps.triage.comments(visibleEstate(caller), id);
    if (comments === null) {
      throw new AppError(
        'not-found',
        'There is no such finding in the accounts you can see. It may have been removed.',
      );
    }
    return comments;
  },
};
