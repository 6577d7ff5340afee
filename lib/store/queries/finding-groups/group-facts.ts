import type { FindingGroupCriteria } from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import type { Statement } from '../findings-page.ts';
import { all, parameters } from '../parameters.ts';
import { factConditions, findingFilters, placeConditions, statusesOf } from './group-filters.ts';
import { asksForAll, FACT_COLUMNS, type GroupFacts, type GroupNumbers, wantedBands } from './group-numbers.ts';
import { packageResources } from './package-resources.ts';
import { resourceCountConditions, resourceCountTotal } from './resource-groups.ts';

export type FactsRow = GroupFacts & { readonly key: string; readonly ecosystem: string };

/** Findings of a package that are looked at; the first due of more is not known. */
const LOOKED_AT_MAX = 50;

/** A resource has few enough findings to read them all. */
export function resourceFactsStatement(
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  groups: readonly GroupNumbers[],
): Statement {
  const values = parameters();
  const keys = values.add(keysOf(groups), 'bigint[]');
  const text = `
    select k::text as key, '' as ecosystem, ${FACT_COLUMNS}, true as due_known
    from unnest(${keys}) as k
    join finding f on f.resource_id = k and ${all(findingFilters(visible, criteria, values))}
    group by k`;
  return { text, values: values.values };
}

/** The first of each range of the indexes by account; the resources from their own counts. */
export function accountFactsStatement(
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  groups: readonly GroupNumbers[],
): Statement {
  const values = parameters();
  const keys = values.add(keysOf(groups), 'text[]');
  const filters = all(findingFilters({ ...visible, accounts: null }, criteria, values));
  const orders = values.add(
    wantedBands(criteria.severities).map(({ order }) => order),
    'smallint[]',
  );
  const statuses = values.add(statusesOf(criteria), 'text[]');
  const kept = all([
    ...resourceCountConditions(criteria, values),
    ...placeConditions({ ...visible, accounts: null }, criteria, values, 'r'),
  ]);
  const fresh = all([
    ...factConditions(criteria, values, 'd'),
    ...placeConditions({ ...visible, accounts: null }, criteria, values, 'd'),
  ]);
  const among = wantedBands(criteria.severities)
    .map(({ severity }) => `'${severity}'`)
    .join(', ');
  const text = `
    with resources as (
      select account_id, count(*)::int as n from (
        select account_id, resource_id from (
          select r.account_id, c.resource_id, ${resourceCountTotal(criteria)} as n
          from resource r join resource_count c on c.resource_id = r.id
          where r.account_id = any(${keys}) and ${kept}
          union all
          select d.account_id, d.resource_id, d.n from finding_delta d
          where d.account_id = any(${keys}) and d.severity in (${among}) and ${fresh}
        ) as counted
        group by 1, 2 having sum(n) > 0
      ) as open group by 1
    )
    select k as key, '' as ecosystem, (
        select max(first.score_order) from unnest(${statuses}) as s cross join unnest(${orders}) as o cross join lateral (
          select f.score_order from finding f
          where f.account_id = k and f.status = s and f.severity_order = o and f.score_order >= 0 and ${filters}
          order by f.score_order desc limit 1
        ) as first
      )::float8 as score, (
        select f.due_at from finding f where f.account_id = k and f.status = 'ACTIVE' and f.due_order < 'infinity' and ${filters}
        order by f.due_order limit 1
      ) as due_at, true as due_known, coalesce(n.n, 0) as resources, 1 as accounts
    from unnest(${keys}) as k left join resources n on n.account_id = k`;
  return { text, values: values.values };
}

/**
 * The score is the highest of the first of each severity in the index of packages. How many resources and accounts hold a package
 * is kept for what is open, whatever its severity; else it is known of few findings only.
 */
export function packageFactsStatement(
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  groups: readonly GroupNumbers[],
): Statement {
  const values = parameters();
  const names = values.add(keysOf(groups), 'text[]');
  const ecosystems = values.add(
    groups.map(({ ecosystem }) => ecosystem),
    'text[]',
  );
  // Of a single status the planner knows that an index behind it is in order.
  const filters = statusesOf(criteria).map((status) =>
    all(findingFilters(visible, { ...criteria, statuses: [status] }, values)),
  );
  const orders = values.add(
    wantedBands(criteria.severities).map(({ order }) => order),
    'smallint[]',
  );
  const known = countedResources(criteria);
  const held = known === null ? '' : `, held as (${packageResources(known, visible, criteria.kinds, values)})`;
  const text = `
    with asked as (
      select n.name, n.ecosystem, coalesce(p.id, -n.place::int) as id
      from unnest(${names}, ${ecosystems}) with ordinality as n (name, ecosystem, place)
      left join finding_package p on (p.name, p.ecosystem) = (n.name, n.ecosystem)
    )${held}
    select a.name as key, a.ecosystem, worst.score, looked.due_at, looked.due_known,
      ${
        known !== null
          ? 'coalesce(h.resources, 0) as resources, coalesce(h.accounts, 0) as accounts'
          : `
      case when looked.due_known then looked.resources end as resources,
      case when looked.due_known then looked.accounts end as accounts`
      }
    from asked a
    cross join lateral (
      select ${FACT_COLUMNS}, count(*) <= ${LOOKED_AT_MAX} as due_known from (
        ${filters
          .map(
            (filter) => `(
          select * from finding f where f.package_name = a.name and f.package_ecosystem = a.ecosystem and ${filter}
          order by f.severity_order desc, f.score_order desc limit ${LOOKED_AT_MAX + 1}
        )`,
          )
          .join(' union all ')}
      ) as f
    ) as looked
    cross join lateral (
      select max(first.score_order)::float8 as score from unnest(${orders}) as o cross join lateral (
        ${filters
          .map(
            (filter) => `(
          select f.score_order from finding f
          where f.package_name = a.name and f.package_ecosystem = a.ecosystem and f.severity_order = o
            and f.score_order >= 0 and ${filter}
          order by f.score_order desc limit 1
        )`,
          )
          .join(' union all ')}
      ) as first
    ) as worst
    ${known === null ? '' : 'left join held h on h.package_id = a.id'}`;
  return { text, values: values.values };
}

/** Exact numbers of vulnerabilities that have too many findings to look at, for who may see all of them. */
export function vulnerabilityTotalsStatement(criteria: FindingGroupCriteria, keys: readonly string[]): Statement {
  const values = parameters();
  const asked = values.add(keys, 'text[]');
  const orders = values.add(
    wantedBands(criteria.severities).map(({ order }) => order),
    'smallint[]',
  );
  const bands = ['untriaged', 'informational', 'low', 'medium', 'high', 'critical']
    .map((band, order) => `coalesce(sum(n) filter (where severity_order = ${order}), 0)::int as ${band}`)
    .join(', ');
  const text = `
    select vulnerability_id as key, ${bands}, sum(n)::int as total, coalesce(sum(n) filter (where kev), 0)::int as kev,
      coalesce(sum(n) filter (where fixable), 0)::int as fixable
    from (
      select c.vulnerability_id, c.severity_order, c.kev, c.fixable, c.n from vulnerability_count c
      where c.vulnerability_id = any(${asked}) and ${all(factConditions(criteria, values, 'c'))}
      union all
      select d.vulnerability_id, severity_order(d.severity), d.kev, d.fixable, d.n from finding_delta d
      where d.vulnerability_id = any(${asked}) and ${all(factConditions(criteria, values, 'd'))}
    ) as counted
    where severity_order = any(${orders})
    group by 1`;
  return { text, values: values.values };
}

/** Resources of a package are kept for open findings of any severity, all or with a fix; null for what is asked otherwise. */
function countedResources(criteria: FindingGroupCriteria): 'resources' | 'fixable' | null {
  const { statuses, severities, types, exploited, fixAvailable } = criteria;
  const isOpen = statuses.length === 1 && statuses[0] === 'ACTIVE';
  if (!isOpen || !asksForAll(severities) || types.length > 0 || exploited !== null || fixAvailable === false) {
    return null;
  }
  return fixAvailable ? 'fixable' : 'resources';
}

function keysOf(groups: readonly GroupNumbers[]): readonly string[] {
  return groups.map(({ key }) => key);
}
