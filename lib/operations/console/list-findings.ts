import { z } from 'zod';
import { absorbQuery } from '../../core/findings/query/absorb-query.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { FindingCriteria, FindingPage } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { assuranceOf } from './assurance.ts';
import { criteriaInput, pageInput, parseInput, scopeInput } from './input.ts';
import { checkQuery, queryInput, queryOf } from './query-input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput, criteria: criteriaInput, query: queryInput.default(''), ...pageInput });

export interface ListFindingsInput {
  readonly scope: Scope;
  readonly criteria: FindingCriteria;
  /** A query as it is typed, besides the criteria. */
  readonly query?: string;
  readonly cursor: string | null;
  readonly limit: number;
}

/** One keyset page of findings, with how many match and whether zero would be proof. */
export const listFindings: Operation<ListFindingsInput, FindingPage> = {
  name: 'ListFindingsForConsole',
  permission: 'findings:read',
  parse(input) {
    const parsed = parseInput(schema, input);
    checkQuery(parsed.query);
    return parsed;
  },
  async run(deps, caller, { scope, criteria, query = '', cursor, limit }) {
    const visible = await visibleScope(deps, caller, scope);
    const [page, assurance] = await Promise.all([
      deps.reads.findings(visible, absorbQuery(criteria, queryOf(query, caller)), { cursor, limit }, deps.clock.now()),
      assuranceOf(deps, visible),
    ]);
    return { ...page, assurance };
  },
};
