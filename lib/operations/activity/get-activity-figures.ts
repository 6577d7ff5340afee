import { z } from 'zod';
import type { ActivityFigures, ActivityFilter } from '../../core/model/activity.ts';
import { parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { activityFilterInput, readerOf } from './activity-input.ts';

const schema = z.object({ filter: activityFilterInput });

/** How many entries match and when they were written, and how the chain stood when somebody last looked. */
export const getActivityFigures: Operation<{ readonly filter: ActivityFilter }, ActivityFigures> = {
  name: 'GetActivityFigures',
  permission: 'findings:read',
  parse: (input) => parseInput(schema, input),
  run: (deps, caller, { filter }) => deps.activity.figures(readerOf(caller), filter, deps.clock.now()),
};
