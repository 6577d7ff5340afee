import { z } from 'zod';
import { absorbQuery } from '../../core/findings/query/absorb-query.ts';
import { AppError } from '../../core/model/app-error.ts';
import {
  FINDING_GROUPINGS,
  type FindingGroupCriteria,
  type FindingGrouping,
  type FindingGroupPage,
  GROUP_SORTS,
  type GroupSort,
  SORTS_OF_GROUPING,
} from '../../core/model/finding-groups.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Operation } from '../operation.ts';
import { criteriaInput, pageInput, parseInput, scopeInput } from './input.ts';
import { NO_CRITERIA } from './no-criteria.ts';
import { checkQuery, queryInput, queryOf } from './query-input.ts';
import { visibleScope } from './visible-scope.ts';

const criteria = criteriaInput
  .pick({
    statuses: true,
    severities: true,
    kinds: true,
    types: true,
    exploited: true,
    fixAvailable: true,
    words: true,
  })
  .extend({ sort: z.enum(GROUP_SORTS) })
  // A filter that no kept count answers is refused, not ignored: a list must not look filtered and not be.
  .strict();
const schema = z.object({
  scope: scopeInput,
  grouping: z.enum(FINDING_GROUPINGS),
  criteria,
  query: queryInput.default(''),
  ...pageInput,
});

export interface ListFindingGroupsInput {
  readonly scope: Scope;
  readonly grouping: FindingGrouping;
  readonly criteria: FindingGroupCriteria;
  /** A query as it is typed, besides the criteria. */
  readonly query?: string;
  readonly cursor: string | null;
  readonly limit: number;
}

/** One keyset page of findings grouped by vulnerability, resource, account or package. */
export const listFindingGroups: Operation<ListFindingGroupsInput, FindingGroupPage> = {
  name: 'ListFindingGroups',
  permission: 'findings:read',
  parse(input) {
    const parsed = parseInput(schema, input);
    checkQuery(parsed.query);
    const sorts: readonly GroupSort[] = SORTS_OF_GROUPING[parsed.grouping];
    if (!sorts.includes(parsed.criteria.sort)) {
      throw new AppError('invalid-input', `Groups by ${parsed.grouping} come in this order only: ${sorts.join(', ')}.`);
    }
    return parsed;
  },
  async run(deps, caller, { scope, grouping, criteria: asked, query = '', cursor, limit }) {
    const { sort } = asked;
    const narrowed = absorbQuery({ ...NO_CRITERIA, ...asked, sort: 'score' }, queryOf(query, caller));
    const { statuses, severities, kinds, types, exploited, fixAvailable, words, overdue } = narrowed;
    const lists = { statuses, severities, kinds, types, exploited, fixAvailable, words, overdue };
    return deps.reads.findingGroups(
      await visibleScope(deps, caller, scope),
      grouping,
      { ...lists, query: narrowed.query ?? { terms: [] }, sort },
      { cursor, limit },
      deps.clock.now(),
    );
  },
};
