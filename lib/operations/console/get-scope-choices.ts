import { z } from 'zod';
import type { Scope } from '../../core/model/scope.ts';
import type { ScopeChoices } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput });

/** What the scope bar can offer to this reader. */
export const getScopeChoices: Operation<{ readonly scope: Scope }, ScopeChoices> = {
  name: 'GetScopeChoices',
  permission: 'counts:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { scope }) => deps.reads.scopeChoices(visibleScope(caller, scope), deps.clock.now()),
};
