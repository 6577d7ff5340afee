import type { VisibleScope } from '../../core/model/scope.ts';
import type { QueryValue, QueryValueSource } from '../../core/ports/console-reads.ts';
import type { Sql } from '../sql.ts';
import { toStorable } from '../to-json.ts';
import { all, containing, type Parameters, parameters } from './parameters.ts';
import { accountConditions } from './scope-conditions.ts';

/** Where the values of each source come from: those that begin as typed stand before those that hold it somewhere. */
type Source = (visible: VisibleScope, values: Parameters, pattern: string) => string;

/** What could go on with the text, from what the reader may see. */
export function queryValues(
  sql: Sql,
  visible: VisibleScope,
  source: QueryValueSource,
  typed: string,
  limit: number,
): Promise<readonly QueryValue[]> {
  const wanted = toStorable(typed.trim().toLowerCase());
  const values = parameters();
  const pattern = values.add(containing(wanted), 'text');
  const start = values.add(wanted, 'text');
  const text = `
    select value, label from (${SOURCES[source](visible, values, pattern)}) as found
    order by not starts_with(lower(value), ${start}), lower(value) limit ${values.add(limit, 'int')}`;
  return sql.query<QueryValue>(text, values.values);
}

const SOURCES: Readonly<Record<QueryValueSource, Source>> = {
  accounts: (visible, values, pattern) => `
    select a.id as value, a.name as label from account a
    where ${mine(visible, values, 'a.id')} and (a.id like ${pattern} or lower(a.name) like ${pattern})`,
  'organizational-units': (visible, values, pattern) => `
    select distinct a.organizational_unit as value, '' as label from account a
    where ${mine(visible, values, 'a.id')} and a.organizational_unit <> '' and lower(a.organizational_unit) like ${pattern}`,
  regions: (visible, values, pattern) => ofResources(visible, values, 'r.region', pattern),
  environments: (visible, values, pattern) => ofResources(visible, values, 'r.environment', pattern),
  // That somebody is there tells nothing of an account.
  owners: (_visible, _values, pattern) => `
    select u.email as value, u.name as label from app_user u
    where not u.disabled and (lower(u.name) like ${pattern} or lower(u.email) like ${pattern})`,
  teams: (_visible, _values, pattern) => `
    select distinct t.name as value, '' as label from app_user u cross join lateral unnest(u.teams) as t(name)
    where lower(t.name) like ${pattern}`,
  packages: (visible, values, pattern) => `
    select p.name as value, p.ecosystem as label from finding_package p
    where lower(p.name) like ${pattern} and exists (
      select from package_count c where ${all(['c.package_id = p.id', ...accountConditions(visible, values, 'c')])}
    ) limit 200`,
  vulnerabilities: (visible, values, pattern) => `
    select v.id as value, v.title as label from vulnerability v
    where lower(v.id || ' ' || v.title) like ${pattern} and exists (
      select from finding f where ${all(['f.vulnerability_id = v.id', ...accountConditions(visible, values, 'f')])}
    ) limit 200`,
  resources: (visible, values, pattern) => named(visible, values, pattern, []),
  images: (visible, values, pattern) => named(visible, values, pattern, ["r.kind in ('ecr', 'image')"]),
  'tag-keys': (visible, values, pattern) => `
    select distinct t.key as value, '' as label from (
      select r.tags from resource r where ${all(accountConditions(visible, values, 'r'))} limit 20000
    ) as r cross join lateral jsonb_object_keys(r.tags) as t(key) where lower(t.key) like ${pattern}`,
};

function mine({ accounts }: VisibleScope, values: Parameters, column: string): string {
  return accounts === null ? 'true' : `${column} = any(${values.add(accounts, 'text[]')})`;
}

function ofResources(visible: VisibleScope, values: Parameters, column: string, pattern: string): string {
  const seen = all([`lower(${column}) like ${pattern}`, ...accountConditions(visible, values, 'r')]);
  return `select distinct ${column} as value, '' as label from resource r where ${seen}`;
}

function named(visible: VisibleScope, values: Parameters, pattern: string, more: readonly string[]): string {
  const seen = all([`r.search like ${pattern}`, ...more, ...accountConditions(visible, values, 'r')]);
  return `select distinct r.name as value, '' as label from (select r.name from resource r where ${seen} limit 200) as r`;
}
