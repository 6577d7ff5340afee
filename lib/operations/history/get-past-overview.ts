import { z } from 'zod';
import type { Day, PastOverview } from '../../core/model/history.ts';
import type { Scope } from '../../core/model/scope.ts';
import { parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { dayInput } from './day-input.ts';

const schema = z.object({ scope: scopeInput, day: dayInput });

/** The figures of the overview page as they were at the end of a past day (UTC); the scope's time is the period of the trend. */
export const getPastOverview: Operation<{ readonly scope: Scope; readonly day: Day }, PastOverview> = {
  name: 'GetPastOverview',
  permission: 'counts:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { scope, day }) =>
    deps.history.overviewAsOf(await visibleScope(deps, caller, scope), day, deps.clock.now()),
};
