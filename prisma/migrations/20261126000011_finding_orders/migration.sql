-- Fewer and smaller indexes of the orders of the list. Each index is a write for every finding that is added or moved, and
-- together they were most of the time of a scan's ingest and of an act over many findings (ADR 41).
--
-- What is open is asked for all the time and what is not open seldom, so each order has one index of either; a finding that
-- is accepted leaves the indexes of the open ones without a write. The account stands last: it is compared inside the index, so
-- a reader of many accounts walks the order of all and fetches only own rows. A reader of few accounts finds all rows
-- of these accounts and sorts them. The order by score is that by severity in each of the six severities, merged.

drop index finding_score, finding_severity, finding_due, finding_first_seen, finding_last_seen, finding_kev,
  finding_kev_severity, finding_reached, finding_account_score, finding_account_severity, finding_account_due,
  finding_account_first_seen, finding_account_last_seen, finding_account_kev, finding_by_package;

create index finding_open_severity   on finding (severity_order, score_order, id, account_id) where status = 'ACTIVE';
create index finding_open_due        on finding (due_order, id, account_id) where status = 'ACTIVE';
create index finding_open_first_seen on finding (first_seen_at, id, account_id) where status = 'ACTIVE';
create index finding_open_last_seen  on finding (last_seen_at, id, account_id) where status = 'ACTIVE';
create index finding_open_account    on finding (account_id, severity_order, score_order, id) where status = 'ACTIVE';
create index finding_open_package    on finding (package_name, score_order, id, account_id) where status = 'ACTIVE';
create index finding_open_kev        on finding (severity_order, score_order, id, account_id) where status = 'ACTIVE' and kev;
create index finding_open_reached    on finding (severity_order, score_order, id, account_id)
  where status = 'ACTIVE' and reach = 'internet';

create index finding_other_severity   on finding (status, severity_order, score_order, id, account_id) where status <> 'ACTIVE';
create index finding_other_due        on finding (status, due_order, id, account_id) where status <> 'ACTIVE';
create index finding_other_first_seen on finding (status, first_seen_at, id, account_id) where status <> 'ACTIVE';
create index finding_other_last_seen  on finding (status, last_seen_at, id, account_id) where status <> 'ACTIVE';
create index finding_other_account    on finding (account_id, status) where status <> 'ACTIVE';
create index finding_other_package    on finding (package_name, status) where status <> 'ACTIVE';
