import type { FindingGroupCriteria, FindingGrouping } from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import { findingConditions, type ResolvedNames } from '../finding-conditions.ts';
import type { PageRequest, Statement } from '../findings-page.ts';
import { all, type Parameters, parameters } from '../parameters.ts';
import { asFindingCriteria, findingFilters, placeConditions } from './group-filters.ts';
import { BANDS, COUNTED_COLUMNS, FACT_COLUMNS, type GroupFacts, type GroupNumbers } from './group-numbers.ts';
import { afterGroup, groupOrder } from './group-order.ts';

/** So many findings are read to group them anew; of more, kept counts and walks must tell. */
export const GATHERED_MAX = 50_000;

export interface GatheredGroup extends GroupNumbers, GroupFacts {
  /** How many findings were read; one more than may be where there are too many. */
  readonly read: number;
}

const KEYS: Readonly<Record<FindingGrouping, { key: string; ecosystem: string; type: string }>> = {
  vulnerability: { key: 'f.vulnerability_id', ecosystem: "''", type: 'text' },
  resource: { key: 'f.resource_id', ecosystem: "''", type: 'bigint' },
  account: { key: 'f.account_id', ecosystem: "''", type: 'text' },
  package: { key: 'f.package_name', ecosystem: 'f.package_ecosystem', type: 'text' },
};

const COLUMNS = `key::text as key, ecosystem, ${BANDS.map(({ band }) => band).join(', ')}, total, kev, fixable, score, resources,
  accounts, due_at, read`;

/** Groups made of the few findings that match, read one and all. */
export function gatheredGroupsStatement(
  grouping: FindingGrouping,
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  names: ResolvedNames,
  page: PageRequest,
  now: Date,
): Statement {
  const values = parameters();
  const { key, ecosystem, type } = KEYS[grouping];
  const after = afterGroup(grouping, criteria.sort, type, page.cursor, values);
  const named = grouping === 'package' ? "f.package_name <> ''" : 'true';
  const text = `
    with read as materialized (${candidates(visible, criteria, names, values, now)})
    select ${COLUMNS}, true as exact, true as due_known from (
      select ${key} as key, ${ecosystem} as ecosystem, ${COUNTED_COLUMNS}, ${FACT_COLUMNS},
        (select count(*)::int from read) as read
      from read as f where ${named} group by 1, 2
    ) as g
    where ${all(after)}
    order by ${groupOrder(criteria.sort)}
    limit ${values.add(page.limit, 'int')}`;
  return { text, values: values.values };
}

/**
 * The findings themselves, each way of finding them along an index of its own. A word stands in the name of a
 * vulnerability, a resource or a package; what an earlier way has found is not found again.
 */
function candidates(
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  names: ResolvedNames,
  values: Parameters,
  now: Date,
): string {
  const columns = `f.vulnerability_id, f.resource_id, f.account_id, f.package_name, f.package_ecosystem, f.severity_order,
    f.kev, f.fix_available, f.score, f.due_at, f.status`;
  const most = values.add(GATHERED_MAX + 1, 'int');
  const filters = [
    ...findingFilters(visible, criteria, values),
    ...findingConditions(
      asFindingCriteria({ ...criteria, kinds: [], types: [], exploited: null, fixAvailable: null }),
      names,
      values,
      now,
    ),
  ];
  const [word] = names.words;
  if (word === undefined && ((criteria.query?.terms ?? []).length > 0 || criteria.overdue != null)) {
    return `select ${columns} from finding f where ${all(filters)} limit ${most}`;
  }
  if (word === undefined) {
    const place = all(placeConditions(visible, criteria, values, 'r'));
    return `select ${columns} from resource r join finding f on f.resource_id = r.id
      where ${all([place, ...filters])} limit ${most}`;
  }
  const ways = [
    `f.vulnerability_id = any(${values.add(word.vulnerabilities ?? [], 'text[]')})`,
    `f.resource_id = any(${values.add(word.resources ?? [], 'bigint[]')})`,
    `f.package_name = any(${values.add(word.packages ?? [], 'text[]')})`,
  ];
  const found = ways.map((way, index) => {
    const earlier = ways.slice(0, index).map((before) => `not ${before}`);
    return `(select ${columns} from finding f where ${all([way, ...earlier, ...filters])} limit ${most})`;
  });
  return `select * from (${found.join(' union all ')}) as f limit ${most}`;
}
