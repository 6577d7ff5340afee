-- finding_count had its own triggers and its own rows beside the counts by account, which know all that it knew. It is now read
-- from them, and a statement that changes findings counts them once (ADR 41).

drop trigger finding_count_insert on finding;
drop trigger finding_count_update on finding;
drop trigger finding_count_delete on finding;
drop function finding_count_append_insert(), finding_count_append_update(), finding_count_append_delete(),
  finding_count_fold(), finding_count_rebuild();
drop table finding_count;

-- Findings by everything that the scope bar and the severity bar ask for, right at any moment. Several rows may belong to one
-- group, and readers sum them.
create view finding_count as
select c.account_id, c.region, c.kind, c.environment, c.type, c.status, b.severity, b.n,
  case when c.kev then b.n else 0 end as kev,
  case when c.fixable then b.n else 0 end as fixable,
  case when c.kev and c.fixable and b.severity in ('CRITICAL', 'HIGH') then b.n else 0 end as act_now
from account_count c
cross join lateral (values ('CRITICAL', c.critical), ('HIGH', c.high), ('MEDIUM', c.medium), ('LOW', c.low),
  ('INFORMATIONAL', c.informational), ('UNTRIAGED', c.untriaged)) as b (severity, n)
where b.n <> 0
union all
select d.account_id, d.region, d.kind, d.environment, d.type, d.status, d.severity, d.n::bigint,
  case when d.kev then d.n else 0 end,
  case when d.fixable then d.n else 0 end,
  case when d.kev and d.fixable and d.severity in ('CRITICAL', 'HIGH') then d.n else 0 end
from finding_delta d;
