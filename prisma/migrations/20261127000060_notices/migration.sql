-- What people are told: each thing once, named by what it is about.
create table notice (
  id      bigint         generated always as identity primary key,
  user_id text           not null references app_user (id) on delete cascade,
  kind    text           not null,
  -- The same thing is told to a person once.
  dedupe  text           not null,
  title   text           not null,
  detail  text           not null default '',
  -- An address of the console.
  href    text           not null,
  at      timestamptz(3) not null,
  read_at timestamptz(3),
  unique (user_id, dedupe)
);
create index notice_newest on notice (user_id, id desc);
create index notice_unread on notice (user_id) where read_at is null;
create index notice_by_age on notice (at);
