import type { CloseReason } from '../core/model/finding.ts';
import type { Origin } from '../core/model/resource.ts';
import type { FindingBefore, FindingColumns, FindingResource } from './finding-rows.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { toJson } from './to-json.ts';

/** One step of a finding's life, before the row number of a new finding is known. */
export interface NewFindingEvent {
  readonly key: string;
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

export function openEvent(after: FindingColumns): NewFindingEvent {
  const what = after.package_name === '' ? after.title : `${after.package_name} ${after.package_version}`;
  return {
    key: after.key,
    kind: 'open',
    detail: `First seen: ${what}.`,
    severity: after.severity,
    severity_before: null,
  };
}

export function reopenEvent(before: FindingBefore, after: FindingColumns): NewFindingEvent {
  const since =
    before.closed_at === null ? '' : ` after it was closed on ${before.closed_at.toISOString().slice(0, 10)}`;
  return {
    key: after.key,
    kind: 'reopen',
    detail: `Seen again${since}.`,
    severity: after.severity,
    severity_before: null,
  };
}

/** Null when nothing changed that a person follows: severity, score or fix. */
export function refreshEvent(before: FindingBefore, after: FindingColumns): NewFindingEvent | null {
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
    kind: 'refresh',
    detail: `Changed: ${parts.join(', ')}.`,
    severity: after.severity,
    severity_before: before.severity === after.severity ? null : before.severity,
  };
}

export function closeEvent(before: FindingBefore, reason: CloseReason): NewFindingEvent {
  return {
    key: before.key,
    kind: 'close',
    detail: CLOSE_DETAILS[reason],
    severity: before.severity,
    severity_before: null,
  };
}

export async function appendEvents(
  sql: Sql,
  resource: FindingResource,
  origin: Origin,
  events: readonly NewFindingEvent[],
  now: Date,
): Promise<void> {
  for (const chunk of inChunks(events, CHUNK)) {
    await sql.query(APPEND, [
      toJson(chunk),
      now,
      origin,
      resource.account_id,
      resource.region,
      resource.kind,
      resource.environment,
    ]);
  }
}

const APPEND = `
insert into finding_event (finding_id, at, kind, detail, origin, account_id, region, resource_kind, environment,
  severity, severity_before)
select f.id, $2::timestamptz, r.kind, r.detail, $3::text, $4::text, $5::text, $6::text, $7::text,
  r.severity, r.severity_before
from jsonb_to_recordset($1::jsonb) as r(key text, kind text, detail text, severity text, severity_before text)
join finding f on f.key = r.key`;
