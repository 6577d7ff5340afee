import { z } from 'zod';
import type { Day, DayDifference } from '../../core/model/history.ts';
import type { Scope } from '../../core/model/scope.ts';
import { parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { dayInput } from './day-input.ts';

/** Findings that are listed of each cause, unless asked otherwise. */
const FINDINGS_SHOWN = 20;
const FINDINGS_MAX = 200;

const schema = z
  .object({
    scope: scopeInput,
    from: dayInput,
    to: dayInput,
    limit: z.number().int().min(0).max(FINDINGS_MAX).default(FINDINGS_SHOWN),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'The later day comes second.' });

export interface CompareDaysInput {
  readonly scope: Scope;
  readonly from: Day;
  readonly to: Day;
  readonly limit: number;
}

/** Why the number of open findings is another one at the end of one day than at the end of an earlier one. */
export const compareDays: Operation<CompareDaysInput, DayDifference> = {
  name: 'CompareDays',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { scope, from, to, limit }) =>
    deps.history.differenceBetween(await visibleScope(deps, caller, scope), from, to, limit),
};
