-- What a team decides about findings. An act (assign, status, snooze, comment) names its findings once, when it begins; each
-- row then says what the finding was before and which version the act made of it. So a worker that dies leaves rows that
-- are plainly done or not, and undo gives back exactly what nobody has touched since.

alter table finding
  -- A person said who owes the fix; routing rules leave it alone from then on.
  add column assigned boolean not null default false,
  -- When the team's status was set: a scan that is older says nothing about it.
  add column team_status_at timestamptz(3);

create index finding_accepted on finding (accepted_until) where accepted_until is not null;
create index finding_awaiting on finding (resource_id) where team_status = 'awaiting-rescan';

-- "My work" is read along these, the earliest due first.
drop index finding_by_owner, finding_by_team;
create index finding_by_owner on finding (owner, status, due_order, id) where owner is not null;
create index finding_by_team  on finding (team, status, due_order, id) where team is not null;

create table triage_act (
  id        uuid primary key,
  at        timestamptz(3) not null,
  -- Id of a person.
  actor     text not null,
  kind      text not null,
  -- What was asked, as the store needs it to go on after a break.
  what      jsonb not null,
  -- The act that this one undoes.
  undoes    uuid references triage_act (id) on delete cascade,
  findings  integer not null default 0,
  -- Rows that are done or skipped, and the last finding that was looked at: the next step begins behind it.
  done      integer not null default 0,
  reached   bigint not null default 0,
  -- Findings that were asked for and are not there for this person, with the first of them.
  missing   jsonb not null default '[]',
  -- Kept when the act has ended, because its rows go away.
  report    jsonb,
  ended_at  timestamptz(3),
  undone_at timestamptz(3),
  constraint triage_act_kind check (kind in ('assign', 'status', 'snooze', 'comment', 'undo'))
);
create unique index triage_act_undoes on triage_act (undoes) where undoes is not null;
create index triage_act_newest on triage_act (at);

-- No foreign keys: rows come by the hundred thousand, and whoever removes an act removes its rows.
create table triage_act_row (
  act_id        uuid not null,
  finding_id    bigint not null,
  -- The version that the person saw; null where a query chose the finding.
  expected      integer,
  before        jsonb,
  -- Null until it is done; what was skipped has its reason instead.
  version_after integer,
  skipped       text,
  primary key (act_id, finding_id)
) with (fillfactor = 60);

create table finding_comment (
  id         bigint generated always as identity primary key,
  act_id     uuid not null unique,
  at         timestamptz(3) not null,
  author     text not null,
  body       text not null,
  edited_at  timestamptz(3),
  deleted_at timestamptz(3)
);

-- One comment may stand on many findings.
create table finding_comment_on (
  finding_id bigint not null,
  comment_id bigint not null,
  primary key (finding_id, comment_id)
);
create index finding_comment_on_by_comment on finding_comment_on (comment_id);

create table finding_comment_mention (
  user_id    text not null,
  comment_id bigint not null references finding_comment (id) on delete cascade,
  primary key (user_id, comment_id)
);

-- Teams that a person belongs to, by the names that routing rules use.
alter table app_user add column teams text[] not null default '{}';
