import { z } from 'zod';
import type { TeamWork } from '../../core/model/duty.ts';
import type { Scope } from '../../core/model/scope.ts';
import { parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';

/** What each team owes, in the accounts that the caller sees. */
export const getTeamWork: Operation<{ readonly scope: Scope }, readonly TeamWork[]> = {
  name: 'GetTeamWork',
  permission: 'risk:accept',
  parse: (input) => parseInput(z.object({ scope: scopeInput }), input),
  run: async (deps, caller, { scope }) => deps.duty.teamWork(await visibleScope(deps, caller, scope), deps.clock.now()),
};
