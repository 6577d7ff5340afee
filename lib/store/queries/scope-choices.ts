import type { VisibleScope } from '../../core/model/scope.ts';
import type { ScopeChoices } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { accountConditions } from './scope-conditions.ts';
import { openCounts } from './severity-counts.ts';

const CHOICES_MAX = 2_000;

interface PlacesRow {
  readonly regions: readonly string[];
  readonly environments: readonly string[];
  readonly has_sample: boolean;
  readonly data_as_of: Date | null;
}

/** What the scope bar offers follows from the reader's accounts alone: a chosen region must not hide the others. */
export async function scopeChoices(sql: Sql, visible: VisibleScope): Promise<Omit<ScopeChoices, 'lateSources'>> {
  const [accounts, places, open] = await Promise.all([
    accountsOf(sql, visible),
    placesOf(sql, visible),
    openCounts(sql, visible),
  ]);
  return {
    accounts,
    regions: places?.regions ?? [],
    environments: places?.environments ?? [],
    dataAsOf: places?.data_as_of ?? null,
    hasSample: places?.has_sample ?? false,
    actNow: open.actNow,
  };
}

async function accountsOf(sql: Sql, visible: VisibleScope) {
  const values = parameters();
  const condition = visible.accounts === null ? 'true' : `a.id = any(${values.add(visible.accounts, 'text[]')})`;
  return sql.query<ScopeChoices['accounts'][number]>(
    `select a.id, a.name, a.organizational_unit as "organizationalUnit" from account a
     where ${condition} order by a.organizational_unit, a.name, a.id limit ${CHOICES_MAX}`,
    values.values,
  );
}

async function placesOf(sql: Sql, visible: VisibleScope): Promise<PlacesRow | undefined> {
  const values = parameters();
  const [row] = await sql.query<PlacesRow>(
    `select coalesce(array_agg(distinct r.region order by r.region), '{}') as regions,
       coalesce(array_agg(distinct r.environment order by r.environment) filter (where r.environment is not null), '{}')
         as environments,
       coalesce(bool_or(r.sample), false) as has_sample, max(c.ended_at) as data_as_of
     from resource r left join coverage c on c.resource_id = r.id
     where ${all(accountConditions(visible, values, 'r'))}`,
    values.values,
  );
  return row;
}
