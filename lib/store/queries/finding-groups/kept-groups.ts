import type { FindingGroupCriteria, FindingGrouping } from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import type { PageRequest, Statement } from '../findings-page.ts';
import { all, parameters } from '../parameters.ts';
import { factConditions, placeConditions } from './group-filters.ts';
import { asksForAll, BANDS, wantedBands } from './group-numbers.ts';
import { afterGroup, groupOrder } from './group-order.ts';

export type KeptGrouping = Extract<FindingGrouping, 'account' | 'package'>;

/** A table of counts, how its groups are named, and what stands for them in what was not folded yet. */
interface Kept {
  readonly from: string;
  /** What the table of counts is grouped by before names are joined to it. */
  readonly group: string;
  /** Key and ecosystem of the groups `b`, and where they come from. */
  readonly name: string;
  readonly names: string;
  readonly deltaKey: string;
  readonly deltaWhere: readonly string[];
}

const PLAIN = { name: "b.grouped as key, '' as ecosystem", names: '', deltaWhere: [] } as const;

function keptOf(grouping: KeptGrouping, visible: VisibleScope): Kept {
  switch (grouping) {
    case 'account':
      return {
        ...PLAIN,
        from: 'account_count c',
        group: 'c.account_id',
        deltaKey: "d.account_id as key, '' as ecosystem",
      };
    case 'package':
      return {
        from: visible.accounts === null ? 'package_total c' : 'package_count c',
        group: 'c.package_id',
        name: 'p.name as key, p.ecosystem',
        names: 'join finding_package p on p.id = b.grouped',
        deltaKey: 'd.package_name as key, d.package_ecosystem as ecosystem',
        deltaWhere: ["d.package_name <> ''"],
      };
  }
}

/** Groups in order from kept counts alone; no finding is read. */
export function keptGroupsStatement(
  grouping: KeptGrouping,
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  page: PageRequest,
): Statement {
  const values = parameters();
  const kept = keptOf(grouping, visible);
  const base = all([...factConditions(criteria, values, 'c'), ...placeConditions(visible, criteria, values, 'c')]);
  const delta = all([
    ...kept.deltaWhere,
    ...factConditions(criteria, values, 'd'),
    ...placeConditions(visible, criteria, values, 'd'),
  ]);
  const after = afterGroup(grouping, criteria.sort, 'text', page.cursor, values);
  const sums = [...BANDS.map(({ band }) => band), 'total', 'kev', 'fixable'];
  const text = `
    select key::text as key, ecosystem, ${sums.join(', ')}, true as exact from (
      select key, ecosystem, ${sums.map((name) => `sum(${name}::int)::int as ${name}`).join(', ')} from (
        select ${kept.name}, ${sums.map((name) => `b.${name}`).join(', ')} from (
          select ${kept.group} as grouped, ${keptSums(criteria)} from ${kept.from} where ${base} group by 1
        ) as b ${kept.names}
        union all
        select ${kept.deltaKey}, ${deltaSums(criteria).join(', ')} from finding_delta d where ${delta} group by 1, 2
      ) as s
      group by key, ecosystem
    ) as g
    where ${all(['total > 0', ...after])}
    order by ${groupOrder(criteria.sort)}
    limit ${values.add(page.limit, 'int')}`;
  return { text, values: values.values };
}

function keptSums({ severities }: FindingGroupCriteria): string {
  const wanted = wantedBands(severities);
  // Sums of integers are a third quicker than those of bigints, which PostgreSQL adds up as decimal numbers.
  const total = asksForAll(severities) ? 'c.n::int' : `(${wanted.map(({ band }) => `c.${band}::int`).join(' + ')})`;
  return [
    ...BANDS.map((one) => (wanted.includes(one) ? `sum(c.${one.band}::int) as ${one.band}` : `0 as ${one.band}`)),
    `sum(${total}) as total`,
    `coalesce(sum(${total}) filter (where c.kev), 0) as kev`,
    `coalesce(sum(${total}) filter (where c.fixable), 0) as fixable`,
  ].join(', ');
}

/** Six severities, all, known exploited, with a fix: sums over changes `d` that are not folded yet. */
export function deltaSums({ severities }: FindingGroupCriteria): readonly string[] {
  const wanted = wantedBands(severities);
  const among = `d.severity in (${wanted.map(({ severity }) => `'${severity}'`).join(', ')})`;
  const sum = (condition: string) => `coalesce(sum(d.n) filter (where ${condition}), 0)`;
  return [
    ...BANDS.map((one) => (wanted.includes(one) ? sum(`d.severity = '${one.severity}'`) : '0')),
    sum(among),
    sum(`${among} and d.kev`),
    sum(`${among} and d.fixable`),
  ];
}
