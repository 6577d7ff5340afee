-- One row of counts for each resource, type and status, with what is known exploited and what has a fix in columns of their own.
-- It was a row for each combination of the two: a list of a hundred thousand resources summed half a million rows at each look.

alter table resource_count rename to resource_count_by_fact;
alter table resource_count_by_fact rename constraint resource_count_pkey to resource_count_by_fact_pkey;
drop index resource_count_none;

create table resource_count (
  resource_id bigint not null,
  type        text not null,
  status      text not null,
  n integer not null, critical integer not null, high integer not null, medium integer not null,
  low integer not null, informational integer not null, untriaged integer not null,
  n_kev integer not null, critical_kev integer not null, high_kev integer not null, medium_kev integer not null,
  low_kev integer not null, informational_kev integer not null, untriaged_kev integer not null,
  n_fixable integer not null, critical_fixable integer not null, high_fixable integer not null, medium_fixable integer not null,
  low_fixable integer not null, informational_fixable integer not null, untriaged_fixable integer not null,
  n_kev_fixable integer not null, critical_kev_fixable integer not null, high_kev_fixable integer not null, medium_kev_fixable integer not null,
  low_kev_fixable integer not null, informational_kev_fixable integer not null, untriaged_kev_fixable integer not null,
  primary key (resource_id, type, status)
) with (fillfactor = 80);
create index resource_count_none on resource_count (n) where n = 0;

insert into resource_count (resource_id, type, status,
  n, critical, high, medium, low, informational, untriaged, n_kev, critical_kev, high_kev, medium_kev, low_kev,
  informational_kev, untriaged_kev, n_fixable, critical_fixable, high_fixable, medium_fixable, low_fixable,
  informational_fixable, untriaged_fixable, n_kev_fixable, critical_kev_fixable, high_kev_fixable, medium_kev_fixable,
  low_kev_fixable, informational_kev_fixable, untriaged_kev_fixable)
select resource_id, type, status,
  sum(n), sum(critical), sum(high), sum(medium), sum(low), sum(informational), sum(untriaged),
  coalesce(sum(n) filter (where kev), 0), coalesce(sum(critical) filter (where kev), 0),
  coalesce(sum(high) filter (where kev), 0), coalesce(sum(medium) filter (where kev), 0),
  coalesce(sum(low) filter (where kev), 0), coalesce(sum(informational) filter (where kev), 0),
  coalesce(sum(untriaged) filter (where kev), 0), coalesce(sum(n) filter (where fixable), 0),
  coalesce(sum(critical) filter (where fixable), 0), coalesce(sum(high) filter (where fixable), 0),
  coalesce(sum(medium) filter (where fixable), 0), coalesce(sum(low) filter (where fixable), 0),
  coalesce(sum(informational) filter (where fixable), 0), coalesce(sum(untriaged) filter (where fixable), 0),
  coalesce(sum(n) filter (where kev and fixable), 0), coalesce(sum(critical) filter (where kev and fixable), 0),
  coalesce(sum(high) filter (where kev and fixable), 0), coalesce(sum(medium) filter (where kev and fixable), 0),
  coalesce(sum(low) filter (where kev and fixable), 0), coalesce(sum(informational) filter (where kev and fixable), 0),
  coalesce(sum(untriaged) filter (where kev and fixable), 0)
from resource_count_by_fact group by 1, 2, 3;

drop table resource_count_by_fact;

-- As before, but for resource_count.
create or replace function finding_delta_fold(clock timestamptz, most integer default 100000) returns integer language plpgsql as $$
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
    insert into resource_count as c (resource_id, type, status,
      n, critical, high, medium, low, informational, untriaged, n_kev, critical_kev, high_kev, medium_kev, low_kev,
      informational_kev, untriaged_kev, n_fixable, critical_fixable, high_fixable, medium_fixable, low_fixable,
      informational_fixable, untriaged_fixable, n_kev_fixable, critical_kev_fixable, high_kev_fixable, medium_kev_fixable,
      low_kev_fixable, informational_kev_fixable, untriaged_kev_fixable)
    select g.resource_id, g.type, g.status,
      sum(g.n), coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0), coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0), coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0), coalesce(sum(g.n) filter (where g.kev), 0),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL' and g.kev), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH' and g.kev), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM' and g.kev), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW' and g.kev), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL' and g.kev), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED' and g.kev), 0), coalesce(sum(g.n) filter (where g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL' and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH' and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM' and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW' and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL' and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED' and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.kev and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'CRITICAL' and g.kev and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'HIGH' and g.kev and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'MEDIUM' and g.kev and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'LOW' and g.kev and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL' and g.kev and g.fixable), 0),
      coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED' and g.kev and g.fixable), 0)
    from gone g
    group by 1, 2, 3
    on conflict (resource_id, type, status) do update set
      n = c.n + excluded.n, critical = c.critical + excluded.critical, high = c.high + excluded.high,
      medium = c.medium + excluded.medium, low = c.low + excluded.low, informational = c.informational + excluded.informational,
      untriaged = c.untriaged + excluded.untriaged, n_kev = c.n_kev + excluded.n_kev,
      critical_kev = c.critical_kev + excluded.critical_kev, high_kev = c.high_kev + excluded.high_kev,
      medium_kev = c.medium_kev + excluded.medium_kev, low_kev = c.low_kev + excluded.low_kev,
      informational_kev = c.informational_kev + excluded.informational_kev,
      untriaged_kev = c.untriaged_kev + excluded.untriaged_kev, n_fixable = c.n_fixable + excluded.n_fixable,
      critical_fixable = c.critical_fixable + excluded.critical_fixable, high_fixable = c.high_fixable + excluded.high_fixable,
      medium_fixable = c.medium_fixable + excluded.medium_fixable, low_fixable = c.low_fixable + excluded.low_fixable,
      informational_fixable = c.informational_fixable + excluded.informational_fixable,
      untriaged_fixable = c.untriaged_fixable + excluded.untriaged_fixable,
      n_kev_fixable = c.n_kev_fixable + excluded.n_kev_fixable,
      critical_kev_fixable = c.critical_kev_fixable + excluded.critical_kev_fixable,
      high_kev_fixable = c.high_kev_fixable + excluded.high_kev_fixable,
      medium_kev_fixable = c.medium_kev_fixable + excluded.medium_kev_fixable,
      low_kev_fixable = c.low_kev_fixable + excluded.low_kev_fixable,
      informational_kev_fixable = c.informational_kev_fixable + excluded.informational_kev_fixable,
      untriaged_kev_fixable = c.untriaged_kev_fixable + excluded.untriaged_kev_fixable
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

  delete from resource_count where n = 0
    and (select bool_and(x = 0) from unnest(array[critical, high, medium, low, informational, untriaged, n_kev, critical_kev, high_kev, medium_kev, low_kev, informational_kev, untriaged_kev, n_fixable, critical_fixable, high_fixable, medium_fixable, low_fixable, informational_fixable, untriaged_fixable, n_kev_fixable, critical_kev_fixable, high_kev_fixable, medium_kev_fixable, low_kev_fixable, informational_kev_fixable, untriaged_kev_fixable]) as x);
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

create or replace function finding_delta_rebuild() returns void language plpgsql as $$
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

  insert into resource_count as c (resource_id, type, status,
    n, critical, high, medium, low, informational, untriaged, n_kev, critical_kev, high_kev, medium_kev, low_kev,
    informational_kev, untriaged_kev, n_fixable, critical_fixable, high_fixable, medium_fixable, low_fixable,
    informational_fixable, untriaged_fixable, n_kev_fixable, critical_kev_fixable, high_kev_fixable, medium_kev_fixable,
    low_kev_fixable, informational_kev_fixable, untriaged_kev_fixable)
  select g.resource_id, g.type, g.status,
    sum(g.n), coalesce(sum(g.n) filter (where g.severity = 'CRITICAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH'), 0), coalesce(sum(g.n) filter (where g.severity = 'MEDIUM'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW'), 0), coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL'), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED'), 0), coalesce(sum(g.n) filter (where g.kev), 0),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL' and g.kev), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH' and g.kev), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM' and g.kev), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW' and g.kev), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL' and g.kev), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED' and g.kev), 0), coalesce(sum(g.n) filter (where g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL' and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH' and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM' and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW' and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL' and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED' and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.kev and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'CRITICAL' and g.kev and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'HIGH' and g.kev and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'MEDIUM' and g.kev and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'LOW' and g.kev and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'INFORMATIONAL' and g.kev and g.fixable), 0),
    coalesce(sum(g.n) filter (where g.severity = 'UNTRIAGED' and g.kev and g.fixable), 0)
  from finding_facts g
  group by 1, 2, 3;

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

-- Findings of a package that are not open any more, in the order of severity and score: the highest score is the first of six ranges.
drop index finding_other_package;
create index finding_other_package on finding (package_name, status, severity_order, score_order, id, account_id) where status <> 'ACTIVE';
