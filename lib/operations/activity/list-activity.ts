import { z } from 'zod';
import type { ActivityFilter, ActivityPage } from '../../core/model/activity.ts';
import { pageInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { activityFilterInput, readerOf } from './activity-input.ts';

const schema = z.object({ filter: activityFilterInput, ...pageInput });

export interface ListActivityInput {
  readonly filter: ActivityFilter;
  readonly cursor: string | null;
  readonly limit: number;
}

/** Who changed what, the newest first, as far as the caller's accounts and rights let them know of it. */
export const listActivity: Operation<ListActivityInput, ActivityPage> = {
  name: 'ListActivity',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { filter, cursor, limit }) => deps.activity.page(readerOf(caller), filter, { cursor, limit }),
};
