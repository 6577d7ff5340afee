-- When no scan of a target starts by itself: {"from", "to"} in minutes of the week and a "timeZone".
alter table scan_target add column quiet jsonb;

-- What a job read, for its page and for running again what failed.
create index scan_by_job on scan (job_id) where job_id is not null;
