import { z } from 'zod';
import { absorbQuery } from '../../core/findings/query/absorb-query.ts';
import type { Caller } from '../../core/model/permissions.ts';
import type { TriageSelection } from '../../core/model/triage-act.ts';
import type { VisibleSelection } from '../../core/ports/triage-store.ts';
import { criteriaInput, parseInput, scopeInput } from '../console/input.ts';
import { NO_CRITERIA } from '../console/no-criteria.ts';
import { checkQuery, queryInput, queryOf } from '../console/query-input.ts';
import { visibleEstate, visibleScope } from '../console/visible-scope.ts';
import type { Dependencies } from '../dependencies.ts';

const PICKED_MAX = 10_000;

/** Findings that were picked, with the version in which they were seen, or a query and its scope. */
export const selectionInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('findings'),
    findings: z
      .array(z.object({ id: z.string().max(64), version: z.number().int().min(0).max(2_147_483_647) }))
      .min(1)
      .max(PICKED_MAX),
  }),
  z.object({
    kind: z.literal('query'),
    scope: scopeInput,
    query: queryInput.default(''),
    criteria: criteriaInput.default(NO_CRITERIA as z.output<typeof criteriaInput>),
  }),
]);

/** What every act takes. An id of the caller's own makes it safe to ask again when no answer came. */
export const actInput = { actId: z.uuid().nullable().default(null), selection: selectionInput };

export interface ActInput {
  readonly actId: string | null;
  readonly selection: TriageSelection;
}

/** Parses the input of an act; a part of a query that cannot be read is told by its place. */
export function parseAct<T extends ActInput>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = parseInput(schema, input);
  if (parsed.selection.kind === 'query') {
    checkQuery(parsed.selection.query);
  }
  return parsed;
}

/** The selection within the caller's rights. */
export async function visibleSelection(
  deps: Pick<Dependencies, 'reads'>,
  caller: Caller,
  selection: TriageSelection,
): Promise<VisibleSelection> {
  if (selection.kind === 'findings') {
    return { kind: 'findings', visible: visibleEstate(caller), findings: selection.findings };
  }
  const { scope, criteria, query } = selection;
  return {
    kind: 'query',
    visible: await visibleScope(deps, caller, scope),
    criteria: absorbQuery(criteria, queryOf(query, caller)),
  };
}
