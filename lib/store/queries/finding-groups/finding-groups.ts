import { AppError } from '../../../core/model/app-error.ts';
import type {
  FindingGroupCriteria,
  FindingGrouping,
  FindingGroupPage,
  FindingGroupRow,
} from '../../../core/model/finding-groups.ts';
import type { VisibleScope } from '../../../core/model/scope.ts';
import type { Sql } from '../../sql.ts';
import { resolveNames } from '../finding-conditions.ts';
import type { PageRequest, Statement } from '../findings-page.ts';
import { all, parameters } from '../parameters.ts';
import { GATHERED_MAX, type GatheredGroup, gatheredGroupsStatement } from './gathered-groups.ts';
import {
  accountFactsStatement,
  type FactsRow,
  packageFactsStatement,
  resourceFactsStatement,
  vulnerabilityTotalsStatement,
} from './group-facts.ts';
import { asFindingCriteria, placeConditions } from './group-filters.ts';
import { BANDS, type GroupFacts, type GroupNumbers } from './group-numbers.ts';
import { cursorAfterGroup } from './group-order.ts';
import { keptGroupsStatement } from './kept-groups.ts';
import { resourceGroupsStatement } from './resource-groups.ts';
import { cursorAfterWalk, walkVulnerabilities } from './vulnerability-walk.ts';

const LIMIT_MAX = 200;

type Group = GroupNumbers & GroupFacts;
interface Found {
  readonly groups: readonly Group[];
  readonly nextCursor: string | null;
}

/** One page of groups, with what the reader may see of each. */
export async function findingGroups(
  sql: Sql,
  visible: VisibleScope,
  grouping: FindingGrouping,
  criteria: FindingGroupCriteria,
  page: PageRequest,
  now: Date,
): Promise<FindingGroupPage> {
  const limit = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(page.limit)));
  const { groups, nextCursor } = await find(sql, visible, grouping, criteria, { cursor: page.cursor, limit }, now);
  return { rows: await named(sql, grouping, groups), nextCursor };
}

async function find(
  sql: Sql,
  visible: VisibleScope,
  grouping: FindingGrouping,
  criteria: FindingGroupCriteria,
  page: PageRequest,
  now: Date,
): Promise<Found> {
  if (criteria.words.length > 0 || (criteria.query?.terms ?? []).length > 0 || criteria.overdue != null) {
    return gathered(sql, visible, grouping, criteria, page, now);
  }
  if (grouping !== 'vulnerability') {
    return kept(sql, visible, grouping, criteria, page);
  }
  return (await isSmall(sql, visible, criteria))
    ? gathered(sql, visible, grouping, criteria, page, now)
    : walked(sql, visible, criteria, page);
}

/** Whether all findings of the scope can be read. It follows from the scope alone, so that every page of a list is made alike. */
async function isSmall(sql: Sql, visible: VisibleScope, criteria: FindingGroupCriteria): Promise<boolean> {
  const values = parameters();
  const places = all(placeConditions(visible, criteria, values, 'c'));
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(sum(c.n), 0)::float8 as n from ${visible.accounts === null ? 'finding_total' : 'account_count'} c
     where ${places}`,
    values.values,
  );
  return (row?.n ?? 0) <= GATHERED_MAX;
}

async function gathered(
  sql: Sql,
  visible: VisibleScope,
  grouping: FindingGrouping,
  criteria: FindingGroupCriteria,
  page: PageRequest,
  now: Date,
): Promise<Found> {
  const names = await resolveNames(sql, asFindingCriteria(criteria));
  // A word that hundreds of names hold tells groups apart no better than none.
  const words = names.words.toSorted((a, b) => Number(isCommon(a)) - Number(isCommon(b)));
  if (words[0] !== undefined && isCommon(words[0])) {
    throw tooMany();
  }
  const asked = { ...page, limit: page.limit + 1 };
  const rows = await run<GatheredGroup>(
    sql,
    gatheredGroupsStatement(grouping, visible, criteria, { ...names, words }, asked, now),
  );
  if ((rows[0]?.read ?? 0) > GATHERED_MAX) {
    throw tooMany();
  }
  return pageOf(rows, page.limit, (last) => cursorAfterGroup(grouping, criteria.sort, last));
}

function isCommon(word: { readonly [list in 'vulnerabilities' | 'resources' | 'packages']: readonly string[] | null }) {
  return word.vulnerabilities === null || word.resources === null || word.packages === null;
}

function tooMany(): AppError {
  return new AppError(
    'invalid-input',
    `This query matches more than ${GATHERED_MAX.toLocaleString('en')} findings, too many to group them. Narrow it, choose fewer accounts, or group by severity, kind, exploit, fix and state alone.`,
  );
}

async function kept(
  sql: Sql,
  visible: VisibleScope,
  grouping: Exclude<FindingGrouping, 'vulnerability'>,
  criteria: FindingGroupCriteria,
  page: PageRequest,
): Promise<Found> {
  const asked = { ...page, limit: page.limit + 1 };
  const ranked =
    grouping === 'resource'
      ? resourceGroupsStatement(visible, criteria, asked)
      : keptGroupsStatement(grouping, visible, criteria, asked);
  const rows = await run<GroupNumbers>(sql, ranked);
  const { groups, nextCursor } = pageOf(rows, page.limit, (last) => cursorAfterGroup(grouping, criteria.sort, last));
  const statement = {
    account: accountFactsStatement,
    resource: resourceFactsStatement,
    package: packageFactsStatement,
  };
  const facts = groups.length === 0 ? [] : await run<FactsRow>(sql, statement[grouping](visible, criteria, groups));
  const of = new Map(facts.map((one) => [`${one.key}\0${one.ecosystem}`, one]));
  return {
    groups: groups.map((group) => ({ ...UNKNOWN, ...of.get(`${group.key}\0${group.ecosystem}`), ...group })),
    nextCursor,
  };
}

const UNKNOWN: GroupFacts = { score: null, resources: null, accounts: null, due_at: null, due_known: false };

async function walked(
  sql: Sql,
  visible: VisibleScope,
  criteria: FindingGroupCriteria,
  page: PageRequest,
): Promise<Found> {
  const rows = await walkVulnerabilities(sql, visible, criteria, { ...page, limit: page.limit + 1 });
  const { groups, nextCursor } = pageOf(rows, page.limit, cursorAfterWalk);
  const many = groups.filter(({ exact }) => !exact).map(({ key }) => key);
  const seesAll = placeConditions(visible, criteria, parameters(), 'c').length === 0;
  const totals =
    seesAll && many.length > 0 ? await run<GroupNumbers>(sql, vulnerabilityTotalsStatement(criteria, many)) : [];
  const of = new Map(totals.map((one) => [one.key, one]));
  return { groups: groups.map((group) => withTotals(group, of.get(group.key))), nextCursor };
}

/** Looking at some of its findings only, how many resources and accounts they are on is not known; one finding is one resource. */
function withTotals(group: Group, totals: GroupNumbers | undefined): Group {
  if (group.exact) {
    return group;
  }
  const counts = totals === undefined ? {} : { ...totals, exact: true };
  return { ...group, ...counts, resources: totals?.total ?? null, accounts: null };
}

function pageOf<Row extends GroupNumbers>(
  rows: readonly Row[],
  limit: number,
  cursorAfter: (last: Row) => string,
): { readonly groups: readonly Row[]; readonly nextCursor: string | null } {
  const groups = rows.slice(0, limit);
  const last = groups.at(-1);
  return { groups, nextCursor: rows.length > limit && last !== undefined ? cursorAfter(last) : null };
}

const NAMES: Readonly<Record<Exclude<FindingGrouping, 'package'>, string>> = {
  vulnerability: 'select id as key, id as shown, title as label from vulnerability where id = any($1::text[])',
  resource: 'select id::text as key, key as shown, name as label from resource where id = any($1::bigint[])',
  account: 'select id as key, id as shown, name as label from account where id = any($1::text[])',
};

async function named(
  sql: Sql,
  grouping: FindingGrouping,
  groups: readonly Group[],
): Promise<readonly FindingGroupRow[]> {
  if (grouping === 'package') {
    return groups.map((group) => toRow(group, group.key, group.key, group.ecosystem));
  }
  const keys = groups.map(({ key }) => key);
  const rows = await sql.query<{ key: string; shown: string; label: string }>(NAMES[grouping], [keys]);
  const of = new Map(rows.map((row) => [row.key, row]));
  return groups.map((group) => {
    const name = of.get(group.key);
    return toRow(group, name?.shown ?? group.key, name?.label ?? group.key, null);
  });
}

function toRow(group: Group, key: string, label: string, ecosystem: string | null): FindingGroupRow {
  const counts = Object.fromEntries(BANDS.map(({ severity, band }) => [severity, group[band]]));
  return {
    key,
    label,
    ecosystem,
    worst: BANDS.find(({ band }) => group[band] > 0)?.severity ?? 'UNTRIAGED',
    counts: { ...NOTHING, ...counts },
    total: group.total,
    exact: group.exact,
    kev: group.kev > 0,
    score: group.score,
    resources: group.resources,
    accounts: group.accounts,
    fixAvailable: fixOf(group),
    due: group.due_known ? { known: true, at: group.due_at } : { known: false },
  };
}

const NOTHING = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFORMATIONAL: 0, UNTRIAGED: 0 };

function fixOf({ fixable, total }: Group): FindingGroupRow['fixAvailable'] {
  if (fixable === 0) {
    return 'no';
  }
  return fixable === total ? 'yes' : 'partial';
}

function run<Row>(sql: Sql, { text, values }: Statement): Promise<readonly Row[]> {
  return sql.query<Row>(text, values);
}
