import { SCAN_WINDOW_HOURS } from '../../core/coverage/window.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Usage, UsageAsk, UsageRow } from '../../core/model/usage.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

/**
 * What the managed service would have metered in a month. Hours of instances and functions count from discovery until they were
 * gone, stopped or excluded. The ledger keeps the present state and since when, so that of a resource whose state changed, what
 * lay before is known in part: one that was scanned and then stopped is counted until the stop, one that is scanned again is
 * counted since then, and the rest is told as unknown.
 */
export async function usage(sql: Sql, visible: VisibleScope, ask: UsageAsk): Promise<Usage> {
  const [hours, images, outside] = await Promise.all([
    hourRows(sql, visible, ask),
    imageRows(sql, visible, ask),
    outsideCount(sql, visible, ask),
  ]);
  return { rows: [...hours, ...images], outside };
}

/** The hour of UTC in which a time lies; `date_trunc` would cut by the time zone of the session. */
function hour(time: string): string {
  return `floor(date_part('epoch', ${time}) / 3600)`;
}

/** When the trial of each resource type of each account is over. */
function paidFrom(values: Parameters, trialDays: number | null): string {
  return trialDays === null
    ? `select null::text as account_id, null::text as kind, null::float8 as paid_from where false`
    : `select account_id, kind, ${hour('min(first_seen_at)')} + 24 * ${values.add(trialDays, 'int')} as paid_from
       from resource where kind in ('ec2', 'ecr', 'lambda') group by 1, 2`;
}

function hourRows(sql: Sql, visible: VisibleScope, { from, to, trialDays }: UsageAsk): Promise<readonly UsageRow[]> {
  const values = parameters();
  const first = values.add(from, 'float8');
  const end = values.add(to, 'float8');
  const trial = paidFrom(values, trialDays);
  const scope = all([
    "r.kind in ('ec2', 'lambda')",
    `r.first_seen_at < to_timestamp(${end} * 3600)`,
    `(r.gone_at is null or r.gone_at > to_timestamp(${first} * 3600))`,
    ...scopeConditions(visible, values, 'r'),
  ]);
  return sql.query<UsageRow>(
    `with counted as (
       select *, greatest(case when is_on then since else seen end, seen, ${first}) as starts,
         case when is_on then gone when was_on then least(since, gone) else seen end as stops
       from (
         select r.account_id, r.region, r.environment, r.kind, e.way, t.paid_from,
           coalesce(e.state, 'eligible') = 'eligible' as is_on,
           case when e.state <> 'eligible' then coalesce((select c.first_ended_at <= e.since from coverage c
             where c.resource_id = r.id and c.scan_type = 'package'), false) else false end as was_on,
           ${hour('r.first_seen_at')} as seen, coalesce(${hour('e.since')}, ${hour('r.first_seen_at')}) as since,
           least(coalesce(${hour('r.gone_at')}, ${end}), ${end}) as gone,
           case when r.sample or r.gone_at is not null then ${end}
             else ${hour('greatest(r.last_seen_at, p.read_at)')} + ${SCAN_WINDOW_HOURS} end as known
         from resource r
         left join (select * from eligibility where scan_type = 'package' offset 0) as e on e.resource_id = r.id
         left join account_place p on p.account_id = r.account_id and p.region = r.region and p.service = r.kind
         left join (${trial}) as t on t.account_id = r.account_id and t.kind = r.kind
         where ${scope}
         offset 0
       ) as spans
     ), hours as (
       select *, greatest(0, least(stops, known) - starts) as units, greatest(0, stops - greatest(starts, known)) as unseen,
         greatest(0, case when is_on then least(since, gone) when was_on then seen else least(since, gone) end
           - greatest(seen, ${first})) as unknown
       from counted
     ), metered as (
       select *, case when kind = 'lambda' then 'lambda' when way = 'snapshot' then 'ec2-agentless' else 'ec2-agent' end as meter
       from hours
     ), placed as (
       select account_id, region, environment, meter,
         count(*) filter (where units > 0)::int as resources, sum(units) as units,
         count(*) filter (where is_on and least(stops, known) >= ${end})::int as "presentResources",
         coalesce(sum(least(units, greatest(0, paid_from - starts))), 0) as "freeUnits",
         coalesce(sum(units) filter (where not is_on), 0) as "assumedUnits",
         coalesce(sum(units) filter (where kind = 'ec2' and way is null), 0) as "wayUnknownUnits",
         sum(unknown) as "unknownUnits", count(*) filter (where unknown > 0)::int as "unknownResources",
         sum(unseen) as "unseenUnits", count(*) filter (where unseen > 0)::int as "unseenResources"
       from metered group by account_id, region, environment, meter
     )
     select placed.account_id as "accountId", a.name as "accountName", a.first_seen_at as "accountSince", region, environment,
       meter, resources, units, "presentResources", "freeUnits", "assumedUnits", "wayUnknownUnits", "unknownUnits",
       "unknownResources", "unseenUnits", "unseenResources"
     from placed join account a on a.id = placed.account_id
     where units + "unknownUnits" + "unseenUnits" > 0
     order by placed.account_id, region, environment nulls last, meter`,
    values.values,
  );
}

/** An image is scanned first once, by the first scan that did not fail; each later one in the month scans it again. */
function imageRows(sql: Sql, visible: VisibleScope, { from, to, trialDays }: UsageAsk): Promise<readonly UsageRow[]> {
  const values = parameters();
  const first = values.add(from, 'float8');
  const end = values.add(to, 'float8');
  const trial = paidFrom(values, trialDays);
  const scope = all([
    "r.kind = 'ecr'",
    `r.first_seen_at < to_timestamp(${end} * 3600)`,
    ...scopeConditions(visible, values, 'r'),
  ]);
  const good = "s.resource_id = r.id and s.scan_type = 'package' and s.outcome <> 'failed'";
  return sql.query<UsageRow>(
    `with images as (
       select r.account_id, r.region, r.environment, m.scans, m.free_scans, least(m.free_scans, 1) as free_firsts,
         coalesce((select 0 from scan s where ${good} and s.ended_at < to_timestamp(${first} * 3600) limit 1), 1) as firsts
       from resource r
       left join (${trial}) as t on t.account_id = r.account_id and t.kind = r.kind
       cross join lateral (
         select count(*)::int as scans, count(*) filter (where ${hour('s.ended_at')} < t.paid_from)::int as free_scans
         from scan s where ${good} and s.ended_at >= to_timestamp(${first} * 3600) and s.ended_at < to_timestamp(${end} * 3600)
       ) as m
       where m.scans > 0 and ${scope}
       offset 0
     ), places as (
       select account_id, region, environment, count(*) filter (where firsts > 0) as first_images,
         count(*) filter (where scans > firsts) as again_images, sum(firsts) as firsts, sum(firsts * free_firsts) as free_firsts,
         sum(scans - firsts) as agains, sum(free_scans - firsts * free_firsts) as free_agains
       from images group by 1, 2, 3
     ), placed as (
       select account_id, region, environment, k.meter, k.images::int as resources, k.units::float8 as units,
         k.free::float8 as "freeUnits"
       from places cross join lateral (values
         ('ecr-first', first_images, firsts, free_firsts), ('ecr-again', again_images, agains, free_agains)
       ) as k(meter, images, units, free)
       where k.units > 0
     )
     select placed.account_id as "accountId", a.name as "accountName", a.first_seen_at as "accountSince", region, environment,
       meter, resources, units, 0 as "presentResources", "freeUnits", 0 as "assumedUnits", 0 as "wayUnknownUnits", 0 as "unknownUnits",
       0 as "unknownResources", 0 as "unseenUnits", 0 as "unseenResources"
     from placed join account a on a.id = placed.account_id
     order by placed.account_id, region, environment nulls last, meter`,
    values.values,
  );
}

async function outsideCount(sql: Sql, visible: VisibleScope, { from, to }: UsageAsk): Promise<number> {
  const values = parameters();
  const first = values.add(from, 'float8');
  const end = values.add(to, 'float8');
  const [row] = await sql.query<{ outside: number }>(
    `select count(*)::int as outside from resource r
     where ${all([
       "r.kind not in ('ec2', 'ecr', 'lambda')",
       `r.first_seen_at < to_timestamp(${end} * 3600)`,
       `(r.gone_at is null or r.gone_at > to_timestamp(${first} * 3600))`,
       ...scopeConditions(visible, values, 'r'),
     ])}`,
    values.values,
  );
  return row?.outside ?? 0;
}
