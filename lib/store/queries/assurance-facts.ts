import type { AssuranceFacts } from '../../core/coverage/assurance.ts';
import { SCAN_WINDOW_HOURS } from '../../core/coverage/window.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { RISK_POLICY } from '../../core/risk/policy.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { resourceScope } from './scope-conditions.ts';

const HOUR_MS = 3_600_000;

interface ScanCounts {
  readonly resources: number;
  readonly never: number;
  readonly incomplete: number;
  readonly old: number;
  readonly undecidable: number;
}

interface StateRow {
  readonly ecosystem: string;
  readonly resources: number;
  readonly state: 'missing' | 'stale' | 'fresh';
  readonly newest: Date | null;
  readonly synced: Date | null;
}

/** What the last package scans of the scope leave open. `resourceKey` narrows it to one resource. */
export async function assuranceFacts(
  sql: Sql,
  visible: VisibleScope,
  now: Date,
  resourceKey: string | null = null,
): Promise<AssuranceFacts> {
  const [counts, states] = await Promise.all([
    scanCounts(sql, visible, now, resourceKey),
    advisoryStates(sql, visible, now, resourceKey),
  ]);
  return {
    resources: counts?.resources ?? 0,
    neverScanned: counts?.never ?? 0,
    incomplete: counts?.incomplete ?? 0,
    olderThanWindow: counts?.old ?? 0,
    undecidable: counts?.undecidable ?? 0,
    advisoryStates: states.map(toState),
    now,
  };
}

async function scanCounts(
  sql: Sql,
  visible: VisibleScope,
  now: Date,
  resourceKey: string | null,
): Promise<ScanCounts | undefined> {
  const values = parameters();
  const since = values.add(new Date(now.getTime() - SCAN_WINDOW_HOURS * HOUR_MS), 'timestamptz');
  const rows = await sql.query<ScanCounts>(
    `select count(*)::int as resources,
       count(*) filter (where c.resource_id is null)::int as never,
       count(*) filter (where c.outcome <> 'complete')::int as incomplete,
       count(*) filter (where c.outcome = 'complete' and c.complete_at < ${since})::int as old,
       coalesce(sum(c.undecidable), 0)::int as undecidable
     from resource r
     left join coverage c on c.resource_id = r.id and c.scan_type = 'package'
     where ${all(conditionsOf(visible, values, resourceKey))}`,
    values.values,
  );
  return rows[0];
}

// What was fresh at the time of the scan may be stale by now, so the state is judged anew from the dates. Inventories that
// nothing new speaks of are as fresh as the advisories that all are known to be matched with. Resources are counted by
// state: one host matched against old advisories is a gap, and says nothing about the others.
function advisoryStates(
  sql: Sql,
  visible: VisibleScope,
  now: Date,
  resourceKey: string | null,
): Promise<readonly StateRow[]> {
  const values = parameters();
  const synced = values.add(new Date(now.getTime() - RISK_POLICY.syncHoursMax * HOUR_MS), 'timestamptz');
  const newest = values.add(new Date(now.getTime() - RISK_POLICY.newestRecordDaysMax * 24 * HOUR_MS), 'timestamptz');
  return sql.query<StateRow>(
    `select ecosystem, state, count(*)::int as resources, min(newest) as newest, min(synced) as synced
     from (
       select ecosystem, newest, synced,
         case when was = 'missing' and matched is null then 'missing'
              when synced >= ${synced} and newest >= ${newest} then 'fresh'
              else 'stale' end as state
       from (
         select s.state ->> 'ecosystem' as ecosystem, s.state ->> 'state' as was, m.matched,
           greatest((s.state ->> 'newestRecord')::timestamptz, (m.matched ->> 'newestRecord')::timestamptz) as newest,
           greatest((s.state ->> 'syncedAt')::timestamptz, (m.matched ->> 'syncedAt')::timestamptz) as synced
         from resource r
         join coverage c on c.resource_id = r.id and c.scan_type = 'package'
         cross join lateral jsonb_array_elements(c.advisory_states) as s(state)
         cross join lateral (
           select (select value from setting where name = 'advisories.matched' and not r.sample)
             -> 'ecosystems' -> (s.state ->> 'ecosystem') as matched
         ) as m
         where ${all(conditionsOf(visible, values, resourceKey))}
       ) as known
     ) as judged
     group by ecosystem, state order by state, ecosystem`,
    values.values,
  );
}

function conditionsOf(visible: VisibleScope, values: Parameters, resourceKey: string | null): readonly string[] {
  const conditions = resourceScope(visible, values);
  return resourceKey === null ? conditions : [...conditions, `r.key = ${values.add(resourceKey, 'text')}`];
}

function toState({ ecosystem, resources, state, newest, synced }: StateRow): AssuranceFacts['advisoryStates'][number] {
  return { ecosystem, resources, state, newestRecord: newest, syncedAt: synced };
}
