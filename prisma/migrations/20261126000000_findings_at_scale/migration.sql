-- Findings for ten million rows. A row of `finding` keeps what pages filter and sort by; what is said about it once and
-- seen on many resources (packages, evidence, title, rating) is a row of `finding_content`, named by its own hash. Words
-- are looked up in the small tables (vulnerability, resource, package names), never in this one.

-- ------------------------------------------------------------------------------------------------- shared content

create table finding_content (
  -- The first 128 bits of the SHA-256 of all the below.
  hash     uuid primary key,
  title    text not null,
  packages jsonb not null,
  -- What the score starts from: the CVSS statement that counts, and the publisher's word. The steps of a score are worked
  -- out from it when somebody looks, so that a new EPSS day rewrites no text.
  rating   jsonb not null
);

alter table finding
  add column content uuid,
  -- What the team says; a scan alone sets "fixed", and that is the state of a closed finding.
  add column team_status text not null default 'open',
  add column status_reason text,
  add column accepted_until timestamptz(3),
  add column snoozed_until timestamptz(3),
  -- Person and team that owe the fix; `owner` is the id of a person.
  add column owner text,
  add column team text,
  -- The suppression rule that hides it, the first in force where several match.
  add column suppressed_by bigint,
  -- Counts every change that a person can see, so that two people cannot overwrite each other unseen.
  add column version integer not null default 1,
  -- Known exploited, a public exploit, or none known.
  add column exploit text not null default 'none',
  -- internet, peer, isolated; null while nobody looked.
  add column reach text,
  -- Since when the clock of the due date stands still; null while it runs. What stood still before is in `paused_ms`.
  add column paused_since timestamptz(3),
  add column paused_ms bigint not null default 0,
  add column updated_at timestamptz(3),
  -- Each origin's latest unbroken sight of the finding, in milliseconds: {"harrier": {"first", "opened", "seen", "gone"}}.
  add column origins jsonb not null default '{}',
  -- Origins that report it now: 1 Harrier, 2 Security Hub.
  add column sources smallint not null default 1,
  add constraint finding_team_status check (
    team_status in ('open', 'in-progress', 'awaiting-rescan', 'accepted', 'false-positive')),
  add constraint finding_exploit check (exploit in ('kev', 'public', 'none')),
  add constraint finding_reach check (reach in ('internet', 'peer', 'isolated'));

-- What a score started from was not kept by itself; the first step of the score in words tells it.
insert into finding_content (hash, title, packages, rating)
select md5(f.key)::uuid, f.title, f.packages, jsonb_build_object(
  'cvss', jsonb_path_query_array(v.cvss, '$[0]'),
  'word', case when v.cvss = '[]' and base.word is not null then
    jsonb_build_object('band', f.severity, 'word', base.word[1], 'source', base.word[2]) end)
from finding f
join vulnerability v on v.id = f.vulnerability_id
cross join lateral (
  select regexp_match(f.score_breakdown #>> '{terms,0,detail}', '^Derived from the word "(.*)" of (.*)$') as word) as base;

update finding f set
  content = md5(f.key)::uuid, exploit = case when f.kev then 'kev' else 'none' end, updated_at = f.last_seen_at,
  origins = coalesce((
    select jsonb_object_agg(o.origin, jsonb_build_object(
      'first', floor(extract(epoch from f.first_seen_at) * 1000)::bigint,
      'opened', floor(extract(epoch from f.opened_at) * 1000)::bigint,
      'seen', floor(extract(epoch from f.last_seen_at) * 1000)::bigint,
      'gone', null))
    from finding_origin o where o.finding_id = f.id), '{}'),
  sources = coalesce((
    select sum(case o.origin when 'harrier' then 1 else 2 end)::smallint
    from finding_origin o where o.finding_id = f.id), 0);

update finding f set origins = jsonb_build_object('harrier', jsonb_build_object(
  'first', floor(extract(epoch from f.first_seen_at) * 1000)::bigint,
  'opened', floor(extract(epoch from f.opened_at) * 1000)::bigint,
  'seen', floor(extract(epoch from f.last_seen_at) * 1000)::bigint,
  'gone', floor(extract(epoch from f.closed_at) * 1000)::bigint))
where status = 'CLOSED';

drop table finding_origin;

drop index finding_score, finding_severity, finding_due, finding_first_seen, finding_last_seen, finding_kev,
  finding_account_score, finding_account_severity, finding_account_due, finding_account_first_seen,
  finding_account_last_seen, finding_by_resource, finding_by_vulnerability, finding_by_package, finding_closed,
  finding_search;

-- A foreign key is checked row by row; at twenty thousand rows a second that was a quarter of the work. Rows enter through
-- a join with their resource and vulnerability, and whoever deletes those deletes the findings first.
alter table finding
  drop constraint finding_resource_id_fkey,
  drop constraint finding_vulnerability_id_fkey,
  drop column title, drop column search, drop column packages, drop column score_breakdown, drop column content_hash,
  alter column key type uuid using key::uuid,
  alter column content set not null,
  alter column updated_at set not null,
  -- The first 128 bits of the SHA-256 of everything that a report says about the finding: equal means nothing to write.
  add column content_hash uuid not null default '00000000-0000-0000-0000-000000000000';
alter table finding alter column content_hash drop default;

-- ------------------------------------------------------------------------------------------------------- indexes

-- The orders of the list.
create index finding_score      on finding (status, score_order, id);
create index finding_severity   on finding (status, severity_order, score_order, id);
create index finding_due        on finding (status, due_order, id);
create index finding_first_seen on finding (status, first_seen_at, id);
create index finding_last_seen  on finding (status, last_seen_at, id);

-- The same for a reader of few accounts, whose ranges are merged.
create index finding_account_score      on finding (account_id, status, score_order, id);
create index finding_account_severity   on finding (account_id, status, severity_order, score_order, id);
create index finding_account_due        on finding (account_id, status, due_order, id);
create index finding_account_first_seen on finding (account_id, status, first_seen_at, id);
create index finding_account_last_seen  on finding (account_id, status, last_seen_at, id);

-- Names that hold a word.
create index package_name_search on package using gin (lower(name) gin_trgm_ops);

-- Narrow questions.
create index finding_by_resource      on finding (resource_id);
create index finding_by_vulnerability on finding (vulnerability_id, account_id);
-- A package may be on every host, and its findings lie close together in no order but this.
create index finding_by_package       on finding (package_name, status, score_order, id);
create index finding_kev              on finding (status, score_order, id) where kev;
create index finding_kev_severity     on finding (status, severity_order, score_order, id) where kev;
create index finding_account_kev      on finding (account_id, status, score_order, id) where kev;
create index finding_closed           on finding (closed_at) where status = 'CLOSED';
create index finding_by_owner         on finding (owner, status) where owner is not null;
create index finding_by_team          on finding (team, status) where team is not null;
create index finding_in_work          on finding (team_status, status) where team_status <> 'open';
create index finding_by_rule          on finding (suppressed_by) where suppressed_by is not null;
create index finding_snoozed          on finding (snoozed_until) where snoozed_until is not null;

-- Pages are read newest first and rows change in place when a score moves: room for that.
alter table finding set (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- --------------------------------------------------------------------------------------------------------- reports

-- When each origin looked at a resource. A report that comes late is held against the newer ones: which of them were
-- complete, and so had seen all that was there.
create table report (
  resource_id bigint not null references resource (id) on delete cascade,
  scan_type   text not null,
  origin      text not null,
  -- Times of the newest complete ones, ascending.
  completes   timestamptz(3)[] not null,
  -- The newest that was not failed.
  looked_at   timestamptz(3) not null,
  primary key (resource_id, scan_type, origin)
);

insert into report (resource_id, scan_type, origin, completes, looked_at)
select resource_id, scan_type, 'harrier',
  case when complete_at is null then '{}' else array[complete_at] end,
  case when outcome = 'failed' then complete_at else ended_at end
from coverage where outcome <> 'failed' or complete_at is not null;

-- The most mature published exploit.
alter table vulnerability add column exploit jsonb;

-- What a score and a due date need to know of the resource besides the environment; null while nobody looked.
alter table resource
  add column reach text,
  add column facts jsonb not null default '{}';
alter table finding_event drop constraint finding_event_finding_id_fkey;
