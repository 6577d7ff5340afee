import { FINDING_STATUSES, type FindingStatus } from '../../../core/model/finding.ts';
import type { FindingGroupCriteria } from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import type { FindingCriteria } from '../../../core/model/views.ts';
import type { Parameters } from '../parameters.ts';
import { scopeConditions } from '../scope-conditions.ts';
import { asksForAll, wantedBands } from './group-numbers.ts';

/** Conditions on the columns that all tables of counts share: type, status, known exploited, with a fix. */
export function factConditions(criteria: FindingGroupCriteria, values: Parameters, alias: string): string[] {
  const { types, exploited, fixAvailable } = criteria;
  const conditions = [`${alias}.status = any(${values.add(statusesOf(criteria), 'text[]')})`];
  if (types.length > 0) {
    conditions.push(`${alias}.type = any(${values.add(types, 'text[]')})`);
  }
  if (exploited !== null) {
    conditions.push(exploited ? `${alias}.kev` : `not ${alias}.kev`);
  }
  if (fixAvailable !== null) {
    conditions.push(fixAvailable ? `${alias}.fixable` : `not ${alias}.fixable`);
  }
  return conditions;
}

/** Where the findings are: accounts, regions, environments and kinds of resources. */
export function placeConditions(
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  values: Parameters,
  alias: string,
): string[] {
  const kinds = criteria.kinds.length === 0 ? [] : [`${alias}.kind = any(${values.add(criteria.kinds, 'text[]')})`];
  return [...scopeConditions(visible, values, alias), ...kinds];
}

/** The same as conditions on the findings `f` themselves. */
export function findingFilters(visible: VisibleScope, criteria: FindingGroupCriteria, values: Parameters): string[] {
  const { severities, types, exploited, fixAvailable } = criteria;
  const statuses = statusesOf(criteria);
  const [status] = statuses;
  const conditions = [
    // Of a single one the planner knows that an index behind it is in order.
    statuses.length === 1
      ? `f.status = ${values.add(status, 'text')}`
      : `f.status = any(${values.add(statuses, 'text[]')})`,
    ...placeConditions(visible, criteria, values, 'f'),
  ];
  if (!asksForAll(severities)) {
    const orders = wantedBands(severities).map(({ order }) => order);
    conditions.push(`f.severity_order = any(${values.add(orders, 'smallint[]')})`);
  }
  if (types.length > 0) {
    conditions.push(`f.type = any(${values.add(types, 'text[]')})`);
  }
  if (exploited !== null) {
    conditions.push(exploited ? 'f.kev' : 'not f.kev');
  }
  if (fixAvailable !== null) {
    conditions.push(`f.fix_available ${fixAvailable ? '<>' : '='} 'no'`);
  }
  return conditions;
}

export function statusesOf({ statuses }: FindingGroupCriteria): readonly FindingStatus[] {
  return statuses.length === 0 ? FINDING_STATUSES : [...new Set(statuses)];
}

/** The criteria as the list of findings has them. */
export function asFindingCriteria(criteria: FindingGroupCriteria): FindingCriteria {
  return {
    ...criteria,
    minimumScore: null,
    overdue: criteria.overdue ?? null,
    firstSeenAfter: null,
    resource: null,
    package: null,
    vulnerability: null,
    sort: 'score',
    descending: true,
  };
}
