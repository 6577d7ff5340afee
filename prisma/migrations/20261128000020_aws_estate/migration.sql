-- How accounts of AWS are reached, what was found in them, and what the ledger says of each resource.

create table aws_connection (
  id          uuid           primary key,
  name        text           not null,
  kind        text           not null check (kind in ('account', 'roles', 'organization')),
  role_arns   text[]         not null,
  member_role text           not null,
  external_id text,
  regions     text[]         not null,
  queue_arn   text,
  state       text,
  detail      text,
  looked_at   timestamptz(3),
  updated_by  text           not null,
  updated_at  timestamptz(3) not null
);

alter table account
  add column connection_id uuid references aws_connection (id) on delete set null,
  add column role_arn text,
  add column external_id text,
  add column state text not null default 'active',
  add column detail text,
  add column state_since timestamptz(3),
  add column regions text[] not null default '{}';

-- The last look at each part of an account: everything in it that is not gone was seen at read_at.
create table account_place (
  account_id   text           not null references account (id) on delete cascade,
  region       text           not null,
  service      text           not null,
  state        text           not null,
  detail       text,
  since        timestamptz(3) not null,
  looked_at    timestamptz(3) not null,
  read_at      timestamptz(3),
  resources    int            not null default 0,
  calls        int            not null default 0,
  milliseconds int            not null default 0,
  primary key (account_id, region, service)
);

alter table resource
  add column cloud jsonb not null default '{}',
  add column gone_at timestamptz(3);
create index resource_by_place on resource (account_id, region, kind) where gone_at is null;

-- Whether a resource is to be scanned, and when next.
create table eligibility (
  resource_id  bigint         not null references resource (id) on delete cascade,
  scan_type    text           not null,
  state        text           not null,
  reason       text,
  detail       text,
  way          text,
  revision     text,
  is_immutable boolean        not null default false,
  fingerprint  text           not null,
  since        timestamptz(3) not null,
  due_at       timestamptz(3) not null,
  tries        int            not null default 0,
  primary key (resource_id, scan_type)
);
create index eligibility_due on eligibility (due_at) where state = 'eligible';

-- Scans that have taken snapshots and not yet removed them.
create table snapshot_scan (
  id         uuid           primary key,
  account_id text           not null references account (id) on delete cascade,
  region     text           not null,
  begun_at   timestamptz(3) not null
);

-- What calls proved of each permission.
create table permission_check (
  account_id text           not null references account (id) on delete cascade,
  region     text           not null,
  action     text           not null,
  state      text           not null,
  detail     text,
  since      timestamptz(3) not null,
  checked_at timestamptz(3) not null,
  primary key (account_id, region, action)
);

-- Resources by what they are, and when they are scanned by themselves.
create table scan_target (
  id         uuid           primary key,
  name       text           not null unique,
  rule       text           not null,
  updated_by text           not null,
  updated_at timestamptz(3) not null
);

create table scan_schedule (
  id         uuid           primary key,
  target_id  uuid           not null references scan_target (id) on delete cascade,
  cron       text           not null,
  time_zone  text           not null,
  is_on      boolean        not null,
  last_at    timestamptz(3),
  next_at    timestamptz(3)
);
create index scan_schedule_next on scan_schedule (next_at) where is_on;

alter table coverage
  add column reason_code text,
  add column revision text;

-- One row for each resource that is there, with one state and one reason. `at` is now, `fresh` how long a good scan counts.
create function coverage_ledger(at timestamptz, fresh interval)
returns table (resource_id bigint, account_id text, region text, kind text, environment text, sample boolean,
  state text, reason text, detail text, good_at timestamptz, scanned_at timestamptz)
language sql stable as $$
  select l.id, l.account_id, l.region, l.kind, l.environment, l.sample,
    case
      when l.eligible <> 'eligible' then l.eligible
      when l.good_at >= at - fresh then 'scanned'
      when l.outcome is null then 'not-assessed'
      when l.outcome = 'failed' and l.reason_code in ('ACCESS_DENIED', 'ACCESS_DENIED_TO_ENCRYPTION_KEY', 'ROLE_NOT_ASSUMED')
        then 'denied'
      when l.outcome in ('failed', 'partial') and l.reason_code in ('UNSUPPORTED_OS', 'UNSUPPORTED_MEDIA_TYPE', 'UNSUPPORTED_CONFIG_FILE',
        'UNSUPPORTED_RUNTIME', 'VOLUME_NOT_READ', 'IMAGE_SIZE_EXCEEDED') then 'unsupported'
      when l.outcome = 'failed' then 'not-assessed'
      when l.reason_code = 'STALE_INVENTORY' then 'stale'
      when l.outcome = 'partial' and l.ended_at >= at - fresh then 'partial'
      else 'stale'
    end,
    case
      when l.eligible <> 'eligible' then l.eligible_reason
      when l.good_at >= at - fresh then 'SUCCESSFUL'
      when l.outcome is null then 'PENDING_INITIAL_SCAN'
      when l.outcome = 'failed' then coalesce(l.reason_code, 'INTERNAL_ERROR')
      when l.reason_code = 'STALE_INVENTORY' then 'STALE_INVENTORY'
      when l.outcome = 'partial' and (l.ended_at >= at - fresh or l.reason_code = 'UNSUPPORTED_OS')
        then coalesce(l.reason_code, 'SCANNED_IN_PART')
      else 'LATE'
    end,
    case when l.eligible <> 'eligible' then l.eligible_detail else l.said end,
    l.good_at, l.ended_at
  from (
    select r.id, r.account_id, r.region, r.kind, r.environment, r.sample,
      coalesce(e.state, 'eligible') as eligible, e.reason as eligible_reason, e.detail as eligible_detail,
      c.outcome, c.reason as said, c.reason_code, c.ended_at, c.complete_at as good_at
    from resource r
    left join eligibility e on e.resource_id = r.id and e.scan_type = 'package'
    left join coverage c on c.resource_id = r.id and c.scan_type = 'package'
    where r.gone_at is null
  ) as l
$$;
