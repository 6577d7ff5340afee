import { z } from 'zod';
import { formatQuery } from '../../core/findings/query/format-query.ts';
import { parseQuery } from '../../core/findings/query/parse-query.ts';
import { pastQueryOf } from '../../core/findings/query/past-query.ts';
import { FINDING_STATUSES, type FindingStatus } from '../../core/model/finding.ts';
import type { Day, PastCounts, PastFindingsPage } from '../../core/model/history.ts';
import type { Scope } from '../../core/model/scope.ts';
import { pageInput, parseInput, scopeInput } from '../console/input.ts';
import { checkQuery, queryInput, queryOf } from '../console/query-input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { dayInput } from './day-input.ts';

/** Rows of one page. */
const PAST_ROWS = 100;

const schema = z.object({
  scope: scopeInput,
  day: dayInput,
  statuses: z.array(z.enum(FINDING_STATUSES)).min(1).max(FINDING_STATUSES.length).default(['ACTIVE']),
  query: queryInput.default(''),
  ...pageInput,
});

export interface ListFindingsAsOfInput {
  readonly scope: Scope;
  readonly day: Day;
  readonly statuses: readonly FindingStatus[];
  /** A query as it is typed. */
  readonly query?: string;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface FindingsAsOf extends PastFindingsPage {
  /** Of the scope, whatever the query. */
  readonly counts: PastCounts;
  /** Parts of the query, as they are written, that only the present can answer: they restrict nothing. */
  readonly presentOnly: readonly string[];
}

/** What a list of a past day asks for: every status, which the query narrows. */
export function pastFindingsInput(scope: Scope, day: Day, query: string): ListFindingsAsOfInput {
  return { scope, day, statuses: FINDING_STATUSES, query, cursor: null, limit: PAST_ROWS };
}

/** Findings as they were at the end of a past day (UTC), a page at a time, with the figures of that day. */
export const listFindingsAsOf: Operation<ListFindingsAsOfInput, FindingsAsOf> = {
  name: 'ListFindingsAsOf',
  permission: 'findings:read',
  parse(input) {
    const parsed = parseInput(schema, input);
    checkQuery(parsed.query);
    return parsed;
  },
  async run(deps, caller, { scope, query: typed = '', ...request }) {
    const visible = await visibleScope(deps, caller, scope);
    const query = pastQueryOf(queryOf(typed, caller));
    const [page, counts] = await Promise.all([
      deps.history.findingsAsOf(visible, { ...request, query }),
      deps.history.countsAsOf(visible, request.day),
    ]);
    return { ...page, counts, presentOnly: presentOnlyOf(typed) };
  },
};

function presentOnlyOf(typed: string): readonly string[] {
  const { presentOnly } = pastQueryOf(parseQuery(typed).query);
  return presentOnly.terms.map((term) => formatQuery({ terms: [term] }));
}
