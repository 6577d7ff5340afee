import { AppError } from '../../core/model/app-error.ts';
import type { ResourceDetail } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { toAssurance } from './assurance.ts';
import { idInput, parseInput } from './input.ts';
import { visibleEstate } from './visible-scope.ts';

/** One resource: what it is, what is in it, when it was scanned and what keeps its zero from being proof. */
export const getResource: Operation<{ readonly id: string }, ResourceDetail> = {
  name: 'GetResource',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const found = await deps.reads.resource(visibleEstate(caller), id, deps.clock.now());
    if (found === null) {
      throw new AppError(
        'not-found',
        'There is no such resource in the accounts you can see. It may have been removed.',
      );
    }
    const { gaps, ...resource } = found;
    return { ...resource, assurance: toAssurance(gaps) };
  },
};
