import type { VisibleScope } from '../../core/model/scope.ts';
import type { FindingCriteria, FindingPage } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { findingConditions, type ResolvedNames } from './finding-conditions.ts';
import { asksForAll, wantedBands } from './finding-groups/group-numbers.ts';
import { dueFigures } from './overview-figures.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';
import { openCounts } from './severity-counts.ts';

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
  switch (keptCountsFor(criteria)) {
    case 'bands':
      return fromBands(sql, visible, criteria);
    case 'due':
      return fromDueCounts(sql, visible, criteria, now);
    case null:
      return counted(sql, visible, criteria, names, now);
  }
}

/** The kept counts that answer the criteria; null where only the findings themselves can. */
function keptCountsFor(criteria: FindingCriteria): 'bands' | 'due' | null {
  const { minimumScore, exploited, fixAvailable, overdue, firstSeenAfter, resource, vulnerability } = criteria;
  if (
    [minimumScore, firstSeenAfter, resource, vulnerability].some((one) => one !== null) ||
    criteria.words.length > 0 ||
    (criteria.query?.terms ?? []).length > 0 ||
    criteria.package === ''
  ) {
    return null;
  }
  if (overdue === null) {
    return 'bands';
  }
  const isOfAllOpen =
    criteria.statuses.length === 1 &&
    criteria.statuses[0] === 'ACTIVE' &&
    [criteria.severities, criteria.kinds, criteria.types].every((list) => list.length === 0) &&
    [criteria.package, exploited, fixAvailable].every((one) => one === null);
  return isOfAllOpen ? 'due' : null;
}

/** Open findings past due as the overview counts them, or all other open ones. */
async function fromDueCounts(sql: Sql, visible: VisibleScope, { overdue }: FindingCriteria, now: Date) {
  const { pastDue } = await dueFigures(sql, visible, now);
  return { count: overdue === true ? pastDue : (await openCounts(sql, visible)).total - pastDue, exact: true };
}

/** What is not folded into the counts yet is added to them. */
async function fromBands(sql: Sql, visible: VisibleScope, criteria: FindingCriteria) {
  const values = parameters();
  const name = criteria.package === null ? null : values.add(criteria.package, 'text');
  const facts = (alias: string) => [
    ...listed(`${alias}.status`, criteria.statuses, values),
    ...listed(`${alias}.kind`, criteria.kinds, values),
    ...listed(`${alias}.type`, criteria.types, values),
    ...(criteria.exploited === null ? [] : [`${alias}.kev = ${criteria.exploited}`]),
    ...(criteria.fixAvailable === null ? [] : [`${alias}.fixable = ${criteria.fixAvailable}`]),
    ...scopeConditions(visible, values, alias),
  ];
  const kept = [
    ...(name === null ? [] : [`c.package_id in (select id from finding_package where name = ${name})`]),
    ...facts('c'),
  ];
  const fresh = [
    ...(name === null ? [] : [`d.package_name = ${name}`]),
    ...listed('d.severity', criteria.severities, values),
    ...facts('d'),
  ];
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(sum(n), 0)::int as n from (
       select ${bandSum(criteria)} as n from ${keptTable(visible, criteria)} c where ${all(kept)}
       union all
       select d.n from finding_delta d where ${all(fresh)}
     ) as parts`,
    values.values,
  );
  return { count: row?.n ?? 0, exact: true };
}

function keptTable({ accounts }: VisibleScope, criteria: FindingCriteria): string {
  if (criteria.package !== null) {
    return accounts === null ? 'package_total' : 'package_count';
  }
  return accounts === null ? 'finding_total' : 'account_count';
}

function bandSum({ severities }: FindingCriteria): string {
  return asksForAll(severities)
    ? 'c.n'
    : wantedBands(severities)
        .map(({ band }) => `c.${band}`)
        .join(' + ');
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
  return [...listed(`${alias}.status`, statuses, values), ...listed(`${alias}.severity`, severities, values)];
}

/** One of these; no condition where none is named. */
function listed(column: string, list: readonly string[], values: Parameters): string[] {
  return list.length === 0 ? [] : [`${column} = any(${values.add(list, 'text[]')})`];
}
