-- History that can be proved. Each statement that adds events or activity makes one block, whose digest is taken from the
-- rows as they were added; at the commit every block of the transaction is linked to the one before it by SHA-256. All of
-- it happens in triggers, so no writer can forget it, and the lock on the chain's head is the last one that is taken.

-- ---------------------------------------------------------------------------------------------------------- chain

create sequence event_block_id as bigint;

create table event_block (
  id         bigint primary key,
  source     text not null,
  -- The form of the text that is hashed. A column that is added later makes form 2; old blocks keep theirs.
  form       smallint not null,
  events     integer not null,
  first_row  bigint not null,
  last_row   bigint not null,
  -- Times of the rows, from and to.
  since      timestamptz(3) not null,
  at         timestamptz(3) not null,
  -- SHA-256 over the SHA-256 of each row, in the order of their numbers.
  digest     bytea not null,
  -- The first eight bytes of each row's SHA-256: they tell which row is at fault, and prove what stays of a block whose
  -- other rows were removed.
  marks      bytea not null,
  -- Place in the chain, from 1 without gaps; null until the transaction commits.
  position   bigint,
  prev_hash  bytea,
  hash       bytea,
  -- Rows that retention or the removal of the sample estate took away.
  pruned     integer not null default 0,
  pruned_at  timestamptz(3),
  constraint event_block_source check (source in ('finding_event', 'activity'))
);
create unique index event_block_position on event_block (position);
create index event_block_at on event_block (at) where source = 'finding_event' and pruned < events;

-- The end of the chain. Its row lock is what makes commits take turns.
create table event_head (
  id        boolean primary key default true,
  position  bigint not null,
  before    bytea not null,
  hash      bytea not null,
  -- The first day whose events are all here; null while nothing was ever removed.
  kept_from date,
  constraint event_head_single check (id)
) with (fillfactor = 50);
insert into event_head (position, before, hash) values (0, '', sha256('harrier history'));

-- Everything that is hashed is one JSON array, because its quoting lets no two different rows have the same text.
create function event_time(at timestamptz) returns bigint language sql immutable
  return round(date_part('epoch', at) * 1000)::bigint;

create function event_block_hash(previous bytea, place bigint, b event_block) returns bytea language sql stable
  return sha256(previous || convert_to(json_build_array(place, b.id, b.source, b.form, b.events, b.first_row, b.last_row,
    event_time(b.since), event_time(b.at), encode(b.digest, 'hex'), encode(sha256(b.marks), 'hex'))::text, 'UTF8'));

-- Before a statement adds rows: the number of their block, which the column's default reads.
create function event_block_draw() returns trigger language plpgsql as $$
begin
  perform set_config('harrier.block', nextval('event_block_id')::text, true);
  return null;
end $$;

-- At the commit: the block takes its place behind the newest one.
create function event_block_seal() returns trigger language plpgsql as $$
declare
  link record;
begin
  update event_head set position = position + 1, before = hash, hash = event_block_hash(hash, position + 1, new)
  returning position, before, hash into link;
  update event_block set position = link.position, prev_hash = link.before, hash = link.hash where id = new.id;
  return null;
end $$;
create constraint trigger event_block_seal after insert on event_block deferrable initially deferred
  for each row execute function event_block_seal();

-- Nothing of a block changes but that it is linked once, and that rows of it were removed in the ordered way.
create function event_block_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.position is null and new.pruned = 0
       and (new.id, new.source, new.form, new.events, new.first_row, new.last_row, new.since, new.at, new.digest, new.marks)
         = (old.id, old.source, old.form, old.events, old.first_row, old.last_row, old.since, old.at, old.digest, old.marks)
    then
      return new;
    end if;
    if current_setting('harrier.removing', true) in ('expired', 'erased') and new.hash = old.hash
       and new.position = old.position and new.digest = old.digest and new.pruned between old.pruned and old.events then
      return new;
    end if;
  end if;
  raise exception 'History is append-only: % of % is refused.', lower(tg_op), tg_table_name using errcode = '42501';
end $$;
create trigger event_block_guard before update or delete on event_block
  for each row execute function event_block_guard();

create function history_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('harrier.removing', true) in ('expired', 'erased') then
    return null;
  end if;
  raise exception 'History is append-only: % of % is refused.', lower(tg_op), tg_table_name using errcode = '42501';
end $$;
create trigger event_block_whole before truncate on event_block for each statement execute function history_guard();

-- --------------------------------------------------------------------------------------------------------- events

create temporary table earlier_event on commit drop as
  select e.*, round(f.score * 10)::smallint as score from finding_event e left join finding f on f.id = e.finding_id;
create temporary table earlier_activity on commit drop as select * from activity;
drop table finding_event;
drop table finding_flow;
drop function finding_flow_append_insert, finding_flow_append_delete, finding_flow_fold;

-- The life of a finding. The resource's facts are copied, so that history needs no join. A value "before" is null where
-- the step did not change it, so a state of the past is today's, taken back step by step.
create table finding_event (
  id              bigint generated always as identity primary key,
  finding_id      bigint not null,
  at              timestamptz(3) not null,
  block           bigint not null default current_setting('harrier.block')::bigint,
  -- In tenths; -1 is "no score".
  score           smallint not null,
  score_before    smallint,
  kind            text not null,
  cause           text not null,
  -- An origin (harrier, security-hub), a person's id, or rule:<number>.
  actor           text not null,
  detail          text not null,
  status          text not null,
  status_before   text,
  team            text,
  team_before     text,
  account_id      text not null,
  region          text not null,
  resource_kind   text not null,
  environment     text,
  severity        text not null,
  severity_before text,
  constraint finding_event_kind check (kind in ('open', 'reopen', 'refresh', 'close', 'drop-origin', 'suppress', 'unsuppress',
    'status', 'assign', 'snooze', 'comment', 'due', 'undo', 'leave', 'arrive')),
  constraint finding_event_cause check (cause in ('new-advisory', 'new-resource', 're-score', 'rule', 'fix',
    'data-correction', 'person', 'resource-removed', 'scan')),
  constraint finding_event_status check (status in ('ACTIVE', 'SUPPRESSED', 'CLOSED')),
  constraint finding_event_status_before check (status_before in ('ACTIVE', 'SUPPRESSED', 'CLOSED')),
  constraint finding_event_start check (kind <> 'open' or status_before is null)
);
create index finding_event_by_finding on finding_event (finding_id, at);

create function finding_event_text(e finding_event) returns text language sql stable
  return json_build_array(e.id, e.finding_id, event_time(e.at), e.block, e.score, e.score_before, e.kind, e.cause, e.actor,
    e.detail, e.status, e.status_before, e.team, e.team_before, e.account_id, e.region, e.resource_kind, e.environment,
    e.severity, e.severity_before)::text;

create function finding_event_block() returns trigger language plpgsql as $$
begin
  insert into event_block (id, source, form, events, first_row, last_row, since, at, digest, marks)
  select min(block), 'finding_event', 1, count(*), min(id), max(id), min(at), max(at),
         sha256(string_agg(mark, ''::bytea order by id)), string_agg(substr(mark, 1, 8), ''::bytea order by id)
  from (select id, at, block, sha256(convert_to(finding_event_text(e), 'UTF8')) as mark from new_rows e) as rows
  having count(*) > 0;
  return null;
end $$;

create trigger finding_event_draw before insert on finding_event for each statement execute function event_block_draw();
create trigger finding_event_block after insert on finding_event
  referencing new table as new_rows for each statement execute function finding_event_block();
create trigger finding_event_guard before update or delete or truncate on finding_event
  for each statement execute function history_guard();

-- ------------------------------------------------------------------------------------------------------- activity

alter table activity add column block bigint not null default 0;
delete from activity;
alter table activity alter column block set default current_setting('harrier.block')::bigint;

create function activity_text(a activity) returns text language sql stable
  return json_build_array(a.id, event_time(a.at), a.block, a.actor, a.action, a.object, a.detail, a.address)::text;

create function activity_block() returns trigger language plpgsql as $$
begin
  insert into event_block (id, source, form, events, first_row, last_row, since, at, digest, marks)
  select min(block), 'activity', 1, count(*), min(id), max(id), min(at), max(at),
         sha256(string_agg(mark, ''::bytea order by id)), string_agg(substr(mark, 1, 8), ''::bytea order by id)
  from (select id, at, block, sha256(convert_to(activity_text(a), 'UTF8')) as mark from new_rows a) as rows
  having count(*) > 0;
  return null;
end $$;

create trigger activity_draw before insert on activity for each statement execute function event_block_draw();
create trigger activity_block after insert on activity
  referencing new table as new_rows for each statement execute function activity_block();
create trigger activity_guard before update or delete or truncate on activity
  for each statement execute function history_guard();

-- ----------------------------------------------------------------------------------------------------------- flow

-- What each day (UTC) added to and took from the findings of each place, severity and cause. What was open on a past day is
-- what is open now, less what came since: that stays right when older history has been removed. Appended to and summed like
-- finding_count.
create table finding_flow (
  id             bigint generated always as identity primary key,
  day            date not null,
  account_id     text not null,
  region         text not null,
  kind           text not null,
  environment    text not null,
  severity       text not null,
  -- The kind of the events.
  step           text not null,
  cause          text not null,
  active_in      bigint not null,
  active_out     bigint not null,
  suppressed_in  bigint not null,
  suppressed_out bigint not null,
  -- What the two columns for ACTIVE come to for findings whose rows have been removed since: a list of a past day cannot
  -- show those, and says how many.
  removed        bigint not null default 0,
  -- False until finding_flow_fold() has added it to the row of its group.
  folded         boolean not null default false
);
create index finding_flow_by_day on finding_flow (day);
create index finding_flow_by_account on finding_flow (account_id, day);
create index finding_flow_loose on finding_flow (id) where not folded;

create function finding_flow_append() returns trigger language plpgsql as $$
declare
  sign integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  -- What only got too old still happened.
  if tg_op = 'DELETE' and current_setting('harrier.removing', true) is distinct from 'erased' then
    return null;
  end if;
  insert into finding_flow (day, account_id, region, kind, environment, severity, step, cause,
    active_in, active_out, suppressed_in, suppressed_out)
  select day, account_id, region, resource_kind, environment, severity, kind, cause,
         sign * count(*) filter (where gain and status = 'ACTIVE'), sign * count(*) filter (where not gain and status = 'ACTIVE'),
         sign * count(*) filter (where gain and status = 'SUPPRESSED'),
         sign * count(*) filter (where not gain and status = 'SUPPRESSED')
  from (
    select (r.at at time zone 'UTC')::date as day, r.account_id, r.region, r.resource_kind,
           coalesce(r.environment, '') as environment, r.kind, r.cause, side.*
    from moved_rows r
    cross join lateral (
      values (true, r.severity, r.status, r.kind <> 'leave'),
             (false, coalesce(r.severity_before, r.severity), coalesce(r.status_before, r.status), r.kind not in ('open', 'arrive'))
    ) as side(gain, severity, status, counts)
    where (r.severity_before is not null or r.status_before is not null or r.kind in ('open', 'leave', 'arrive'))
      and side.counts and side.status <> 'CLOSED'
  ) as sides
  group by 1, 2, 3, 4, 5, 6, 7, 8;
  return null;
end $$;

create trigger finding_flow_insert after insert on finding_event
  referencing new table as moved_rows for each statement execute function finding_flow_append();
create trigger finding_flow_delete after delete on finding_event
  referencing old table as moved_rows for each statement execute function finding_flow_append();

-- Adds what was appended to the one row of its group. It touches those groups alone, however long the history is.
create function finding_flow_fold() returns integer language plpgsql as $$
declare
  folds integer;
begin
  if not pg_try_advisory_xact_lock(7316402) then
    return 0;
  end if;
  with loose as (
    delete from finding_flow where not folded returning *
  ), added as (
    select day, account_id, region, kind, environment, severity, step, cause, sum(active_in) as active_in,
           sum(active_out) as active_out, sum(suppressed_in) as suppressed_in, sum(suppressed_out) as suppressed_out,
           sum(removed) as removed
    from loose group by 1, 2, 3, 4, 5, 6, 7, 8
  ), grown as (
    update finding_flow f set active_in = f.active_in + a.active_in, active_out = f.active_out + a.active_out,
      suppressed_in = f.suppressed_in + a.suppressed_in, suppressed_out = f.suppressed_out + a.suppressed_out,
      removed = f.removed + a.removed
    from added a
    where f.folded and f.account_id = a.account_id and f.day = a.day
      and (f.region, f.kind, f.environment, f.severity, f.step, f.cause)
        = (a.region, a.kind, a.environment, a.severity, a.step, a.cause)
    returning f.day, f.account_id, f.region, f.kind, f.environment, f.severity, f.step, f.cause
  ), begun as (
    insert into finding_flow (day, account_id, region, kind, environment, severity, step, cause,
      active_in, active_out, suppressed_in, suppressed_out, removed, folded)
    select a.*, true
    from added a left join grown g
      on (g.day, g.account_id, g.region, g.kind, g.environment, g.severity, g.step, g.cause)
       = (a.day, a.account_id, a.region, a.kind, a.environment, a.severity, a.step, a.cause)
    where g.day is null
  )
  select count(*) from loose into folds;
  return folds;
end $$;

-- -------------------------------------------------------------------------------------------------------- removal

-- The only way in which events go. Their blocks keep digest and place, so the chain stays whole, and how many went is an
-- activity entry, itself part of the chain. "expired" got too old, and its days keep their figures; "erased" never was.
create function history_remove(wanted bigint[], how text, reason text, now timestamptz) returns integer language plpgsql as $$
declare
  total integer;
begin
  if how not in ('expired', 'erased') then
    raise exception 'Events can be expired or erased, not %.', how;
  end if;
  perform pg_advisory_xact_lock(7316403);
  perform set_config('harrier.removing', how, true);
  with gone as (
    delete from finding_event where id = any(wanted) returning block
  ), per_block as (
    select block, count(*)::integer as n from gone group by block
  ), marked as (
    update event_block b set pruned = b.pruned + p.n, pruned_at = now from per_block p where b.id = p.block returning p.n
  )
  select coalesce(sum(n), 0) into total from marked;
  perform set_config('harrier.removing', '', true);
  if total > 0 then
    -- The number comes first: verifying adds these up and compares them with what the blocks say.
    insert into activity (at, actor, action, object, detail, address)
    values (now, 'harrier', 'history-removed', total || ' events', reason, '');
  end if;
  return total;
end $$;

-- Takes away the oldest whole blocks whose rows are all older, up to about so many rows at once.
create function history_expire(before timestamptz, rows_max integer, reason text, now timestamptz) returns integer
language sql as $$
  with oldest as (
    select id, first_row, last_row, sum(events - pruned) over (order by at, id) - (events - pruned) as earlier
    from (
      select * from event_block where source = 'finding_event' and pruned < events and at < before and position is not null
      order by at, id limit rows_max
    ) as candidates
  )
  select history_remove(coalesce(array_agg(e.id), '{}'), 'expired', reason, now)
  from oldest b join finding_event e on e.id between b.first_row and b.last_row and e.block = b.id
  where b.earlier < rows_max;
$$;

-- What is said is removed when no finding says it any more. A report that is just being written may be about to: only what
-- no report has touched for days goes.
alter table finding_content add column used_on date not null default current_date;

-- ---------------------------------------------------------------------------------------- what was there before

-- Events and activity of earlier versions become the first blocks, a thousand rows each. Why a finding opened was not kept.
do $$
declare
  part record;
begin
  for part in select n, min(id) as low, max(id) as high
    from (select id, (row_number() over (order by id) - 1) / 1000 as n from earlier_event) as numbered group by n order by n
  loop
    insert into finding_event (id, finding_id, at, score, kind, cause, actor, detail, status, status_before, account_id, region,
      resource_kind, environment, severity, severity_before)
    overriding system value
    select id, finding_id, at, coalesce(score, -1), kind,
           case when kind = 'refresh' then 're-score' when kind <> 'close' then 'scan' when detail like 'The advisory%' then 'data-correction'
                when detail like 'The resource%' then 'resource-removed' else 'fix' end,
           origin, detail, case kind when 'close' then 'CLOSED' else 'ACTIVE' end,
           case kind when 'close' then 'ACTIVE' when 'reopen' then 'CLOSED' end,
           account_id, region, resource_kind, environment, severity, severity_before
    from earlier_event where id between part.low and part.high order by id;
  end loop;
  for part in select n, min(id) as low, max(id) as high
    from (select id, (row_number() over (order by id) - 1) / 1000 as n from earlier_activity) as numbered group by n order by n
  loop
    insert into activity (id, at, actor, action, object, detail, address)
    overriding system value
    select id, at, actor, action, object, detail, address from earlier_activity where id between part.low and part.high order by id;
  end loop;
end $$;
select setval(pg_get_serial_sequence('finding_event', 'id'), (select coalesce(max(id), 0) + 1 from finding_event), false),
       setval(pg_get_serial_sequence('activity', 'id'), (select coalesce(max(id), 0) + 1 from activity), false);
