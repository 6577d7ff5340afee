import { createHash } from 'node:crypto';
import { resourceId } from '../../core/model/ids.ts';
import type { DueNetwork, ExposedInstance, NetworkStore, ReachedResource } from '../../core/ports/network-store.ts';
import { neighboursOf } from '../../core/scan/network/join-lists.ts';
import { inChunks } from '../in-chunks.ts';
import { holdTerms } from '../scoring/load-terms.ts';
import { rescore } from '../scoring/rescore.ts';
import { KEEP_ORDERS, type Sql } from '../sql.ts';
import { applyRulesTo, holdRules } from '../suppression/judge-findings.ts';
import { toJson } from '../to-json.ts';
import { intendedExposures, markIntended, widenIntended } from './intended-exposures.ts';

const CHUNK = 1_000;

export function createNetworkStore(sql: Sql): NetworkStore {
  return {
    async save({ accountId, region }, { lists, unread }, now) {
      const text = toJson(lists);
      const hash = createHash('sha256').update(text).update(toJson(unread)).digest('base64url');
      const neighbours = neighboursOf({ lists, unread }).filter((id) => id !== accountId);
      const values = [accountId, region, text, toJson(unread), hash, now, neighbours];
      const [row] = await sql.query<{ changed: boolean }>(SAVE, values);
      const isChanged = row?.changed ?? false;
      if (isChanged) await sql.query(UNSOLVE_NEIGHBOURS, [accountId, region, now]);
      return isChanged;
    },
    async unsolve({ accountId, region }, now) {
      await sql.query(UNSOLVE, [accountId, region, now]);
    },
    due: (solvedBefore, limit) => sql.query<DueNetwork>(DUE, [solvedBefore, limit]),
    revisions: (region, accountIds) => sql.query(REVISIONS, [region, accountIds]),
    load: (region, accountIds) => sql.query(LOAD, [region, accountIds]),
    async instances(accountId, region) {
      const rows = await sql.query<Omit<ExposedInstance, 'resource'> & { key: string }>(INSTANCES, [accountId, region]);
      return rows.map(({ key, ...row }) => ({ ...row, resource: resourceId(key) }));
    },
    async settle({ accountId, region, changedAt }, now) {
      await sql.query(SETTLE, [accountId, region, changedAt, now]);
    },
    saveReach: (resources, now) => saveReach(sql, resources, now),
    markIntended: (mark) => markIntended(sql, mark),
    intended: (resources) => intendedExposures(sql, resources),
    widen: (widened, now) => widenIntended(sql, widened, now),
  };
}

async function saveReach(sql: Sql, resources: readonly ReachedResource[], now: Date): Promise<number> {
  let moved = 0;
  for (const chunk of inChunks(resources, CHUNK)) {
    const rows = chunk.map(({ resource, reach, path, ports }) => ({ key: resource, reach, path, ports }));
    const changed = await sql.query<{ id: string }>(MOVE_RESOURCES, [toJson(rows)]);
    if (changed.length === 0) continue;
    await holdRules(sql);
    const ids = changed.map(({ id }) => id);
    const findings = await sql.query<{ id: string }>(MOVE_FINDINGS, [ids, now]);
    const terms = await holdTerms(sql);
    moved += await rescore(sql, { where: 'f.resource_id = any($1::bigint[])', ids, terms }, now);
    // Rules may ask for the reach.
    await applyRulesTo(sql, { ids: findings.map(({ id }) => id) }, now);
  }
  return moved;
}

const SAVE = `
insert into network as n (account_id, region, lists, unread, hash, changed_at, read_at, neighbours)
values ($1::text, $2::text, $3::jsonb, $4::jsonb, $5::text, $6::timestamptz, $6::timestamptz, $7::text[])
on conflict (account_id, region) do update set
  lists = case when n.hash = excluded.hash then n.lists else excluded.lists end,
  unread = excluded.unread, hash = excluded.hash, read_at = excluded.read_at,
  neighbours = excluded.neighbours,
  changed_at = case when n.hash = excluded.hash then n.changed_at else excluded.changed_at end
returning changed_at = $6::timestamptz as changed`;

// What is being solved at this moment is due again: it settles what was there before.
const UNSOLVED = `solved_at = null, changed_at = greatest($3::timestamptz, changed_at + interval '1 millisecond')`;

const UNSOLVE = `update network set ${UNSOLVED} where account_id = $1::text and region = $2::text`;

const UNSOLVE_NEIGHBOURS = `
update network set ${UNSOLVED} where region = $2::text and neighbours @> array[$1::text]`;

const DUE = `
select account_id as "accountId", region, changed_at as "changedAt" from network
where solved_at is null or solved_at < changed_at or solved_at < $1::timestamptz
order by solved_at nulls first, account_id, region limit $2::int`;

const LOAD = `
select account_id as "accountId", hash, neighbours, lists, unread from network
where region = $1::text and account_id = any($2::text[]) order by account_id`;

const REVISIONS = `
select account_id as "accountId", hash, neighbours from network
where region = $1::text and account_id = any($2::text[]) order by account_id`;

const INSTANCES = `
select key, name, cloud->>'instanceId' as "instanceId", coalesce(cloud->>'state', '') as state, environment, facts from resource
where account_id = $1::text and region = $2::text and kind = 'ec2' and gone_at is null and cloud ? 'instanceId'`;

// What changed while it was solved is due at once: its change is later than what was solved.
const SETTLE = `
update network set solved_at = case when changed_at = $3::timestamptz then $4::timestamptz end
where account_id = $1::text and region = $2::text`;

const GROUP = `case
  when reach in ('internet', 'load-balancer', 'internet-restricted') then 'internet'
  when reach in ('peer', 'vpc') then 'peer' else reach end`;

const MOVE_RESOURCES = `
with told as (
  select key, reach, path, coalesce(ports, 'null') as ports, ${GROUP} as grouped
  from jsonb_to_recordset($1::jsonb) as r(key text, reach text, path text, ports jsonb)
)
update resource r set reach = t.grouped,
  facts = r.facts || jsonb_build_object('reach', t.reach, 'path', t.path, 'ports', t.ports)
from told t
where r.key = t.key and (r.facts->>'reach', r.facts->>'path', coalesce(r.facts->'ports', 'null'))
  is distinct from (t.reach, t.path, t.ports)
returning r.id::text as id`;

const MOVE_FINDINGS = `
update finding f set reach = r.reach, updated_at = $2::timestamptz, version = f.version + 1, ${KEEP_ORDERS}
from resource r
where r.id = f.resource_id and f.resource_id = any($1::bigint[]) and f.status <> 'CLOSED' and f.reach is distinct from r.reach
returning f.id::text as id`;
