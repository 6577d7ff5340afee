import { z } from 'zod';
import type { CoverageView } from '../../core/model/coverage-view.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Operation } from '../operation.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput, by: z.enum(['account', 'region']) });

interface GetCoverageInput {
  readonly scope: Scope;
  readonly by: CoverageView['by'];
}

/** What is scanned, what is not and why, by account or by region. */
export const getCoverage: Operation<GetCoverageInput, CoverageView> = {
  name: 'GetCoverage',
  permission: 'counts:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { scope, by }) =>
    deps.reads.coverage(await visibleScope(deps, caller, scope), by, deps.clock.now()),
};
