import type { AssuranceFacts } from '../../core/coverage/assurance.ts';
import { SCAN_WINDOW_HOURS } from '../../core/coverage/window.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { RISK_POLICY } from '../../core/risk/policy.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

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
  readonly missing: boolean;
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
    advisoryStates(sql, visible, resourceKey),
  ]);
  return {
    resources: counts?.resources ?? 0,
    neverScanned: counts?.never ?? 0,
    incomplete: counts?.incomplete ?? 0,
    olderThanWindow: counts?.old ?? 0,
    undecidable: counts?.undecidable ?? 0,
    advisoryStates: states.map((row) => toState(row, now)),
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
       count(*) filter (where c.outcome = 'complete' and c.ended_at < ${since})::int as old,
       coalesce(sum(c.undecidable), 0)::int as undecidable
     from resource r
     left join coverage c on c.resource_id = r.id and c.scan_type = 'package'
     where ${all(conditionsOf(visible, values, resourceKey))}`,
    values.values,
  );
  return rows[0];
}

// The oldest answer of any resource counts: one host that was matched against old advisories is enough for a gap.
function advisoryStates(sql: Sql, visible: VisibleScope, resourceKey: string | null): Promise<readonly StateRow[]> {
  const values = parameters();
  return sql.query<StateRow>(
    `select s.state ->> 'ecosystem' as ecosystem, count(*)::int as resources,
       bool_or(s.state ->> 'state' = 'missing') as missing,
       min((s.state ->> 'newestRecord')::timestamptz) as newest,
       min((s.state ->> 'syncedAt')::timestamptz) as synced
     from resource r
     join coverage c on c.resource_id = r.id and c.scan_type = 'package'
     cross join lateral jsonb_array_elements(c.advisory_states) as s(state)
     where ${all(conditionsOf(visible, values, resourceKey))}
     group by 1 order by 1`,
    values.values,
  );
}

function conditionsOf(visible: VisibleScope, values: Parameters, resourceKey: string | null): readonly string[] {
  const conditions = scopeConditions(visible, values, 'r');
  return resourceKey === null ? conditions : [...conditions, `r.key = ${values.add(resourceKey, 'text')}`];
}

// What was fresh at the time of the scan may be stale by now, so the state is judged anew from the dates.
function toState(row: StateRow, now: Date): AssuranceFacts['advisoryStates'][number] {
  const { ecosystem, resources, newest, synced } = row;
  return { ecosystem, resources, newestRecord: newest, syncedAt: synced, state: stateAt(row, now) };
}

function stateAt({ missing, newest, synced }: StateRow, now: Date): 'missing' | 'stale' | 'fresh' {
  if (missing) {
    return 'missing';
  }
  const isSynced = synced !== null && now.getTime() - synced.getTime() <= RISK_POLICY.syncHoursMax * HOUR_MS;
  const isCurrent =
    newest !== null && now.getTime() - newest.getTime() <= RISK_POLICY.newestRecordDaysMax * 24 * HOUR_MS;
  return isSynced && isCurrent ? 'fresh' : 'stale';
}
