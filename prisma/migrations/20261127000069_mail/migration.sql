-- Where mail is handed in. There is one such server or none.
create table mail_server (
  id            boolean        primary key default true check (id),
  host          text           not null,
  port          integer        not null,
  tls           text           not null,
  username      text           not null,
  -- The password, sealed; null where nobody signs in.
  sealed        bytea,
  sender        text           not null,
  url           text           not null,
  -- Notices from before this are not mailed.
  since         timestamptz(3) not null,
  -- After trouble with the server nothing is tried before this.
  retry_at      timestamptz(3),
  last_sent_at  timestamptz(3),
  last_error    text,
  last_error_at timestamptz(3),
  updated_by    text           not null,
  updated_at    timestamptz(3) not null
);

-- What became of each notice as mail. Written before it is sent, so that no notice is mailed by two workers.
create table notice_mail (
  notice_id bigint         primary key references notice (id) on delete cascade,
  user_id   text           not null,
  -- now, digest or never, as its person had chosen.
  time      text           not null,
  -- waiting, sending, sent, skipped or failed.
  state     text           not null,
  tries     integer        not null default 0,
  -- When it goes; while it is being sent, when it is taken for lost.
  next_at   timestamptz(3) not null,
  error     text,
  sent_at   timestamptz(3)
);
create index notice_mail_due on notice_mail (next_at) where state in ('waiting', 'sending');
create index notice_mail_failed on notice_mail (notice_id) where state = 'failed';
