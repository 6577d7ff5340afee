import type { VisibleScope } from '../core/model/scope.ts';
import type { FindingCriteria } from '../core/model/views.ts';

/** What an administrator without a filter sees. */
export const EVERYTHING: VisibleScope = { accounts: null, regions: [], environments: [], time: '90d' };

/** The findings list as it opens. */
export const DEFAULT_CRITERIA: FindingCriteria = {
  statuses: ['ACTIVE'],
  severities: [],
  kinds: [],
  types: [],
  minimumScore: null,
  exploited: null,
  fixAvailable: null,
  overdue: null,
  firstSeenAfter: null,
  words: [],
  resource: null,
  package: null,
  vulnerability: null,
  sort: 'score',
  descending: true,
};
