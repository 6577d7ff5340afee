import { z } from 'zod';
import { FINDING_STATUSES, type FindingStatus } from '../../core/model/finding.ts';
import type { Day, PastCounts, PastFindingsPage } from '../../core/model/history.ts';
import type { Scope } from '../../core/model/scope.ts';
import { pageInput, parseInput, scopeInput } from '../console/input.ts';
import { visibleScope } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { dayInput } from './day-input.ts';

const schema = z.object({
  scope: scopeInput,
  day: dayInput,
  statuses: z.array(z.enum(FINDING_STATUSES)).min(1).max(FINDING_STATUSES.length).default(['ACTIVE']),
  ...pageInput,
});

export interface ListFindingsAsOfInput {
  readonly scope: Scope;
  readonly day: Day;
  readonly statuses: readonly FindingStatus[];
  readonly cursor: string | null;
  readonly limit: number;
}

/** Findings as they were at the end of a past day (UTC), a page at a time, with the figures of that day. */
export const listFindingsAsOf: Operation<ListFindingsAsOfInput, PastFindingsPage & { readonly counts: PastCounts }> = {
  name: 'ListFindingsAsOf',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, ...request }) {
    const visible = visibleScope(caller, scope);
    const [page, counts] = await Promise.all([
      deps.history.findingsAsOf(visible, request),
      deps.history.countsAsOf(visible, request.day),
    ]);
    return { ...page, counts };
  },
};
