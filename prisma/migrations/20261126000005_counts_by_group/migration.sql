-- Counts of findings by resource, vulnerability, package, due hour and time to fix, so that grouped lists and the overview never
-- read the findings to count them.
--
-- A statement that changes findings appends what it took away and what it put there to `finding_delta`, one narrow row each and
-- no index. finding_delta_fold() moves these rows into the tables of counts, one session at a time; readers take the sum of a
-- table and of what has not been folded yet, through the views at the end, and so are right at any moment.

create table finding_delta (
  -- 1 for what is there now, -1 for what is there no longer.
  n                 smallint not null,
  -- The score in tenths, with the sign of n.
  score_tenths      smallint not null,
  resource_id       bigint not null,
  account_id        text not null,
  region            text not null,
  kind              text not null,
  -- Empty where the resource has none, as in finding_count.
  environment       text not null,
  type              text not null,
  status            text not null,
  severity          text not null,
  kev               boolean not null,
  fixable           boolean not null,
  vulnerability_id  text not null,
  package_name      text not null,
  package_ecosystem text not null,
  -- The hour (UTC) in which an open finding is due.
  due_hour          timestamptz(3),
  -- Neither a person nor a team owes the fix.
  unassigned        boolean not null,
  -- The day on which a critical finding closed, and the whole hours since it was first seen.
  closed_on         date,
  fix_hours         integer
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0);

-- ------------------------------------------------------------------------------------------------- what is kept

-- Packages in which something was found, by a short number.
create table finding_package (
  id        integer generated always as identity primary key,
  name      text not null,
  ecosystem text not null,
  unique (name, ecosystem)
);
create index finding_package_search on finding_package using gin (lower(name) gin_trgm_ops);

-- By resource. Whose it is and where it stands are columns of the resource.
create table resource_count (
  resource_id      bigint not null,
  type             text not null,
  status           text not null,
  kev              boolean not null,
  fixable          boolean not null,
  n                bigint not null,
  score_tenths     bigint not null,
  critical         bigint not null,
  high             bigint not null,
  medium           bigint not null,
  low              bigint not null,
  informational    bigint not null,
  untriaged        bigint not null,
  primary key (resource_id, type, status, kev, fixable)
) with (fillfactor = 80);
create index resource_count_none on resource_count (n) where n = 0;

-- By package and account.
create table package_count (
  package_id       integer not null,
  account_id       text not null,
  region           text not null,
  kind             text not null,
  environment      text not null,
  type             text not null,
  status           text not null,
  kev              boolean not null,
  fixable          boolean not null,
  n                bigint not null,
  score_tenths     bigint not null,
  critical         bigint not null,
  high             bigint not null,
  medium           bigint not null,
  low              bigint not null,
  informational    bigint not null,
  untriaged        bigint not null,
  primary key (package_id, account_id, region, kind, environment, type, status, kev, fixable)
) with (fillfactor = 80);
create index package_count_none on package_count (n) where n = 0;

-- By package, of all accounts together: for who may see all of them.
create table package_total (
  package_id       integer not null,
  region           text not null,
  kind             text not null,
  environment      text not null,
  type             text not null,
  status           text not null,
  kev              boolean not null,
  fixable          boolean not null,
  n                bigint not null,
  score_tenths     bigint not null,
  critical         bigint not null,
  high             bigint not null,
  medium           bigint not null,
  low              bigint not null,
  informational    bigint not null,
  untriaged        bigint not null,
  primary key (package_id, region, kind, environment, type, status, kev, fixable)
) with (fillfactor = 80);
create index package_total_none on package_total (n) where n = 0;

-- By account.
create table account_count (
  account_id       text not null,
  region           text not null,
  kind             text not null,
  environment      text not null,
  type             text not null,
  status           text not null,
  kev              boolean not null,
  fixable          boolean not null,
  n                bigint not null,
  score_tenths     bigint not null,
  critical         bigint not null,
  high             bigint not null,
  medium           bigint not null,
  low              bigint not null,
  informational    bigint not null,
  untriaged        bigint not null,
  primary key (account_id, region, kind, environment, type, status, kev, fixable)
) with (fillfactor = 80);
create index account_count_none on account_count (n) where n = 0;

-- Of all accounts together: the overview of who may see all of them.
create table finding_total (
  region           text not null,
  kind             text not null,
  environment      text not null,
  type             text not null,
  status           text not null,
  kev              boolean not null,
  fixable          boolean not null,
  n                bigint not null,
  score_tenths     bigint not null,
  critical         bigint not null,
  high             bigint not null,
  medium           bigint not null,
  low              bigint not null,
  informational    bigint not null,
  untriaged        bigint not null,
  primary key (region, kind, environment, type, status, kev, fixable)
) with (fillfactor = 80);
create index finding_total_none on finding_total (n) where n = 0;

create index package_count_by_account on package_count (account_id, package_id);

-- By vulnerability and severity, of all accounts together. Lists grouped by vulnerability walk it worst first and count
-- what the reader may see of each.
create table vulnerability_count (
  vulnerability_id text not null,
  severity_order   smallint not null,
  type             text not null,
  status           text not null,
  kev              boolean not null,
  fixable          boolean not null,
  n                bigint not null,
  -- The highest published score of the flaw in tenths, -1 where there is none.
  published        smallint not null,
  primary key (vulnerability_id, severity_order, type, status, kev, fixable)
) with (fillfactor = 80);
create index vulnerability_count_worst on vulnerability_count
  (severity_order, published, vulnerability_id collate "C", status, type, kev, fixable) where n > 0;
create index vulnerability_count_none on vulnerability_count (n) where n = 0;

-- Open findings of a package on a resource. The environment is part of the key because it alone may change.
create table package_on_resource (
  package_id  integer not null,
  resource_id bigint not null,
  environment text not null,
  n           integer not null,
  fixable     integer not null,
  primary key (package_id, resource_id, environment)
) with (fillfactor = 80);
create index package_on_resource_none on package_on_resource (n) where n = 0 and fixable = 0;

-- Resources with an open finding of a package, and with one that has a fix.
create table package_resource_count (
  package_id       integer not null,
  account_id       text not null,
  region           text not null,
  kind             text not null,
  environment      text not null,
  resources        bigint not null,
  fixable          bigint not null,
  primary key (package_id, account_id, region, kind, environment)
) with (fillfactor = 80);
create index package_resource_count_none on package_resource_count (resources) where resources = 0 and fixable = 0;

-- Open findings by the hour in which they are due. Hours long past are one, '-infinity'.
create table due_count (
  due_hour         timestamptz(3) not null,
  account_id       text not null,
  region           text not null,
  environment      text not null,
  n                bigint not null,
  unassigned       bigint not null,
  primary key (due_hour, account_id, region, environment)
) with (fillfactor = 80);
create index due_count_none on due_count (n) where n = 0;

-- Closed critical findings by the day they closed and the hours from first seen to closed.
create table fix_time_count (
  closed_on        date not null,
  account_id       text not null,
  region           text not null,
  environment      text not null,
  fix_hours        integer not null,
  n                bigint not null,
  primary key (closed_on, account_id, region, environment, fix_hours)
) with (fillfactor = 80);
create index fix_time_count_none on fix_time_count (n) where n = 0;

-- The highest score that anyone published of a flaw, in tenths.
create view published_score as
select v.id, (select max(round((c ->> 'score')::float8 * 10))::smallint from jsonb_array_elements(v.cvss) as c) as published
from vulnerability v;

-- As the generated column finding.severity_order has it.
create function severity_order(severity text) returns smallint language sql immutable parallel safe as $$
  select case severity when 'CRITICAL' then 5 when 'HIGH' then 4 when 'MEDIUM' then 3
    when 'LOW' then 2 when 'INFORMATIONAL' then 1 else 0 end::smallint
$$;

-- ------------------------------------------------------------------------------------------------ what is written

create function finding_delta_insert() returns trigger language plpgsql as $$
begin
  insert into finding_delta (n, score_tenths, resource_id, account_id, region, kind, environment, type, status, severity, kev,
    fixable, vulnerability_id, package_name, package_ecosystem, due_hour, unassigned, closed_on, fix_hours)
  select 1, 1 * coalesce(round(f.score * 10), 0), f.resource_id, f.account_id, f.region, f.kind,
    coalesce(f.environment, ''), f.type, f.status, f.severity, f.kev, f.fix_available <> 'no', f.vulnerability_id,
    f.package_name, f.package_ecosystem, case when f.status = 'ACTIVE' then date_trunc('hour', f.due_at, 'UTC') end,
    f.owner is null and f.team is null,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL' then (f.closed_at at time zone 'UTC')::date end,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL'
      then round(extract(epoch from f.closed_at - f.first_seen_at) / 3600)::int end
  from new_rows f;
  return null;
end $$;

create function finding_delta_delete() returns trigger language plpgsql as $$
begin
  insert into finding_delta (n, score_tenths, resource_id, account_id, region, kind, environment, type, status, severity, kev,
    fixable, vulnerability_id, package_name, package_ecosystem, due_hour, unassigned, closed_on, fix_hours)
  select -1, -1 * coalesce(round(f.score * 10), 0), f.resource_id, f.account_id, f.region, f.kind,
    coalesce(f.environment, ''), f.type, f.status, f.severity, f.kev, f.fix_available <> 'no', f.vulnerability_id,
    f.package_name, f.package_ecosystem, case when f.status = 'ACTIVE' then date_trunc('hour', f.due_at, 'UTC') end,
    f.owner is null and f.team is null,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL' then (f.closed_at at time zone 'UTC')::date end,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL'
      then round(extract(epoch from f.closed_at - f.first_seen_at) / 3600)::int end
  from old_rows f;
  return null;
end $$;

-- A row of which nothing is counted differently appends nothing.
create function finding_delta_update() returns trigger language plpgsql as $$
begin
  insert into finding_delta (n, score_tenths, resource_id, account_id, region, kind, environment, type, status, severity, kev,
    fixable, vulnerability_id, package_name, package_ecosystem, due_hour, unassigned, closed_on, fix_hours)
  select f.sign, f.sign * coalesce(round(f.score * 10), 0), f.resource_id, f.account_id, f.region, f.kind,
    coalesce(f.environment, ''), f.type, f.status, f.severity, f.kev, f.fix_available <> 'no', f.vulnerability_id,
    f.package_name, f.package_ecosystem, case when f.status = 'ACTIVE' then date_trunc('hour', f.due_at, 'UTC') end,
    f.owner is null and f.team is null,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL' then (f.closed_at at time zone 'UTC')::date end,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL'
      then round(extract(epoch from f.closed_at - f.first_seen_at) / 3600)::int end
  from (
    select -1 as sign, o.* from old_rows o join new_rows f on f.id = o.id
    where (o.resource_id, o.account_id, o.region, o.kind, o.environment, o.type, o.status, o.severity, o.score, o.kev,
      o.fix_available, o.vulnerability_id, o.package_name, o.package_ecosystem, o.due_at, o.closed_at, o.first_seen_at,
      o.owner is null and o.team is null)
      is distinct from (f.resource_id, f.account_id, f.region, f.kind, f.environment, f.type, f.status, f.severity, f.score, f.kev,
      f.fix_available, f.vulnerability_id, f.package_name, f.package_ecosystem, f.due_at, f.closed_at, f.first_seen_at,
      f.owner is null and f.team is null)
    union all
    select 1, f.* from old_rows o join new_rows f on f.id = o.id
    where (o.resource_id, o.account_id, o.region, o.kind, o.environment, o.type, o.status, o.severity, o.score, o.kev,
      o.fix_available, o.vulnerability_id, o.package_name, o.package_ecosystem, o.due_at, o.closed_at, o.first_seen_at,
      o.owner is null and o.team is null)
      is distinct from (f.resource_id, f.account_id, f.region, f.kind, f.environment, f.type, f.status, f.severity, f.score, f.kev,
      f.fix_available, f.vulnerability_id, f.package_name, f.package_ecosystem, f.due_at, f.closed_at, f.first_seen_at,
      f.owner is null and f.team is null)
  ) as f;
  return null;
end $$;

create trigger finding_delta_insert after insert on finding
  referencing new table as new_rows for each statement execute function finding_delta_insert();
create trigger finding_delta_update after update on finding
  referencing old table as old_rows new table as new_rows for each statement execute function finding_delta_update();
create trigger finding_delta_delete after delete on finding
  referencing old table as old_rows for each statement execute function finding_delta_delete();

-- ------------------------------------------------------------------------------------------------------- fold

-- Moves up to `most` rows of finding_delta into the counts; gives back how many. One session at a time, the others have
-- nothing to do. Only here do resources of a package begin and end, so no two writers ever decide about the same one.
create function finding_delta_fold(clock timestamptz, most integer default 100000) returns integer language plpgsql as $$
declare
  taken tid[];
  touched text[];
begin
  if not pg_try_advisory_xact_lock(7316403) then
    return 0;
  end if;
  taken := array(select ctid from finding_delta limit most);
  if cardinality(taken) = 0 then
    return 0;
  end if;

  insert into finding_package (name, ecosystem)
  select distinct package_name, package_ecosystem from finding_delta g
  where ctid = any(taken) and package_name <> ''
    and not exists (select from finding_package p where (p.name, p.ecosystem) = (g.package_name, g.package_ecosystem));

  touched := array(select distinct vulnerability_id from finding_delta where ctid = any(taken));

  with gone as materialized (
    delete from finding_delta where ctid = any(taken) returning *
  ),
  to_resource_count as (
    insert into resource_count as c (resource_id, type, status, kev, fixable,
      n, score_tenths, critical, high, medium, low, informational, untriaged)
    select resource_id, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
    from gone g
    group by 1, 2, 3, 4, 5
    on conflict (resource_id, type, status, kev, fixable) do update set
      n = c.n + excluded.n, score_tenths = c.score_tenths + excluded.score_tenths,
      critical = c.critical + excluded.critical, high = c.high + excluded.high, medium = c.medium + excluded.medium,
      low = c.low + excluded.low, informational = c.informational + excluded.informational,
      untriaged = c.untriaged + excluded.untriaged
  ),
  to_package_count as (
    insert into package_count as c (package_id, account_id, region, kind, environment, type, status, kev, fixable,
      n, score_tenths, critical, high, medium, low, informational, untriaged)
    select p.id, account_id, region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
    from gone g
    join finding_package p on (p.name, p.ecosystem) = (g.package_name, g.package_ecosystem)
    where g.package_name <> ''
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (package_id, account_id, region, kind, environment, type, status, kev, fixable) do update set
      n = c.n + excluded.n, score_tenths = c.score_tenths + excluded.score_tenths,
      critical = c.critical + excluded.critical, high = c.high + excluded.high, medium = c.medium + excluded.medium,
      low = c.low + excluded.low, informational = c.informational + excluded.informational,
      untriaged = c.untriaged + excluded.untriaged
  ),
  to_package_total as (
    insert into package_total as c (package_id, region, kind, environment, type, status, kev, fixable,
      n, score_tenths, critical, high, medium, low, informational, untriaged)
    select p.id, region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
    from gone g
    join finding_package p on (p.name, p.ecosystem) = (g.package_name, g.package_ecosystem)
    where g.package_name <> ''
    group by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (package_id, region, kind, environment, type, status, kev, fixable) do update set
      n = c.n + excluded.n, score_tenths = c.score_tenths + excluded.score_tenths,
      critical = c.critical + excluded.critical, high = c.high + excluded.high, medium = c.medium + excluded.medium,
      low = c.low + excluded.low, informational = c.informational + excluded.informational,
      untriaged = c.untriaged + excluded.untriaged
  ),
  to_account_count as (
    insert into account_count as c (account_id, region, kind, environment, type, status, kev, fixable,
      n, score_tenths, critical, high, medium, low, informational, untriaged)
    select account_id, region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
    from gone g
    group by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (account_id, region, kind, environment, type, status, kev, fixable) do update set
      n = c.n + excluded.n, score_tenths = c.score_tenths + excluded.score_tenths,
      critical = c.critical + excluded.critical, high = c.high + excluded.high, medium = c.medium + excluded.medium,
      low = c.low + excluded.low, informational = c.informational + excluded.informational,
      untriaged = c.untriaged + excluded.untriaged
  ),
  to_finding_total as (
    insert into finding_total as c (region, kind, environment, type, status, kev, fixable,
      n, score_tenths, critical, high, medium, low, informational, untriaged)
    select region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
    from gone g
    group by 1, 2, 3, 4, 5, 6, 7
    on conflict (region, kind, environment, type, status, kev, fixable) do update set
      n = c.n + excluded.n, score_tenths = c.score_tenths + excluded.score_tenths,
      critical = c.critical + excluded.critical, high = c.high + excluded.high, medium = c.medium + excluded.medium,
      low = c.low + excluded.low, informational = c.informational + excluded.informational,
      untriaged = c.untriaged + excluded.untriaged
  ),
  to_vulnerability_count as (
    insert into vulnerability_count as c (vulnerability_id, severity_order, type, status, kev, fixable, n, published)
    select g.*, coalesce((select v.published from published_score v where v.id = g.vulnerability_id), -1)
    from (
      select vulnerability_id, severity_order(severity) as severity_order, type, status, kev, fixable, sum(n)
      from gone group by 1, 2, 3, 4, 5, 6
    ) as g
    on conflict (vulnerability_id, severity_order, type, status, kev, fixable) do update set
      n = c.n + excluded.n, published = excluded.published
  ),
  to_due_count as (
    insert into due_count as c (due_hour, account_id, region, environment, n, unassigned)
    select due_hour, account_id, region, environment, sum(g.n), coalesce(sum(g.n) filter (where unassigned), 0)
    from gone g where due_hour is not null group by 1, 2, 3, 4
    on conflict (due_hour, account_id, region, environment) do update set
      n = c.n + excluded.n, unassigned = c.unassigned + excluded.unassigned
  ),
  to_fix_time_count as (
    insert into fix_time_count as c (closed_on, account_id, region, environment, fix_hours, n)
    select closed_on, account_id, region, environment, fix_hours, sum(g.n)
    from gone g where closed_on is not null group by 1, 2, 3, 4, 5
    on conflict (closed_on, account_id, region, environment, fix_hours) do update set n = c.n + excluded.n
  ),
  pairs as (
    select p.id as package_id, g.resource_id, g.environment, min(g.account_id) as account_id, min(g.region) as region,
      min(g.kind) as kind, sum(g.n) as n, coalesce(sum(g.n) filter (where g.fixable), 0) as fixable
    from gone g join finding_package p on (p.name, p.ecosystem) = (g.package_name, g.package_ecosystem)
    where g.status = 'ACTIVE' and g.package_name <> ''
    group by 1, 2, 3
  ),
  kept as (
    insert into package_on_resource as c (package_id, resource_id, environment, n, fixable)
    select package_id, resource_id, environment, n, fixable from pairs where n <> 0 or fixable <> 0
    on conflict (package_id, resource_id, environment) do update set n = c.n + excluded.n, fixable = c.fixable + excluded.fixable
    returning c.package_id, c.resource_id, c.environment, c.n, c.fixable
  ),
  moved as (
    select d.package_id, d.account_id, d.region, d.kind, d.environment,
      sum((k.n > 0)::int - (k.n - d.n > 0)::int) as resources,
      sum((k.fixable > 0)::int - (k.fixable - d.fixable > 0)::int) as fixable
    from pairs d join kept k using (package_id, resource_id, environment)
    group by 1, 2, 3, 4, 5
  )
  insert into package_resource_count as c (package_id, account_id, region, kind, environment, resources, fixable)
  select * from moved where resources <> 0 or fixable <> 0
  on conflict (package_id, account_id, region, kind, environment) do update set
    resources = c.resources + excluded.resources, fixable = c.fixable + excluded.fixable;

  -- One published score for all rows of a flaw, so that it has one place in the order.
  update vulnerability_count c set published = v.published
  from (
    select id, coalesce(published, -1) as published from published_score where id = any(touched)
  ) as v
  where c.vulnerability_id = v.id and c.published <> v.published;

  with past as (
    delete from due_count
    where due_hour > '-infinity' and due_hour < date_trunc('hour', clock, 'UTC') - interval '2 days' returning *
  )
  insert into due_count as c (due_hour, account_id, region, environment, n, unassigned)
  select '-infinity', account_id, region, environment, sum(n), sum(unassigned) from past group by 2, 3, 4
  on conflict (due_hour, account_id, region, environment) do update set
    n = c.n + excluded.n, unassigned = c.unassigned + excluded.unassigned;

  delete from resource_count where n = 0 and score_tenths = 0 and critical = 0 and high = 0 and medium = 0
    and low = 0 and informational = 0 and untriaged = 0;
  delete from package_count where n = 0 and score_tenths = 0 and critical = 0 and high = 0 and medium = 0
    and low = 0 and informational = 0 and untriaged = 0;
  delete from package_total where n = 0 and score_tenths = 0 and critical = 0 and high = 0 and medium = 0
    and low = 0 and informational = 0 and untriaged = 0;
  delete from account_count where n = 0 and score_tenths = 0 and critical = 0 and high = 0 and medium = 0
    and low = 0 and informational = 0 and untriaged = 0;
  delete from finding_total where n = 0 and score_tenths = 0 and critical = 0 and high = 0 and medium = 0
    and low = 0 and informational = 0 and untriaged = 0;
  delete from vulnerability_count where n = 0;
  delete from package_on_resource where n = 0 and fixable = 0;
  delete from package_resource_count where resources = 0 and fixable = 0;
  delete from due_count where n = 0 and unassigned = 0;
  delete from fix_time_count where n = 0;
  return cardinality(taken);
end $$;

-- Counts everything anew. What was kept must have come to the same numbers, and a test says so.
create function finding_delta_rebuild() returns void language plpgsql as $$
begin
  -- Writers wait, readers do not.
  lock table finding in share row exclusive mode;
  perform pg_advisory_xact_lock(7316403);
  delete from finding_delta;
  delete from resource_count;
  delete from package_count;
  delete from package_total;
  delete from account_count;
  delete from finding_total;
  delete from vulnerability_count;
  delete from package_on_resource;
  delete from package_resource_count;
  delete from due_count;
  delete from fix_time_count;
  delete from finding_package;

  -- One look at the findings; the counts are made from its narrow rows.
  drop table if exists pg_temp.finding_facts;
  create temp table finding_facts (like finding_delta) on commit drop;
  insert into finding_facts (n, score_tenths, resource_id, account_id, region, kind, environment, type, status, severity, kev,
    fixable, vulnerability_id, package_name, package_ecosystem, due_hour, unassigned, closed_on, fix_hours)
  select 1, 1 * coalesce(round(f.score * 10), 0), f.resource_id, f.account_id, f.region, f.kind,
    coalesce(f.environment, ''), f.type, f.status, f.severity, f.kev, f.fix_available <> 'no', f.vulnerability_id,
    f.package_name, f.package_ecosystem, case when f.status = 'ACTIVE' then date_trunc('hour', f.due_at, 'UTC') end,
    f.owner is null and f.team is null,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL' then (f.closed_at at time zone 'UTC')::date end,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL'
      then round(extract(epoch from f.closed_at - f.first_seen_at) / 3600)::int end
  from finding f;

  insert into finding_package (name, ecosystem)
  select distinct package_name, package_ecosystem from finding_facts where package_name <> '';

  insert into resource_count as c (resource_id, type, status, kev, fixable,
    n, score_tenths, critical, high, medium, low, informational, untriaged)
  select resource_id, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
  from finding_facts g
  group by 1, 2, 3, 4, 5;

  insert into package_count as c (package_id, account_id, region, kind, environment, type, status, kev, fixable,
    n, score_tenths, critical, high, medium, low, informational, untriaged)
  select p.id, account_id, region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
  from finding_facts g
  join finding_package p on (p.name, p.ecosystem) = (g.package_name, g.package_ecosystem)
  where g.package_name <> ''
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9;

  insert into package_total (package_id, region, kind, environment, type, status, kev, fixable,
    n, score_tenths, critical, high, medium, low, informational, untriaged)
  select package_id, region, kind, environment, type, status, kev, fixable, sum(n), sum(score_tenths),
    sum(critical), sum(high), sum(medium), sum(low), sum(informational), sum(untriaged)
  from package_count group by 1, 2, 3, 4, 5, 6, 7, 8;

  insert into account_count as c (account_id, region, kind, environment, type, status, kev, fixable,
    n, score_tenths, critical, high, medium, low, informational, untriaged)
  select account_id, region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
  from finding_facts g
  group by 1, 2, 3, 4, 5, 6, 7, 8;

  insert into finding_total as c (region, kind, environment, type, status, kev, fixable,
    n, score_tenths, critical, high, medium, low, informational, untriaged)
  select region, kind, environment, type, status, kev, fixable, sum(g.n), sum(g.score_tenths),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0)
  from finding_facts g
  group by 1, 2, 3, 4, 5, 6, 7;

  insert into vulnerability_count as c (vulnerability_id, severity_order, type, status, kev, fixable, n, published)
  select g.*, coalesce((select v.published from published_score v where v.id = g.vulnerability_id), -1)
  from (
    select vulnerability_id, severity_order(severity) as severity_order, type, status, kev, fixable, sum(n)
    from finding_facts group by 1, 2, 3, 4, 5, 6
  ) as g;

  insert into due_count as c (due_hour, account_id, region, environment, n, unassigned)
  select due_hour, account_id, region, environment, sum(g.n), coalesce(sum(g.n) filter (where unassigned), 0)
  from finding_facts g where due_hour is not null group by 1, 2, 3, 4;

  insert into fix_time_count as c (closed_on, account_id, region, environment, fix_hours, n)
  select closed_on, account_id, region, environment, fix_hours, sum(g.n)
  from finding_facts g where closed_on is not null group by 1, 2, 3, 4, 5;

  insert into package_on_resource (package_id, resource_id, environment, n, fixable)
  select p.id, g.resource_id, g.environment, sum(g.n), coalesce(sum(g.n) filter (where g.fixable), 0)
  from finding_facts g join finding_package p on (p.name, p.ecosystem) = (g.package_name, g.package_ecosystem)
  where g.status = 'ACTIVE' and g.package_name <> '' group by 1, 2, 3;

  insert into package_resource_count (package_id, account_id, region, kind, environment, resources, fixable)
  select o.package_id, r.account_id, r.region, r.kind, o.environment, count(*), count(*) filter (where o.fixable > 0)
  from package_on_resource o join resource r on r.id = o.resource_id group by 1, 2, 3, 4, 5;
end $$;

select finding_delta_rebuild();