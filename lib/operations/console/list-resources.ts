import { z } from 'zod';
import type { Scope } from '../../core/model/scope.ts';
import type { ResourceRow } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { pageInput, parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput, ...pageInput });

interface ListResourcesInput {
  readonly scope: Scope;
  readonly cursor: string | null;
  readonly limit: number;
}

/** One keyset page of resources with their open findings and last scan. */
export const listResources: Operation<
  ListResourcesInput,
  { readonly rows: readonly ResourceRow[]; readonly nextCursor: string | null }
> = {
  name: 'ListResources',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { scope, cursor, limit }) => deps.reads.resources(visibleScope(caller, scope), { cursor, limit }),
};
