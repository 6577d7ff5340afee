import { z } from 'zod';
import type { Scope } from '../../core/model/scope.ts';
import type { Overview } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { assuranceOf } from './assurance.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput });

/** The figures of the overview page, for what the caller may see of the scope. */
export const getOverview: Operation<{ readonly scope: Scope }, Overview> = {
  name: 'GetOverview',
  permission: 'counts:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope }) {
    const visible = await visibleScope(deps, caller, scope);
    const [overview, assurance] = await Promise.all([
      deps.reads.overview(visible, deps.clock.now()),
      assuranceOf(deps, visible),
    ]);
    return { ...overview, assurance };
  },
};
