import { z } from 'zod';
import type { MyWork } from '../../core/model/duty.ts';
import { type Scope, WHOLE_ESTATE } from '../../core/model/scope.ts';
import { pageInput, parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

export interface OwnWork extends MyWork {
  /** The caller's teams, whose findings are among the rows. */
  readonly teams: readonly string[];
}

interface GetMyWorkInput {
  readonly scope?: Scope | undefined;
  readonly cursor: string | null;
  readonly limit: number;
}

const schema = z.object({ scope: scopeInput.optional(), ...pageInput });

/** What the caller and the caller's teams owe, the earliest due first, and where somebody called the caller by name. */
export const getMyWork: Operation<GetMyWorkInput, OwnWork> = {
  name: 'GetMyWork',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope = WHOLE_ESTATE, ...page }) {
    const person = await deps.users.byId(caller.userId);
    const teams = person?.teams ?? [];
    const who = { userId: caller.userId, teams, visible: await visibleScope(deps, caller, scope) };
    return { ...(await deps.duty.myWork(who, page, deps.clock.now())), teams };
  },
};
