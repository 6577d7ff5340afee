import type { ReportChanges } from '../../core/model/finding.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import { KEEP_ORDERS, type Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { TYPE_OF_SCAN } from '../type-of-scan.ts';
import { late } from './advance-act.ts';

/**
 * Whoever said "scan again" gets the answer of the next complete scan: what it no longer sees it has closed, and what it still
 * sees is open again. A scan that looked before the fix was announced says nothing about it, and neither does an old look that
 * is held against newer advisories.
 */
export async function answerRescans(
  sql: Sql,
  reports: readonly ReportChanges[],
  numbers: ReadonlyMap<ResourceId, string>,
  now: Date,
): Promise<void> {
  const looks = reports.flatMap(({ resource, scanType, origin, outcome, at, again }) =>
    outcome === 'complete' && again !== true
      ? [{ resource_id: numbers.get(resource), type: TYPE_OF_SCAN[scanType], origin, at }]
      : [],
  );
  if (looks.length > 0) {
    await sql.query(ANSWER, [toJson(looks), now]);
  }
}

const ANSWER = `
with answered as (
  update finding f set team_status = 'open', status_reason = null, team_status_at = $2::timestamptz,
    version = f.version + 1, updated_at = $2::timestamptz, ${KEEP_ORDERS}
  from jsonb_to_recordset($1::jsonb) as l(resource_id bigint, type text, origin text, at timestamptz)
  where f.resource_id = l.resource_id and f.type = l.type and f.team_status = 'awaiting-rescan'
    and f.closed_at is null and f.team_status_at <= l.at and f.origins -> l.origin -> 'gone' = 'null'::jsonb
  returning f.id, l.origin, f.status, f.severity, f.score, f.account_id, f.region, f.kind, f.environment
)
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, severity, score, team, team_before, account_id,
  region, resource_kind, environment)
select c.id, greatest($2::timestamptz, late.at), 'status', 'scan', c.origin, 'Still there: the scan sees it as before.',
  c.status, c.severity, coalesce(round(c.score * 10), -1), 'open', 'awaiting-rescan', c.account_id, c.region, c.kind,
  c.environment
from answered c ${late('c.id', '$2::timestamptz')}
order by c.id`;
