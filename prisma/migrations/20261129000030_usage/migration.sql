-- What scans are charged is counted over every scan of every image in a month: from the index alone, without its rows.

drop index scan_by_resource;
create index scan_by_resource on scan (resource_id, ended_at) include (scan_type, outcome);
