import type { DutyProgress } from '../../core/ports/duty-store.ts';
import { parameters } from '../queries/parameters.ts';
import { KEEP_ORDERS, type Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { DUE_JOINS, dueSql } from './due-sql.ts';
import { type Duty, dutyResources, loadDuty } from './duty.ts';

/** Resources of one step; with some hundred findings each that is a transaction of a few seconds at most. */
const STEP = 500;

/**
 * Brings due dates, owners and teams of the next resources behind `after` up to the settings in force. Rows that are right
 * already are not written, and versions stay: nobody's list is out of date because of a date that moved.
 */
export async function applyDutyNext(sql: Sql, after: string): Promise<DutyProgress> {
  const rows = await sql.query<{ id: string }>(NEXT_RESOURCES, [after, STEP]);
  const ids = rows.map(({ id }) => id);
  const duty = await loadDuty(sql);
  const due = await applyDue(sql, duty, ids);
  const routed = await routeFindings(sql, duty, ids);
  return { after: ids.at(-1) ?? after, resources: ids.length, due, routed, ended: ids.length < STEP };
}

async function applyDue(sql: Sql, { policy }: Duty, ids: readonly string[]): Promise<number> {
  const values = parameters();
  const wanted = values.add(ids, 'bigint[]');
  const [row] = await sql.query<{ n: number }>(
    `with judged as materialized (
       select f.id, ${dueSql(policy, values)} as due_at from finding f ${DUE_JOINS}
       where f.resource_id = any(${wanted}) and f.status <> 'CLOSED'
     ), changed as (
       update finding f set due_at = j.due_at from judged j
       where f.id = j.id and f.due_at is distinct from j.due_at
       returning 1
     )
     select count(*)::int as n from changed`,
    values.values,
  );
  return row?.n ?? 0;
}

/** Gives the findings of resources to whom the rules name, apart from those that a person has assigned. */
export async function routeFindings(sql: Sql, duty: Duty, resourceIds: readonly string[]): Promise<number> {
  const resources = await dutyResources(sql, resourceIds);
  const byPath = duty.rules.some(({ when }) => when.paths !== undefined);
  if (!byPath) {
    const holders = [...resources].map(([id, resource]) => ({ id, ...duty.holderOf(resource, []) }));
    return written(sql, ROUTE_RESOURCES, holders);
  }
  const rows = await sql.query<{ id: string; resource_id: string; paths: readonly string[] }>(PATHS, [resourceIds]);
  const holders = rows.map(({ id, resource_id, paths }) => ({
    id,
    ...duty.holderOf(resources.get(resource_id), paths),
  }));
  return written(sql, ROUTE_FINDINGS, holders);
}

async function written(sql: Sql, statement: string, holders: readonly object[]): Promise<number> {
  const [row] = holders.length === 0 ? [] : await sql.query<{ n: number }>(statement, [toJson(holders)]);
  return row?.n ?? 0;
}

/** Locks them as scans do, so that no scan writes a finding of theirs by the settings of before. */
export const NEXT_RESOURCES = `
with next as (
  select id, key from resource where id > $1::bigint order by id limit $2::int
), locked as (
  select r.id from resource r where r.id in (select id from next) order by r.key for no key update
)
select id::text as id from locked order by locked.id`;

const PATHS = `
select f.id::text as id, f.resource_id::text as resource_id,
  coalesce((select array_agg(distinct p ->> 'path') from jsonb_array_elements(c.packages) as p), '{}') as paths
from finding f join finding_content c on c.hash = f.content
where f.resource_id = any($1::bigint[]) and f.status <> 'CLOSED' and not f.assigned`;

const route = (column: string): string => `
with changed as (
  update finding f set owner = h.owner, team = h.team, ${KEEP_ORDERS}
  from jsonb_to_recordset($1::jsonb) as h(id bigint, owner text, team text)
  where f.${column} = h.id and f.status <> 'CLOSED' and not f.assigned and (f.owner, f.team) is distinct from (h.owner, h.team)
  returning 1
)
select count(*)::int as n from changed`;
const ROUTE_RESOURCES = route('resource_id');
const ROUTE_FINDINGS = route('id');
