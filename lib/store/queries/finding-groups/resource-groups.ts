import type { FindingGroupCriteria } from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import type { PageRequest, Statement } from '../findings-page.ts';
import { all, type Parameters, parameters } from '../parameters.ts';
import { factConditions, placeConditions, statusesOf } from './group-filters.ts';
import { asksForAll, BANDS, wantedBands } from './group-numbers.ts';
import { afterGroup, groupOrder } from './group-order.ts';
import { deltaSums } from './kept-groups.ts';

const SUMS = [...BANDS.map(({ band }) => band), 'total', 'kev', 'fixable'] as const;

/**
 * Resources in order from kept counts alone; no finding is read. A resource has one row for each type and status. What is not
 * folded yet is added to its row, so that a hundred thousand resources are not summed twice.
 */
export function resourceGroupsStatement(
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  page: PageRequest,
): Statement {
  const values = parameters();
  const places = placeConditions(visible, criteria, values, 'r');
  const from = places.length > 0 ? 'resource_count c join resource r on r.id = c.resource_id' : 'resource_count c';
  const base = all([...resourceCountConditions(criteria, values), ...places]);
  const fresh = all([...factConditions(criteria, values, 'd'), ...placeConditions(visible, criteria, values, 'd')]);
  const after = afterGroup('resource', criteria.sort, 'bigint', page.cursor, values);
  const text = `
    with fresh as materialized (
      select d.resource_id as key, ${named(deltaSums(criteria))} from finding_delta d where ${fresh} group by 1
    )
    select key::text as key, ecosystem, ${SUMS.join(', ')}, true as exact from (
      select b.key, '' as ecosystem, ${SUMS.map((sum) => `(b.${sum} + coalesce(f.${sum}, 0))::int as ${sum}`).join(', ')}
      from (select c.resource_id as key, ${named(keptSums(criteria))} from ${from} where ${base} group by 1) as b
      left join fresh f on f.key = b.key
      union all
      select f.key, '', ${SUMS.map((sum) => `f.${sum}::int`).join(', ')} from fresh f
      where not exists (select from ${from} where c.resource_id = f.key and ${base})
    ) as g
    where ${all(['total > 0', ...after])}
    order by ${groupOrder(criteria.sort)}
    limit ${values.add(page.limit, 'int')}`;
  return { text, values: values.values };
}

/** Conditions on the rows `c` of resource_count; what is known exploited and what has a fix are columns of it. */
export function resourceCountConditions(criteria: FindingGroupCriteria, values: Parameters): readonly string[] {
  const { types } = criteria;
  const status = `c.status = any(${values.add(statusesOf(criteria), 'text[]')})`;
  return types.length === 0 ? [status] : [status, `c.type = any(${values.add(types, 'text[]')})`];
}

/** How many findings of a row `c` of resource_count are asked for. */
export function resourceCountTotal({ severities, exploited, fixAvailable }: FindingGroupCriteria): string {
  const columns = asksForAll(severities) ? ['n'] : wantedBands(severities).map(({ band }) => band);
  return columns.map((column) => cellOf(column, exploited, fixAvailable)).join(' + ');
}

function named(sums: readonly string[]): string {
  return sums.map((sum, index) => `${sum} as ${SUMS[index]}`).join(', ');
}

function keptSums(criteria: FindingGroupCriteria): readonly string[] {
  const { severities, exploited, fixAvailable } = criteria;
  const wanted = wantedBands(severities);
  const sum = (cells: string) => `sum(${cells})`;
  return [
    ...BANDS.map((one) => (wanted.includes(one) ? sum(cellOf(one.band, exploited, fixAvailable)) : '0')),
    sum(resourceCountTotal(criteria)),
    exploited === false ? '0' : sum(resourceCountTotal({ ...criteria, exploited: true })),
    fixAvailable === false ? '0' : sum(resourceCountTotal({ ...criteria, fixAvailable: true })),
  ];
}

/** Of all that a column counts, the part that is (or is not) known exploited and has (or has no) fix; null for either. */
function cellOf(column: string, kev: boolean | null, fixable: boolean | null): string {
  if (kev === false) {
    return `(${cellOf(column, null, fixable)} - ${cellOf(column, true, fixable)})`;
  }
  if (fixable === false) {
    return `(${cellOf(column, kev, null)} - ${cellOf(column, kev, true)})`;
  }
  return `c.${column}${kev ? '_kev' : ''}${fixable ? '_fixable' : ''}`;
}
