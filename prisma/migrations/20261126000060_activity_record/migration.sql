-- An entry of the activity record also keeps the accounts that the act was about, so that it can be shown to those who see
-- all of them, and what it changed, field by field. Both are hashed with the entry: form 2. Blocks of before keep form 1.

-- Twelve-digit ids between commas; null where the act was about the installation as a whole.
alter table activity add column accounts text;
-- JSON, kept as the text that was hashed.
alter table activity add column record text;

create index activity_by_actor on activity (actor, at, id);

create or replace function activity_text(a activity) returns text language sql stable
  return json_build_array(a.id, event_time(a.at), a.block, a.actor, a.action, a.object, a.detail, a.address, a.accounts,
    a.record)::text;

create or replace function activity_block() returns trigger language plpgsql as $$
begin
  insert into event_block (id, source, form, events, first_row, last_row, since, at, digest, marks)
  select min(block), 'activity', 2, count(*), min(id), max(id), min(at), max(at),
         sha256(string_agg(mark, ''::bytea order by id)), string_agg(substr(mark, 1, 8), ''::bytea order by id)
  from (select id, at, block, sha256(convert_to(activity_text(a), 'UTF8')) as mark from new_rows a) as rows
  having count(*) > 0;
  return null;
end $$;
