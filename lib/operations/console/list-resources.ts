import { z } from 'zod';
import type { ResourceCount, ResourceFilter } from '../../core/model/estate.ts';
import type { Scope } from '../../core/model/scope.ts';
import type { ResourceRow } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { resourceFilterInput } from './estate-input.ts';
import { pageInput, parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput, filter: resourceFilterInput, ...pageInput });

interface ListResourcesInput {
  readonly scope: Scope;
  readonly filter: ResourceFilter;
  readonly cursor: string | null;
  readonly limit: number;
}

interface ResourcesPage {
  readonly rows: readonly ResourceRow[];
  readonly nextCursor: string | null;
  /** By kind and state, whichever of both the filter asks for. */
  readonly counts: readonly ResourceCount[];
}

/** One keyset page of the resources that match, with their open findings, last scan, and how many there are. */
export const listResources: Operation<ListResourcesInput, ResourcesPage> = {
  name: 'ListResources',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope, filter, cursor, limit }) {
    const visible = await visibleScope(deps, caller, scope);
    const now = deps.clock.now();
    const [page, counts] = await Promise.all([
      deps.reads.resources(visible, filter, { cursor, limit }, now),
      deps.reads.countResources(visible, filter, now),
    ]);
    return { ...page, counts };
  },
};
