-- The findings of one package in the order by severity. Ordered by score alone, a list by severity walked the index of all
-- packages instead: 15 s at ten million findings for a package that has none of the worst (ADR 41).

drop index finding_open_package;
create index finding_open_package on finding (package_name, severity_order, score_order, id, account_id) where status = 'ACTIVE';
