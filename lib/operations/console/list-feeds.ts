import type { FeedView } from '../../core/model/views.ts';
import type { Operation } from '../operation.ts';
import { noInput, parseInput } from './input.ts';

/** What the advisory index holds of each source, and how its last sync went. */
export const listFeeds: Operation<Record<string, never>, readonly FeedView[]> = {
  name: 'ListFeeds',
  permission: 'scans:read',
  parse: (input) => parseInput(noInput, input),
  run: async (deps) => deps.system.feeds(),
};
