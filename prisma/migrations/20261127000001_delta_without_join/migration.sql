-- What an update of findings takes from the counts and adds to them, without joining the rows of before with those of after: the
-- plan of such a join is made once in a session, mostly for few rows, and compared each of two thousand rows with each other one.
-- What stayed as it was cancels out in the sums, and findings with equal facts become one row (ADR 41).
create or replace function finding_delta_update() returns trigger language plpgsql as $$
begin
  insert into finding_delta (n, score_tenths, resource_id, account_id, region, kind, environment, type, status, severity, kev,
    fixable, vulnerability_id, package_name, package_ecosystem, due_hour, unassigned, closed_on, fix_hours)
  select sum(f.sign), sum(f.sign * coalesce(round(f.score * 10), 0)), f.resource_id, f.account_id, f.region, f.kind,
    coalesce(f.environment, ''), f.type, f.status, f.severity, f.kev, f.fix_available <> 'no', f.vulnerability_id,
    f.package_name, f.package_ecosystem, case when f.status = 'ACTIVE' then date_trunc('hour', f.due_at, 'UTC') end,
    f.owner is null and f.team is null,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL' then (f.closed_at at time zone 'UTC')::date end,
    case when f.status = 'CLOSED' and f.severity = 'CRITICAL'
      then round(extract(epoch from f.closed_at - f.first_seen_at) / 3600)::int end
  from (select -1 as sign, o.* from old_rows o union all select 1, n.* from new_rows n) as f
  group by 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19
  having sum(f.sign) <> 0 or sum(f.sign * coalesce(round(f.score * 10), 0)) <> 0;
  return null;
end $$;
