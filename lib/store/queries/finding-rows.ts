import type { FindingRow } from '../../core/model/views.ts';

/** The columns of a row of the list, from `finding f`, `finding_content p`, `resource r`, `account a`, `vulnerability v` and its owner `o`. */
export const FINDING_ROW_COLUMNS = `
  encode(uuid_send(f.key), 'hex') as id, f.vulnerability_id as "vulnerabilityId", p.title, f.type, f.status, f.severity, f.score,
  f.package_name as "packageName", f.package_version as "packageVersion",
  jsonb_array_length(p.packages) as packages, f.fixed_version as "fixedVersion", f.fix_available as "fixAvailable",
  f.kev, v.epss_probability as epss, r.key as "resourceId", r.name as "resourceName", f.kind as "resourceKind",
  f.account_id as "accountId", a.name as "accountName", f.region, f.environment, f.first_seen_at as "firstSeenAt",
  f.last_seen_at as "lastSeenAt", f.due_at as "dueAt", r.sample,
  f.version, f.team_status as "teamStatus", f.owner as "ownerId", o.name as "ownerName", f.team, f.exploit, f.reach,
  f.sources, f.snoozed_until as "snoozedUntil"`;

export const FINDING_ROW_JOINS = `
  join finding_content p on p.hash = f.content
  join resource r on r.id = f.resource_id
  join account a on a.id = f.account_id
  join vulnerability v on v.id = f.vulnerability_id
  left join app_user o on o.id = f.owner`;

/** Takes away what travelled with the row for the cursor only. */
export function toFindingRow({ cursor: _, ...row }: FindingRow & { readonly cursor: readonly string[] }): FindingRow {
  return row;
}
