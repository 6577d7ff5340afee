import { z } from 'zod';
import type { MyWork } from '../../core/model/duty.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { pageInput, parseInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

/** What the caller and the caller's teams owe, the earliest due first, and where somebody called the caller by name. */
export const getMyWork: Operation<{ readonly cursor: string | null; readonly limit: number }, MyWork> = {
  name: 'GetMyWork',
  permission: 'findings:read',
  parse: (input) => parseInput(z.object(pageInput), input),
  async run(deps, caller, page) {
    const person = await deps.users.byId(caller.userId);
    const who = { userId: caller.userId, teams: person?.teams ?? [], visible: visibleScope(caller, WHOLE_ESTATE) };
    return deps.duty.myWork(who, page, deps.clock.now());
  },
};
