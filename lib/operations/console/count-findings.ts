import { z } from 'zod';
import { absorbQuery } from '../../core/findings/query/absorb-query.ts';
import { parseQuery } from '../../core/findings/query/parse-query.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { FindingPage } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { parseInput, scopeInput } from './input.ts';
import { NO_CRITERIA } from './no-criteria.ts';
import { queryInput, queryOf } from './query-input.ts';
import { visibleScope } from './visible-scope.ts';

const QUERIES_MAX = 60;
const schema = z.object({ scope: scopeInput, queries: z.array(queryInput).max(QUERIES_MAX) });

export interface CountFindingsInput {
  readonly scope: Scope;
  readonly queries: readonly string[];
}

/** How many findings each query matches, in the order of the queries; null for one with a part that cannot be read. */
export const countFindings: Operation<CountFindingsInput, readonly (FindingPage['matching'] | null)[]> = {
  name: 'CountFindings',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, queries }) {
    const visible = await visibleScope(deps, caller, scope);
    const now = deps.clock.now();
    return Promise.all(
      queries.map(async (text) =>
        parseQuery(text).errors.length > 0
          ? null
          : deps.reads.countFindings(visible, absorbQuery(NO_CRITERIA, queryOf(text, caller)), now),
      ),
    );
  },
};
