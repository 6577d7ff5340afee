-- The configuration of an account's network in a region, as EC2 and Elastic Load Balancing told it. `solved_at` is when
-- its reachability was last worked out; null asks for it.
create table network (
  account_id text           not null references account (id) on delete cascade,
  region     text           not null,
  lists      jsonb          not null,
  unread     jsonb          not null,
  hash       text           not null,
  -- Accounts whose networks decide over this one too.
  neighbours text[]         not null,
  changed_at timestamptz(3) not null,
  read_at    timestamptz(3) not null,
  solved_at  timestamptz(3),
  primary key (account_id, region)
);

-- The path of a finding of network reachability, with what admits it at each hop.
alter table finding_content add column network jsonb;
