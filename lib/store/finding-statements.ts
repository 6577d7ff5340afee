// The set-based statements of the finding store. Each is one round trip for a whole batch; each returns how many
// rows it touched as `n`.

export const LOCK_RESOURCE = `
select id::text as id, key, name, account_id, region, kind, environment
from resource where key = $1::text for update`;

export const OF_RESOURCE = `
select f.key, f.type, f.vulnerability_id, f.status, f.content_hash, f.closed_at,
  coalesce(array_agg(o.origin order by o.origin) filter (where o.origin is not null), '{}') as origins
from finding f
left join finding_origin o on o.finding_id = f.id
where f.resource_id = (select id from resource where key = $1::text) and f.type = $2::text
group by f.id`;

export const FIND_BEFORE = `
select id::text as id, key, status, severity, score, fixed_version, content_hash, opened_at, closed_at
from finding where key = any($1::text[])`;

const COLUMNS = `key text, type text, severity text, score float8, kev boolean, fix_available text,
  vulnerability_id text, package_name text, package_version text, package_ecosystem text, fixed_version text,
  title text, search text, packages jsonb, score_breakdown jsonb, content_hash text, opened_at timestamptz,
  due_at timestamptz`;

/** `$1` rows, `$2` now, `$3` the resource's number. */
export const INSERT = `
with added as (
  insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, kev,
    fix_available, vulnerability_id, package_name, package_version, package_ecosystem, fixed_version, title, search,
    packages, score_breakdown, content_hash, first_seen_at, last_seen_at, opened_at, due_at)
  select r.key, s.id, s.account_id, s.region, s.kind, s.environment, r.type, 'ACTIVE', r.severity, r.score, r.kev,
    r.fix_available, r.vulnerability_id, r.package_name, r.package_version, r.package_ecosystem, r.fixed_version,
    r.title, r.search, r.packages, r.score_breakdown, r.content_hash, $2::timestamptz, $2::timestamptz, r.opened_at,
    r.due_at
  from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
  cross join (select * from resource where id = $3::bigint) as s
  on conflict (key) do nothing
  returning 1
)
select count(*)::int as n from added`;

/** `$1` rows, `$2` now. A suppressed finding stays suppressed; everything else is open again. */
export const UPDATE = `
with changed as (
  update finding f set
    status = case when f.status = 'CLOSED' then 'ACTIVE' else f.status end,
    severity = r.severity, score = r.score, kev = r.kev, fix_available = r.fix_available,
    vulnerability_id = r.vulnerability_id, package_name = r.package_name, package_version = r.package_version,
    package_ecosystem = r.package_ecosystem, fixed_version = r.fixed_version, title = r.title, search = r.search,
    packages = r.packages, score_breakdown = r.score_breakdown, content_hash = r.content_hash,
    last_seen_at = $2::timestamptz, opened_at = r.opened_at, closed_at = null, due_at = r.due_at
  from jsonb_to_recordset($1::jsonb) as r(${COLUMNS})
  where f.key = r.key
  returning 1
)
select count(*)::int as n from changed`;

/** `$1` keys, `$2` now. */
export const SEEN = `
with moved as (
  update finding set last_seen_at = $2::timestamptz where key = any($1::text[]) returning 1
)
select count(*)::int as n from moved`;

/** `$1` keys, `$2` now. Nobody reports a closed finding, so its origins go. */
export const CLOSE = `
with closed as (
  update finding set status = 'CLOSED', closed_at = $2::timestamptz where key = any($1::text[]) returning id
), gone as (
  delete from finding_origin o using closed where o.finding_id = closed.id
)
select count(*)::int as n from closed`;

/** `$1` pairs of key and origin. */
export const DROP_ORIGINS = `
with dropped as (
  delete from finding_origin o
  using jsonb_to_recordset($1::jsonb) as r(key text, origin text), finding f
  where f.key = r.key and o.finding_id = f.id and o.origin = r.origin
  returning 1
)
select count(*)::int as n from dropped`;

/** `$1` keys, `$2` origin, `$3` now. Only pairs that are missing are written. */
export const KEEP_ORIGINS = `
insert into finding_origin (finding_id, origin, first_seen_at)
select f.id, $2::text, $3::timestamptz from finding f
where f.key = any($1::text[])
  and not exists (select from finding_origin o where o.finding_id = f.id and o.origin = $2::text)
on conflict do nothing`;
