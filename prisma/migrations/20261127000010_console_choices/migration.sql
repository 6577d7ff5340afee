-- What a person chose for the console: density, columns, and views of the findings list.

create table preference (
  user_id    text           not null references app_user (id) on delete cascade,
  name       text           not null,
  value      jsonb          not null,
  updated_at timestamptz(3) not null,
  primary key (user_id, name)
);

create table saved_view (
  id         bigint         generated always as identity primary key,
  owner      text           not null references app_user (id) on delete cascade,
  name       text           not null,
  query      text           not null,
  grouping   text,
  sort       text,
  -- Null: whatever the reader has chosen.
  columns    text[],
  shared     boolean        not null default false,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- Kept for some time, so that taking a view away can be undone.
  removed_at timestamptz(3)
);
create index saved_view_by_owner on saved_view (owner) where removed_at is null;
create index saved_view_shared on saved_view (id) where shared and removed_at is null;
