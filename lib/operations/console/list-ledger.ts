import { z } from 'zod';
import { LEDGER_STATES } from '../../core/model/cloud.ts';
import type { LedgerFilter, LedgerRow } from '../../core/model/coverage-view.ts';
import { RESOURCE_KINDS } from '../../core/model/resource.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { Operation } from '../operation.ts';
import { pageInput, parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

export const ledgerFilterInput = z.object({
  kinds: z.array(z.enum(RESOURCE_KINDS)).max(RESOURCE_KINDS.length),
  states: z.array(z.enum(LEDGER_STATES)).max(LEDGER_STATES.length),
  reason: z.string().max(100).nullable(),
  silent: z.boolean(),
});

const schema = z.object({ scope: scopeInput, filter: ledgerFilterInput, ...pageInput });

interface ListLedgerInput {
  readonly scope: Scope;
  readonly filter: LedgerFilter;
  readonly cursor: string | null;
  readonly limit: number;
}

interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  readonly nextCursor: string | null;
}

/** Resources with their state and reason in the ledger, by name. */
export const listLedger: Operation<ListLedgerInput, LedgerPage> = {
  name: 'ListLedger',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: async (deps, caller, { scope, filter, cursor, limit }) =>
    deps.reads.ledger(await visibleScope(deps, caller, scope), filter, { cursor, limit }, deps.clock.now()),
};
