import { z } from 'zod';
import type { Scope } from '../../core/model/scope.ts';
import type { FeedView, ScopeChoices } from '../../core/model/views.ts';
import { isSyncLate } from '../../core/risk/advisory-states.ts';
import type { Operation } from '../operation.ts';
import { parseInput, scopeInput } from './input.ts';
import { visibleScope } from './visible-scope.ts';

const schema = z.object({ scope: scopeInput });

/** What the scope bar can offer to this reader. */
export const getScopeChoices: Operation<{ readonly scope: Scope }, ScopeChoices> = {
  name: 'GetScopeChoices',
  permission: 'counts:read',
  parse: (input) => parseInput(schema, input),
  async run(deps, caller, { scope }) {
    const now = deps.clock.now();
    const choices = await deps.reads.scopeChoices(await visibleScope(deps, caller, scope), now);
    return { ...choices, lateSources: deps.system.feeds().filter((feed) => isLate(feed, now)).length };
  },
};

/** A source that was never brought in is not late: nobody asked for it. */
function isLate({ syncedAt, lastErrorAt }: FeedView, now: Date): boolean {
  if (syncedAt === null) return false;
  const hasFailed = lastErrorAt !== null && lastErrorAt > syncedAt;
  return hasFailed || isSyncLate(syncedAt, now);
}
