// The set-based statements of the finding store. Each is one round trip for a whole batch; those that write return how
// many rows they touched as `n`. A finding's key is 32 hex digits outside and a UUID inside.

/** `$1` keys. In the order of keys, so that two batches with the same resources queue and never wait in a circle. */
export const LOCK_RESOURCES = `
select id::text as id, key from resource where key = any($1::text[]) order by key for update`;

/** `$1` row numbers of resources, `$2` finding type. */
export const OF_RESOURCES = `
select f.resource_id::text as resource_id, encode(uuid_send(f.key), 'hex') as key, f.type, f.vulnerability_id, f.status,
  encode(uuid_send(f.content_hash), 'hex') as content_hash, f.origins as sights
from finding f where f.resource_id = any($1::bigint[]) and f.type = $2::text`;

/** `$1` row numbers of resources, `$2` scan type. */
export const REPORTS_OF = `
select resource_id::text as resource_id, origin, completes, looked_at from report
where resource_id = any($1::bigint[]) and scan_type = $2::text`;

/** `$1` row numbers of resources: those that anybody reported of. */
export const TOLD_BEFORE = 'select distinct resource_id::text as id from report where resource_id = any($1::bigint[])';

export const CLOCK = 'select clock_timestamp()::timestamptz(3) as clock';

export const FIND_BEFORE = `
select f.id::text as id, encode(uuid_send(f.key), 'hex') as key, f.status, f.team_status, f.severity, f.score, f.fixed_version,
  f.closed_at, v.kev ->> 'dueDate' as kev_due_date, coalesce(c.rating -> 'cvss', '[]') as cvss
from finding f left join vulnerability v on v.id = f.vulnerability_id left join finding_content c on c.hash = f.content
where f.key = any($1::uuid[])`;

const SIGHT_COLUMNS = `key uuid, origins jsonb, sources smallint, first_seen_at timestamptz, opened_at timestamptz,
  closed_at timestamptz, due_at timestamptz`;

const COLUMNS = `${SIGHT_COLUMNS}, resource_id bigint, type text, severity text, score float8, kev boolean, exploit text,
  fix_available text, vulnerability_id text, package_name text, package_version text, package_ecosystem text,
  fixed_version text, content uuid, content_hash uuid, owner text, team text`;

/**
 * `$1` rows. What is said on many resources is written once, and once a day it is noted that it is still said: the removal of
 * what nobody says any more keeps away from it.
 */
export const ADD_CONTENTS = `
insert into finding_content (hash, title, packages, rating, network)
select r.hash, r.title, r.packages, r.rating, r.network
from jsonb_to_recordset($1::jsonb) as r(hash uuid, title text, packages jsonb, rating jsonb, network jsonb)
where not exists (select from finding_content c where c.hash = r.hash and c.used_on >= current_date)
order by r.hash
on conflict (hash) do update set used_on = excluded.used_on where finding_content.used_on < excluded.used_on`;

/** `$1` rows, `$2` now. */
export const INSERT = `
with added as (
  insert into finding (key, resource_id, account_id, region, kind, environment, reach, type, status, severity, score, kev,
    exploit, fix_available, vulnerability_id, package_name, package_version, package_ecosystem, fixed_version, content,
    content_hash, origins, sources, first_seen_at, last_seen_at, opened_at, closed_at, due_at, owner, team,
    updated_at)
  select r.key, s.id, s.account_id, s.region, s.kind, s.environment, s.reach, r.type,
    case when r.closed_at is null then 'ACTIVE' else 'CLOSED' end, r.severity, r.score, r.kev, r.exploit, r.fix_available,
    r.vulnerability_id, r.package_name, r.package_version, r.package_ecosystem, r.fixed_version, r.content,
    r.content_hash, r.origins, r.sources, r.first_seen_at, $2::timestamptz, r.opened_at, r.closed_at, r.due_at,
    r.owner, r.team, $2::timestamptz
  from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
  join resource s on s.id = r.resource_id
  on conflict (key) do nothing
  returning 1
)
select count(*)::int as n from added`;

// Whoever decided to hide a finding hides it on; who began to work on a fix is told when it is back.
const STATUS = `case
    when r.closed_at is not null then 'CLOSED'
    when f.suppressed_by is not null or f.team_status in ('accepted', 'false-positive') then 'SUPPRESSED'
    else 'ACTIVE' end`;
const TEAM_STATUS = `case
    when f.closed_at is not null and r.closed_at is null and f.team_status in ('in-progress', 'awaiting-rescan') then 'open'
    else f.team_status end`;

// What came back has its clock anew, and it stands still from the start where the risk is still accepted.
const IS_BACK = 'f.closed_at is not null and r.closed_at is null';
const PAUSED_MS = `case when ${IS_BACK} then 0 else f.paused_ms end`;
const PAUSES = `paused_ms = ${PAUSED_MS},
    paused_since = case when ${IS_BACK} and f.paused_since is not null then r.opened_at else f.paused_since end`;
const DUE_AT = `r.due_at + (${PAUSED_MS}) * interval '1 millisecond'`;

/** `$1` rows, `$2` now. */
export const UPDATE = `
with changed as (
  update finding f set
    status = ${STATUS}, team_status = ${TEAM_STATUS}, severity = r.severity, score = r.score, kev = r.kev,
    exploit = r.exploit, fix_available = r.fix_available, vulnerability_id = r.vulnerability_id,
    package_name = r.package_name, package_version = r.package_version, package_ecosystem = r.package_ecosystem,
    fixed_version = r.fixed_version, content = r.content, content_hash = r.content_hash, origins = r.origins,
    sources = r.sources, first_seen_at = r.first_seen_at, last_seen_at = $2::timestamptz, opened_at = r.opened_at,
    closed_at = r.closed_at, due_at = ${DUE_AT}, ${PAUSES}, owner = case when f.assigned then f.owner else r.owner end,
    team = case when f.assigned then f.team else r.team end, updated_at = $2::timestamptz, version = f.version + 1
  from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
  where f.key = r.key
  returning 1
)
select count(*)::int as n from changed`;

/** `$1` rows of sights, `$2` now: who sees it, since when, and so whether it is open. */
export const MOVE_SIGHTS = `
with changed as (
  update finding f set
    status = ${STATUS}, team_status = ${TEAM_STATUS}, origins = r.origins, sources = r.sources,
    first_seen_at = r.first_seen_at, opened_at = r.opened_at, closed_at = r.closed_at, updated_at = $2::timestamptz,
    due_at = case when r.opened_at = f.opened_at then f.due_at else ${DUE_AT} end, ${PAUSES},
    version = f.version + (case when (f.closed_at is null) = (r.closed_at is null) then 0 else 1 end)
  from jsonb_to_recordset($1::jsonb) as r(${SIGHT_COLUMNS})
  where f.key = r.key
  returning 1
)
select count(*)::int as n from changed`;

/** `$1` rows. The newest complete reports are kept, so that one that comes late finds its place between them. */
export const NOTE_REPORTS = `
insert into report (resource_id, scan_type, origin, completes, looked_at)
select r.resource_id, r.scan_type, r.origin, case when r.complete then array[r.at] else '{}' end, r.at
from jsonb_to_recordset($1::jsonb) as r(resource_id bigint, scan_type text, origin text, at timestamptz(3), complete boolean)
order by r.resource_id
on conflict (resource_id, scan_type, origin) do update set
  looked_at = greatest(report.looked_at, excluded.looked_at),
  completes = (
    select coalesce(array_agg(t order by t), '{}') from (
      select distinct t from unnest(report.completes || excluded.completes) as t order by t desc limit 20
    ) as newest)`;
