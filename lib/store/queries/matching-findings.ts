import type { VisibleScope } from '../../core/model/scope.ts';
import type { FindingCriteria, FindingPage } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { findingConditions, type ResolvedNames } from './finding-conditions.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

/** Counting stops here; the list then says "10,000+". */
const MATCHES_COUNTED_MAX = 10_000;

/** How many findings match: exact from the kept counts where they can tell, else counted up to a bound. */
export function countMatching(
  sql: Sql,
  visible: VisibleScope,
  criteria: FindingCriteria,
  names: ResolvedNames,
  now: Date,
): Promise<FindingPage['matching']> {
  return isAnsweredByCounts(criteria)
    ? fromCounts(sql, visible, criteria)
    : counted(sql, visible, criteria, names, now);
}

function isAnsweredByCounts(criteria: FindingCriteria): boolean {
  const { minimumScore, exploited, fixAvailable, overdue, firstSeenAfter, resource, vulnerability } = criteria;
  const narrow = [
    minimumScore,
    // The counts know of exploited and of fixable findings, and not of both at once.
    exploited === null ? null : fixAvailable,
    overdue,
    firstSeenAfter,
    resource,
    vulnerability,
    criteria.package,
  ];
  return (
    narrow.every((one) => one === null) && criteria.words.length === 0 && (criteria.query?.terms ?? []).length === 0
  );
}

async function fromCounts(sql: Sql, visible: VisibleScope, criteria: FindingCriteria) {
  const values = parameters();
  const conditions = [
    ...bandConditions(criteria, values, 'c'),
    ...(criteria.kinds.length > 0 ? [`c.kind = any(${values.add(criteria.kinds, 'text[]')})`] : []),
    ...(criteria.types.length > 0 ? [`c.type = any(${values.add(criteria.types, 'text[]')})`] : []),
    ...scopeConditions(visible, values, 'c'),
  ];
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(sum(${countedColumn(criteria)}), 0)::int as n from finding_count c where ${all(conditions)}`,
    values.values,
  );
  return { count: row?.n ?? 0, exact: true };
}

function countedColumn({ exploited, fixAvailable }: FindingCriteria): string {
  if (exploited !== null) {
    return exploited ? 'c.kev' : 'c.n - c.kev';
  }
  if (fixAvailable !== null) {
    return fixAvailable ? 'c.fixable' : 'c.n - c.fixable';
  }
  return 'c.n';
}

async function counted(sql: Sql, visible: VisibleScope, criteria: FindingCriteria, names: ResolvedNames, now: Date) {
  const values = parameters();
  const conditions = [
    ...bandConditions(criteria, values, 'f'),
    ...findingConditions(criteria, names, values, now),
    ...scopeConditions(visible, values, 'f'),
  ];
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (
       select from finding f where ${all(conditions)} limit ${MATCHES_COUNTED_MAX + 1}
     ) as matches`,
    values.values,
  );
  const n = row?.n ?? 0;
  return { count: Math.min(n, MATCHES_COUNTED_MAX), exact: n <= MATCHES_COUNTED_MAX };
}

function bandConditions({ statuses, severities }: FindingCriteria, values: Parameters, alias: string): string[] {
  const conditions: string[] = [];
  if (statuses.length > 0) {
    conditions.push(`${alias}.status = any(${values.add(statuses, 'text[]')})`);
  }
  if (severities.length > 0) {
    conditions.push(`${alias}.severity = any(${values.add(severities, 'text[]')})`);
  }
  return conditions;
}
