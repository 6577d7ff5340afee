import type { FindingCriteria } from '../../core/model/views.ts';

/** Criteria that leave nothing out, worst first. */
export const NO_CRITERIA: FindingCriteria = {
  statuses: [],
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
