import {
  type LastChange,
  SKIP_REASONS,
  type SkippedFinding,
  type SkippedGroup,
  type TriageReport,
  UNDO_MINUTES,
} from '../../core/model/triage-act.ts';
import type { Sql } from '../sql.ts';

const EXAMPLES = 5;

interface ActRow {
  readonly kind: TriageReport['kind'];
  readonly at: Date;
  readonly findings: number;
  readonly missing: { readonly count?: number; readonly examples?: readonly string[] };
  readonly report: TriageReport | null;
  readonly ended_at: Date | null;
  readonly undone_at: Date | null;
}

interface ExampleRow extends Omit<SkippedFinding, 'lastChange'> {
  readonly reason: SkippedGroup['reason'];
  readonly changed_at: Date | null;
  readonly changed_by: string | null;
  readonly changed_what: string | null;
}

/** What has become of an act, from its rows, or from what was kept of them once they are gone. */
export async function actReport(sql: Sql, actId: string, now: Date): Promise<TriageReport | null> {
  const [act] = await sql.query<ActRow>(ACT, [actId]);
  if (act === undefined) {
    return null;
  }
  const undoUntil = undoEnd(act, now);
  if (act.report !== null) {
    return { ...act.report, at: act.at, skipped: act.report.skipped.map(revived), undoUntil };
  }
  const [counts, examples] = [
    await sql.query<{ reason: SkippedGroup['reason'] | null; done: boolean; n: number }>(COUNTS, [actId]),
    await sql.query<ExampleRow>(EXAMPLE_ROWS, [actId]),
  ];
  const byReason = new Map(counts.flatMap(({ reason, n }) => (reason === null ? [] : [[reason, n]])));
  const missing = act.missing.count ?? 0;
  const groups = SKIP_REASONS.map((reason): SkippedGroup => {
    const gone = reason === 'not-found' ? (act.missing.examples ?? []).map(missingFinding) : [];
    const seen = examples.filter((row) => row.reason === reason).map(toExample);
    return {
      reason,
      count: (byReason.get(reason) ?? 0) + (reason === 'not-found' ? missing : 0),
      examples: [...gone, ...seen].slice(0, EXAMPLES),
    };
  });
  return {
    actId,
    kind: act.kind,
    at: act.at,
    findings: act.findings + missing,
    applied: counts.find((row) => row.reason === null && row.done)?.n ?? 0,
    skipped: groups.filter(({ count }) => count > 0),
    waiting: counts.find((row) => row.reason === null && !row.done)?.n ?? 0,
    undoUntil,
  };
}

function undoEnd({ kind, at, ended_at, undone_at }: ActRow, now: Date): Date | null {
  const end = new Date((ended_at ?? at).getTime() + UNDO_MINUTES * 60_000);
  return kind === 'undo' || undone_at !== null || (ended_at !== null && end < now) ? null : end;
}

function missingFinding(id: string): SkippedFinding {
  return { id, vulnerabilityId: null, resourceName: null, type: null, lastChange: null };
}

function toExample({
  id,
  vulnerabilityId,
  resourceName,
  type,
  changed_at,
  changed_by,
  changed_what,
}: ExampleRow): SkippedFinding {
  const lastChange: LastChange | null =
    changed_at === null ? null : { at: changed_at, by: changed_by ?? 'unknown', what: changed_what ?? '' };
  return { id, vulnerabilityId, resourceName, type, lastChange };
}

/** What was kept went through JSON. */
function revived(group: SkippedGroup): SkippedGroup {
  const examples = group.examples.map((one) =>
    one.lastChange === null ? one : { ...one, lastChange: { ...one.lastChange, at: new Date(one.lastChange.at) } },
  );
  return { ...group, examples };
}

const ACT = `
select kind, at, findings, missing, report, ended_at, undone_at from triage_act where id = $1::uuid`;

const COUNTS = `
select skipped as reason, version_after is not null as done, count(*)::int as n
from triage_act_row where act_id = $1::uuid group by 1, 2`;

// Who changed a finding last stands in its history; only the examples are looked up there.
const EXAMPLE_ROWS = `
select e.reason, coalesce(encode(uuid_send(f.key), 'hex'), e.finding_id::text) as id, f.vulnerability_id as "vulnerabilityId",
  r.name as "resourceName", f.type, last.at as changed_at, coalesce(u.name, last.actor) as changed_by, last.what as changed_what
from (select distinct skipped as reason from triage_act_row where act_id = $1::uuid and skipped is not null) as reasons
cross join lateral (
  select finding_id, skipped as reason from triage_act_row
  where act_id = $1::uuid and skipped = reasons.reason order by finding_id limit ${EXAMPLES}
) as e
left join finding f on f.id = e.finding_id
left join resource r on r.id = f.resource_id
left join lateral (
  select at, actor, case when detail = '' then kind else detail end as what from finding_event
  where finding_id = e.finding_id and kind <> 'comment' and e.reason = 'changed'
  order by at desc, id desc limit 1
) as last on true
left join app_user u on u.id = last.actor
order by e.reason, e.finding_id`;
