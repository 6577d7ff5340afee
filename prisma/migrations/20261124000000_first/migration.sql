-- The first state of the database. Plain SQL, applied by lib/store/migrate.ts and recorded in Prisma's own table.
-- Times are timestamptz(3): JavaScript dates carry milliseconds, and a keyset cursor must give back exactly the
-- value that the row holds.

-- Words inside titles, packages and resources are found with trigrams. The extension is trusted since PostgreSQL 13,
-- so the owner of a database may create it without being a superuser.
create extension if not exists pg_trgm;

-- ---------------------------------------------------------------------------------------------------- accounts

create table account (
  id                  text primary key,
  name                text not null,
  organizational_unit text not null default '',
  sample              boolean not null default false,
  first_seen_at       timestamptz(3) not null,
  updated_at          timestamptz(3) not null
);

-- --------------------------------------------------------------------------------------------------- inventory

-- A package is one row however many resources hold it; what differs between copies (path, layer) is in the link.
create table package (
  id              bigint generated always as identity primary key,
  ecosystem       text not null,
  purl            text not null,
  name            text not null,
  version         text not null,
  architecture    text,
  source_name     text,
  source_version  text,
  package_manager text not null,
  constraint package_identity unique nulls not distinct (purl, ecosystem, source_name, source_version)
);
create index package_by_name on package (ecosystem, name);

-- Hosts made from one image share an inventory: its digest is made from the sorted packages.
create table inventory (
  id         bigint generated always as identity primary key,
  digest     text not null unique,
  distro     jsonb,
  packages   integer not null,
  created_at timestamptz(3) not null
);

create table inventory_package (
  inventory_id bigint not null references inventory (id) on delete cascade,
  package_id   bigint not null references package (id),
  path         text not null,
  layer        text,
  primary key (inventory_id, package_id, path)
);
-- "Which inventories hold this package" is the question of a changed advisory.
create index inventory_package_by_package on inventory_package (package_id);

-- --------------------------------------------------------------------------------------------------- resources

create table resource (
  id            bigint generated always as identity primary key,
  -- The name that people and ARNs use; the short number above is what other tables point to.
  key           text not null unique,
  account_id    text not null references account (id),
  region        text not null,
  kind          text not null,
  name          text not null,
  environment   text,
  tags          jsonb not null default '{}',
  sample        boolean not null default false,
  inventory_id  bigint references inventory (id),
  distro        jsonb,
  first_seen_at timestamptz(3) not null,
  last_seen_at  timestamptz(3) not null,
  search        text not null
);
create index resource_by_name on resource (name, id);
create index resource_by_account on resource (account_id, name, id);
create index resource_by_inventory on resource (inventory_id);
create index resource_sample on resource (id) where sample;
create index resource_search on resource using gin (search gin_trgm_ops);

-- --------------------------------------------------------------------------------------------- vulnerabilities

create table vulnerability (
  id               text primary key,
  aliases          text[] not null default '{}',
  title            text not null,
  description      text not null,
  severity         text not null,
  severity_source  text,
  cvss             jsonb not null default '[]',
  epss_probability double precision,
  epss_percentile  double precision,
  epss_date        text,
  kev              jsonb,
  cwes             text[] not null default '{}',
  reference_urls   text[] not null default '{}',
  published_at     timestamptz(3),
  -- SHA-256 of all the above: a row is written again only when something about the flaw changed.
  content_hash     text not null,
  updated_at       timestamptz(3) not null
);
create index vulnerability_aliases on vulnerability using gin (aliases);
create index vulnerability_search on vulnerability using gin (lower(id || ' ' || title) gin_trgm_ops);

-- ---------------------------------------------------------------------------------------------------- findings

create table finding (
  id                bigint generated always as identity primary key,
  key               text not null unique,
  resource_id       bigint not null references resource (id) on delete cascade,
  -- The next four are copies of the resource's, so that a page of findings needs no join to filter.
  account_id        text not null,
  region            text not null,
  kind              text not null,
  environment       text,
  type              text not null,
  status            text not null,
  severity          text not null,
  score             double precision,
  kev               boolean not null,
  fix_available     text not null,
  vulnerability_id  text not null references vulnerability (id),
  package_name      text not null,
  package_version   text not null,
  package_ecosystem text not null,
  fixed_version     text,
  title             text not null,
  -- Lower-case text of everything that the query bar looks into.
  search            text not null,
  packages          jsonb not null,
  score_breakdown   jsonb not null,
  content_hash      text not null,
  first_seen_at     timestamptz(3) not null,
  last_seen_at      timestamptz(3) not null,
  -- Since when it is open without a break: first seen, or last reopened. The due date counts from here.
  opened_at         timestamptz(3) not null,
  closed_at         timestamptz(3),
  due_at            timestamptz(3),
  -- Sort keys without nulls. A keyset page compares rows, and a comparison with null is neither true nor false.
  severity_order    smallint not null generated always as (
    case severity when 'CRITICAL' then 5 when 'HIGH' then 4 when 'MEDIUM' then 3
                  when 'LOW' then 2 when 'INFORMATIONAL' then 1 else 0 end) stored,
  score_order       double precision not null generated always as (coalesce(score, -1)) stored,
  due_order         timestamptz(3) not null generated always as (coalesce(due_at, timestamptz 'infinity')) stored,
  constraint finding_status check (status in ('ACTIVE', 'SUPPRESSED', 'CLOSED')),
  constraint finding_fix check (fix_available in ('yes', 'no', 'partial'))
);

-- One index for each order of the list. The list is asked for one status (open) nearly always; for several, the pages
-- of each are merged. A btree is read in both directions, so each serves the ascending and the descending page.
create index finding_score      on finding (status, score_order, id);
create index finding_severity   on finding (status, severity_order, score_order, id);
create index finding_due        on finding (status, due_order, id);
create index finding_first_seen on finding (status, first_seen_at, id);
create index finding_last_seen  on finding (status, last_seen_at, id);
-- Known exploited findings are few among many, so walking the orders above for them would be long.
create index finding_kev        on finding (status, score_order, id) where kev;

-- The same for readers who may see some accounts only: the page of each account is one index range, and the pages of
-- several accounts are merged.
create index finding_account_score      on finding (account_id, status, score_order, id);
create index finding_account_severity   on finding (account_id, status, severity_order, score_order, id);
create index finding_account_due        on finding (account_id, status, due_order, id);
create index finding_account_first_seen on finding (account_id, status, first_seen_at, id);
create index finding_account_last_seen  on finding (account_id, status, last_seen_at, id);

-- Narrow questions: one resource, one vulnerability, one package, what was fixed when, and words.
create index finding_by_resource      on finding (resource_id, type);
create index finding_by_vulnerability on finding (vulnerability_id);
create index finding_by_package       on finding (package_name, package_ecosystem);
create index finding_closed           on finding (closed_at) where status = 'CLOSED';
create index finding_search           on finding using gin (search gin_trgm_ops);

create table finding_origin (
  finding_id    bigint not null references finding (id) on delete cascade,
  origin        text not null,
  first_seen_at timestamptz(3) not null,
  primary key (finding_id, origin)
);

-- The life of a finding, append-only. The resource's facts are copied, so that history needs no join.
create table finding_event (
  id              bigint generated always as identity primary key,
  finding_id      bigint not null references finding (id) on delete cascade,
  at              timestamptz(3) not null,
  kind            text not null,
  detail          text not null,
  origin          text not null,
  account_id      text not null,
  region          text not null,
  resource_kind   text not null,
  environment     text,
  severity        text not null,
  -- Set on a refresh that changed the severity.
  severity_before text,
  constraint finding_event_kind check (kind in ('open', 'reopen', 'refresh', 'close'))
);
create index finding_event_by_finding on finding_event (finding_id, at);

-- --------------------------------------------------------------------------------------- counts that are kept

-- Findings by everything the scope bar and the severity bar ask for. Rows are added, never updated in place: each
-- statement that changes findings appends its net difference, so two workers never wait for one counter.
-- finding_count_fold() sums the rows of each group into one from time to time; readers always take the sum.
create table finding_count (
  id           bigint generated always as identity primary key,
  account_id   text not null,
  region       text not null,
  kind         text not null,
  -- Empty where the resource has no environment, so that groups compare with "=".
  environment  text not null,
  type         text not null,
  status       text not null,
  severity     text not null,
  n            bigint not null,
  kev          bigint not null,
  fixable      bigint not null,
  -- Critical or high, known exploited and fixable.
  act_now      bigint not null,
  -- Sum of the scores in tenths: whole numbers, so that adding and taking away never drifts.
  score_tenths bigint not null
);
create index finding_count_by_account on finding_count (account_id);

create function finding_count_append_insert() returns trigger language plpgsql as $$
begin
  insert into finding_count (account_id, region, kind, environment, type, status, severity, n, kev, fixable, act_now, score_tenths)
  select account_id, region, kind, coalesce(environment, ''), type, status, severity,
         count(*), count(*) filter (where kev), count(*) filter (where fix_available <> 'no'),
         count(*) filter (where kev and fix_available <> 'no' and severity in ('CRITICAL', 'HIGH')),
         coalesce(sum(round(score * 10)), 0)
  from new_rows
  group by 1, 2, 3, 4, 5, 6, 7;
  return null;
end $$;

create function finding_count_append_delete() returns trigger language plpgsql as $$
begin
  insert into finding_count (account_id, region, kind, environment, type, status, severity, n, kev, fixable, act_now, score_tenths)
  select account_id, region, kind, coalesce(environment, ''), type, status, severity,
         -count(*), -count(*) filter (where kev), -count(*) filter (where fix_available <> 'no'),
         -count(*) filter (where kev and fix_available <> 'no' and severity in ('CRITICAL', 'HIGH')),
         -coalesce(sum(round(score * 10)), 0)
  from old_rows
  group by 1, 2, 3, 4, 5, 6, 7;
  return null;
end $$;

-- Old rows count negative, new rows positive; a statement that only moved the time of the last sighting leaves
-- every group at zero and writes nothing.
create function finding_count_append_update() returns trigger language plpgsql as $$
begin
  insert into finding_count (account_id, region, kind, environment, type, status, severity, n, kev, fixable, act_now, score_tenths)
  select * from (
    select account_id, region, kind, coalesce(environment, '') as environment, type, status, severity,
           sum(sign) as n,
           coalesce(sum(sign) filter (where kev), 0) as kev,
           coalesce(sum(sign) filter (where fix_available <> 'no'), 0) as fixable,
           coalesce(sum(sign) filter (where kev and fix_available <> 'no' and severity in ('CRITICAL', 'HIGH')), 0) as act_now,
           coalesce(sum(sign * round(score * 10)), 0) as score_tenths
    from (
      select -1 as sign, account_id, region, kind, environment, type, status, severity, kev, fix_available, score from old_rows
      union all
      select 1, account_id, region, kind, environment, type, status, severity, kev, fix_available, score from new_rows
    ) as both_sides
    group by 1, 2, 3, 4, 5, 6, 7
  ) as net
  where n <> 0 or net.kev <> 0 or fixable <> 0 or act_now <> 0 or score_tenths <> 0;
  return null;
end $$;

create trigger finding_count_insert after insert on finding
  referencing new table as new_rows for each statement execute function finding_count_append_insert();
create trigger finding_count_update after update on finding
  referencing old table as old_rows new table as new_rows for each statement execute function finding_count_append_update();
create trigger finding_count_delete after delete on finding
  referencing old table as old_rows for each statement execute function finding_count_append_delete();

-- Makes one row of each group that has several. Only one session folds at a time; the others have nothing to do.
create function finding_count_fold() returns integer language plpgsql as $$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7316401) then
    return 0;
  end if;
  with crowded as (
    select account_id, region, kind, environment, type, status, severity
    from finding_count group by 1, 2, 3, 4, 5, 6, 7
    having count(*) > 1 or sum(n) = 0
  ), gone as (
    delete from finding_count c using crowded d
    where (c.account_id, c.region, c.kind, c.environment, c.type, c.status, c.severity)
        = (d.account_id, d.region, d.kind, d.environment, d.type, d.status, d.severity)
    returning c.*
  ), back as (
    insert into finding_count (account_id, region, kind, environment, type, status, severity, n, kev, fixable, act_now, score_tenths)
    select account_id, region, kind, environment, type, status, severity,
           sum(n), sum(kev), sum(fixable), sum(act_now), sum(score_tenths)
    from gone group by 1, 2, 3, 4, 5, 6, 7
    having sum(n) <> 0
    returning 1
  )
  select (select count(*) from gone) - (select count(*) from back) into folded;
  return folded;
end $$;

-- Counts everything anew. The triggers must have come to the same numbers, and a test says so.
create function finding_count_rebuild() returns void language plpgsql as $$
begin
  -- Writers wait, readers do not: otherwise a finding written between delete and count would be counted twice.
  lock table finding in share row exclusive mode;
  delete from finding_count;
  insert into finding_count (account_id, region, kind, environment, type, status, severity, n, kev, fixable, act_now, score_tenths)
  select account_id, region, kind, coalesce(environment, ''), type, status, severity,
         count(*), count(*) filter (where kev), count(*) filter (where fix_available <> 'no'),
         count(*) filter (where kev and fix_available <> 'no' and severity in ('CRITICAL', 'HIGH')),
         coalesce(sum(round(score * 10)), 0)
  from finding
  group by 1, 2, 3, 4, 5, 6, 7;
end $$;

-- What opened, closed and changed its band on each day (UTC): the trend and "change in 7 days" read this instead of
-- the events. Appended to and summed like finding_count.
create table finding_flow (
  id          bigint generated always as identity primary key,
  day         date not null,
  account_id  text not null,
  region      text not null,
  kind        text not null,
  environment text not null,
  severity    text not null,
  opened      bigint not null,
  closed      bigint not null,
  -- Findings that came into this band from another, less those that left it for another.
  moved       bigint not null
);
create index finding_flow_by_day on finding_flow (day);

create function finding_flow_append_insert() returns trigger language plpgsql as $$
begin
  insert into finding_flow (day, account_id, region, kind, environment, severity, opened, closed, moved)
  select (at at time zone 'UTC')::date, account_id, region, resource_kind, coalesce(environment, ''), severity,
         count(*) filter (where kind in ('open', 'reopen')), count(*) filter (where kind = 'close'),
         count(*) filter (where kind = 'refresh')
  from new_rows
  where kind <> 'refresh' or severity_before is not null
  group by 1, 2, 3, 4, 5, 6;
  insert into finding_flow (day, account_id, region, kind, environment, severity, opened, closed, moved)
  select (at at time zone 'UTC')::date, account_id, region, resource_kind, coalesce(environment, ''), severity_before,
         0, 0, -count(*)
  from new_rows
  where kind = 'refresh' and severity_before is not null
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create function finding_flow_append_delete() returns trigger language plpgsql as $$
begin
  insert into finding_flow (day, account_id, region, kind, environment, severity, opened, closed, moved)
  select (at at time zone 'UTC')::date, account_id, region, resource_kind, coalesce(environment, ''), severity,
         -count(*) filter (where kind in ('open', 'reopen')), -count(*) filter (where kind = 'close'),
         -count(*) filter (where kind = 'refresh')
  from old_rows
  where kind <> 'refresh' or severity_before is not null
  group by 1, 2, 3, 4, 5, 6;
  insert into finding_flow (day, account_id, region, kind, environment, severity, opened, closed, moved)
  select (at at time zone 'UTC')::date, account_id, region, resource_kind, coalesce(environment, ''), severity_before,
         0, 0, count(*)
  from old_rows
  where kind = 'refresh' and severity_before is not null
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create trigger finding_flow_insert after insert on finding_event
  referencing new table as new_rows for each statement execute function finding_flow_append_insert();
create trigger finding_flow_delete after delete on finding_event
  referencing old table as old_rows for each statement execute function finding_flow_append_delete();

create function finding_flow_fold() returns integer language plpgsql as $$
declare
  folded integer;
begin
  if not pg_try_advisory_xact_lock(7316402) then
    return 0;
  end if;
  with crowded as (
    select day, account_id, region, kind, environment, severity
    from finding_flow group by 1, 2, 3, 4, 5, 6
    having count(*) > 1
  ), gone as (
    delete from finding_flow f using crowded d
    where (f.day, f.account_id, f.region, f.kind, f.environment, f.severity)
        = (d.day, d.account_id, d.region, d.kind, d.environment, d.severity)
    returning f.*
  ), back as (
    insert into finding_flow (day, account_id, region, kind, environment, severity, opened, closed, moved)
    select day, account_id, region, kind, environment, severity, sum(opened), sum(closed), sum(moved)
    from gone group by 1, 2, 3, 4, 5, 6
    having sum(opened) <> 0 or sum(closed) <> 0 or sum(moved) <> 0
    returning 1
  )
  select (select count(*) from gone) - (select count(*) from back) into folded;
  return folded;
end $$;

-- -------------------------------------------------------------------------------------------- scans and coverage

create table scan (
  id                bigint generated always as identity primary key,
  resource_id       bigint not null references resource (id) on delete cascade,
  scan_type         text not null,
  job_id            uuid,
  outcome           text not null,
  reason            text,
  started_at        timestamptz(3) not null,
  ended_at          timestamptz(3) not null,
  packages          integer not null,
  findings          integer not null,
  undecidable       integer not null,
  advisory_revision text
);
create index scan_by_resource on scan (resource_id, ended_at);

-- The latest scan of each resource and type, with what a reader needs to trust it.
create table coverage (
  resource_id       bigint not null references resource (id) on delete cascade,
  scan_type         text not null,
  outcome           text not null,
  reason            text,
  started_at        timestamptz(3) not null,
  ended_at          timestamptz(3) not null,
  first_ended_at    timestamptz(3) not null,
  -- End of the latest complete scan; a failed one after it does not take it away.
  complete_at       timestamptz(3),
  packages          integer not null,
  findings          integer not null,
  undecidable       integer not null,
  distro            jsonb,
  advisory_revision text,
  advisory_states   jsonb not null default '[]',
  diagnostics       jsonb not null default '[]',
  primary key (resource_id, scan_type)
);

-- ------------------------------------------------------------------------------------------------------- jobs

-- A process that runs jobs. When it is gone, the next worker on the same machine can tell and frees its jobs at once.
create table worker (
  id              uuid primary key,
  host            text not null,
  -- Host, boot and process namespace: only inside one place does a process number mean anything.
  place           text not null,
  pid             integer not null,
  -- What tells a process from a later one with the same number.
  process_started text not null,
  started_at      timestamptz(3) not null,
  seen_at         timestamptz(3) not null,
  stopped_at      timestamptz(3)
);

-- A job as people see it. The queue itself belongs to pg-boss, in its own schema; both share the id.
create table job (
  id                  uuid primary key,
  number              bigint generated always as identity unique,
  kind                text not null,
  title               text not null,
  state               text not null,
  payload             jsonb not null,
  dedupe_key          text,
  priority            integer not null default 0,
  requested_by        text,
  phases              jsonb not null default '[]',
  message             text,
  attempts            integer not null default 0,
  worker_id           uuid references worker (id),
  cancel_requested_at timestamptz(3),
  created_at          timestamptz(3) not null,
  started_at          timestamptz(3),
  ended_at            timestamptz(3),
  constraint job_state check (state in ('queued', 'running', 'retrying', 'done', 'partial', 'failed', 'cancelled'))
);
-- The same work asked for twice, while the first has not ended, is one job. The database decides, not a look before.
create unique index job_dedupe on job (kind, dedupe_key)
  where dedupe_key is not null and state in ('queued', 'running', 'retrying');
create index job_open on job (state) where state in ('queued', 'running', 'retrying');
create index job_newest on job (created_at, number);

create table job_log (
  id     bigint generated always as identity primary key,
  job_id uuid not null references job (id) on delete cascade,
  at     timestamptz(3) not null,
  level  text not null,
  text   text not null
);
create index job_log_by_job on job_log (job_id, id);

-- ------------------------------------------------------------------------------------------------------ people

create table app_user (
  id              text primary key,
  email           text not null,
  name            text not null,
  role            text not null,
  -- All accounts and no account are different things, and a list cannot say both.
  all_accounts    boolean not null,
  accounts        text[] not null default '{}',
  password_hash   text,
  disabled        boolean not null default false,
  created_at      timestamptz(3) not null,
  last_sign_in_at timestamptz(3)
);
create unique index app_user_email on app_user (lower(email));

create table session (
  id           text primary key,
  user_id      text not null references app_user (id) on delete cascade,
  created_at   timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at   timestamptz(3) not null,
  revoked_at   timestamptz(3),
  user_agent   text not null,
  address      text not null
);
create index session_by_user on session (user_id);

create table sign_in_attempt (
  id        bigint generated always as identity primary key,
  email     text not null,
  address   text not null,
  at        timestamptz(3) not null,
  succeeded boolean not null
);
create index sign_in_attempt_by_email on sign_in_attempt (email, at);
create index sign_in_attempt_by_address on sign_in_attempt (address, at);

create table setup_code (
  code_hash   text primary key,
  expires_at  timestamptz not null,
  wrong_tries integer not null default 0,
  used_at     timestamptz
);

create table setting (
  name       text primary key,
  value      jsonb not null,
  updated_by text not null,
  updated_at timestamptz(3) not null
);

create table activity (
  id      bigint generated always as identity primary key,
  at      timestamptz(3) not null,
  actor   text not null,
  action  text not null,
  object  text not null,
  detail  text not null,
  address text not null
);
create index activity_newest on activity (at, id);
