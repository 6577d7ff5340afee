import type { RoutingRule } from '../../core/findings/routing.ts';
import type { SlaPolicy } from '../../core/findings/sla-policy.ts';
import { DEFAULT_SLA_POLICY } from '../../core/findings/sla-policy.ts';
import type { DutyPreview, RoutingPreview } from '../../core/model/duty.ts';
import { parameters } from '../queries/parameters.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { DUE_JOINS, dueSql } from './due-sql.ts';
import { dutyOf, dutyResources } from './duty.ts';

const HOLDERS_SHOWN = 100;

/** One pass over the open findings whose clock runs. */
export async function previewPolicy(sql: Sql, policy: SlaPolicy, now: Date): Promise<DutyPreview> {
  const values = parameters();
  const at = values.add(now, 'timestamptz');
  const week = values.add(new Date(now.getTime() + 7 * 86_400_000), 'timestamptz');
  const [row] = await sql.query<{ over: number; soon: number; over_after: number; soon_after: number }>(
    `select count(*) filter (where due_at < ${at})::int as over,
       count(*) filter (where due_at >= ${at} and due_at < ${week})::int as soon,
       count(*) filter (where next < ${at})::int as over_after,
       count(*) filter (where next >= ${at} and next < ${week})::int as soon_after
     from (select f.due_at, ${dueSql(policy, values)} as next from finding f ${DUE_JOINS} where f.status = 'ACTIVE') as both_dates`,
    values.values,
  );
  return {
    before: { overdue: row?.over ?? 0, dueIn7Days: row?.soon ?? 0 },
    after: { overdue: row?.over_after ?? 0, dueIn7Days: row?.soon_after ?? 0 },
  };
}

interface GroupRow {
  readonly resource_id: string;
  readonly paths: readonly string[];
  readonly owner: string | null;
  readonly team: string | null;
  readonly n: number;
}

/** Findings are counted by what a rule can tell apart, so that rules are asked once for each such group. */
export async function previewRules(sql: Sql, rules: readonly RoutingRule[]): Promise<RoutingPreview> {
  const duty = await dutyOf(sql, DEFAULT_SLA_POLICY, rules);
  const byPath = rules.some(({ when }) => when.paths !== undefined);
  const groups = await sql.query<GroupRow>(byPath ? GROUPS_BY_PATH : GROUPS);
  const resources = await dutyResources(sql, [...new Set(groups.map(({ resource_id }) => resource_id))]);
  const holders = new Map<string, { owner: string | null; team: string | null; before: number; after: number }>();
  const add = (owner: string | null, team: string | null, side: 'before' | 'after', n: number): void => {
    const key = toJson([owner, team]);
    const known = holders.get(key) ?? { owner, team, before: 0, after: 0 };
    holders.set(key, { ...known, [side]: known[side] + n });
  };
  let [changed, unrouted] = [0, 0];
  for (const { resource_id, paths, owner, team, n } of groups) {
    const next = duty.holderOf(resources.get(resource_id), paths);
    add(owner, team, 'before', n);
    add(next.owner, next.team, 'after', n);
    changed += next.owner === owner && next.team === team ? 0 : n;
    unrouted += next.owner === null && next.team === null ? n : 0;
  }
  const [row] = await sql.query<{ n: number }>(ASSIGNED);
  const largest = [...holders.values()]
    .filter(({ owner, team }) => owner !== null || team !== null)
    .toSorted((a, b) => b.after - a.after || b.before - a.before);
  return { changed, unrouted, assigned: row?.n ?? 0, holders: largest.slice(0, HOLDERS_SHOWN) };
}

const GROUPS = `
select f.resource_id::text as resource_id, '{}'::text[] as paths, f.owner, f.team, count(*)::int as n
from finding f where f.status = 'ACTIVE' and not f.assigned group by 1, 3, 4`;

const GROUPS_BY_PATH = `
select g.resource_id::text as resource_id,
  coalesce((select array_agg(distinct p ->> 'path') from jsonb_array_elements(c.packages) as p), '{}') as paths, g.owner,
  g.team, g.n
from (
  select f.resource_id, f.content, f.owner, f.team, count(*)::int as n
  from finding f where f.status = 'ACTIVE' and not f.assigned group by 1, 2, 3, 4
) as g join finding_content c on c.hash = g.content`;

const ASSIGNED = "select count(*)::int as n from finding where status = 'ACTIVE' and assigned";
