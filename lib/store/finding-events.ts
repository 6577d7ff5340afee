import type { CloseReason } from '../core/model/finding.ts';
import type { Origin } from '../core/model/resource.ts';
import type { FindingBefore, FindingColumns } from './finding-rows.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { toJson } from './to-json.ts';

/** One step of a finding's life, before the row number of a new finding is known. */
export interface NewFindingEvent {
  readonly key: string;
  readonly origin: Origin;
  readonly kind: 'open' | 'reopen' | 'refresh' | 'close';
  readonly detail: string;
  readonly severity: string;
  readonly severity_before: string | null;
}

const CHUNK = 2_000;

const CLOSE_DETAILS: Readonly<Record<CloseReason, string>> = {
  remediated: 'A complete scan no longer sees it.',
  'advisory-changed': 'The advisory was withdrawn, or no longer covers the installed packages.',
  'resource-removed': 'The resource was removed.',
};

export function openEvent(after: FindingColumns, origin: Origin): NewFindingEvent {
  const what = after.package_name === '' ? after.vulnerability_id : `${after.package_name} ${after.package_version}`;
  return {
    key: after.key,
    origin,
    kind: 'open',
    detail: `First seen: ${what}.`,
    severity: after.severity,
    severity_before: null,
  };
}

export function reopenEvent(
  before: FindingBefore,
  after: Pick<FindingColumns, 'key' | 'severity'>,
  origin: Origin,
): NewFindingEvent {
  const since =
    before.closed_at === null ? '' : ` after it was closed on ${before.closed_at.toISOString().slice(0, 10)}`;
  return {
    key: after.key,
    origin,
    kind: 'reopen',
    detail: `Seen again${since}.`,
    severity: after.severity,
    severity_before: null,
  };
}

/** Null when nothing changed that a person follows: severity, score or fix. */
export function refreshEvent(before: FindingBefore, after: FindingColumns, origin: Origin): NewFindingEvent | null {
  const parts: string[] = [];
  if (before.severity !== after.severity) {
    parts.push(`severity ${before.severity} to ${after.severity}`);
  }
  if (before.score !== after.score) {
    parts.push(`score ${before.score ?? 'none'} to ${after.score ?? 'none'}`);
  }
  if (before.fixed_version !== after.fixed_version) {
    parts.push(`fixed version ${before.fixed_version ?? 'none'} to ${after.fixed_version ?? 'none'}`);
  }
  if (parts.length === 0) {
    return null;
  }
  return {
    key: after.key,
    origin,
    kind: 'refresh',
    detail: `Changed: ${parts.join(', ')}.`,
    severity: after.severity,
    severity_before: before.severity === after.severity ? null : before.severity,
  };
}

export function closeEvent(
  before: Pick<FindingColumns, 'key' | 'severity'>,
  reason: CloseReason,
  origin: Origin,
): NewFindingEvent {
  return {
    key: before.key,
    origin,
    kind: 'close',
    detail: CLOSE_DETAILS[reason],
    severity: before.severity,
    severity_before: null,
  };
}

/** Appends steps of findings of any resources; the resource's facts come from the finding itself. */
export async function appendEvents(sql: Sql, events: readonly NewFindingEvent[], now: Date): Promise<void> {
  for (const chunk of inChunks(events, CHUNK)) {
    await sql.query(APPEND, [toJson(chunk), now]);
  }
}

const APPEND = `
insert into finding_event (finding_id, at, kind, detail, origin, account_id, region, resource_kind, environment,
  severity, severity_before)
select f.id, $2::timestamptz, r.kind, r.detail, r.origin, f.account_id, f.region, f.kind, f.environment,
  r.severity, r.severity_before
from jsonb_to_recordset($1::jsonb)
  as r(key uuid, kind text, detail text, origin text, severity text, severity_before text)
join finding f on f.key = r.key`;
