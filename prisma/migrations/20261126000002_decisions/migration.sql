-- Decisions as rules. A rule hides whatever its query asks for while it is in force; a finding names the first rule that hides
-- it. No link between rules and findings is kept: what a rule that ends gives back is judged anew by the rules that remain.

create table suppression_rule (
  id               bigint generated always as identity primary key,
  name             text not null,
  -- Canonical spelling; it is parsed when it is used.
  query            text not null,
  origin           text not null default 'person',
  reason           text not null,
  owner            text not null,
  created_by       text not null,
  created_at       timestamptz(3) not null,
  starts_at        timestamptz(3) not null,
  ends_at          timestamptz(3),
  state            text not null,
  -- The author's accounts; null for all.
  accounts         text[],
  -- [{"userId", "name", "at", "writes"}], the author's first.
  approvals        jsonb not null default '[]',
  -- Known exploited and critical findings are hidden too.
  two_people       boolean not null default false,
  known_exploited  text[] not null default '{}',
  -- Findings are judged by it. Set when somebody acts or the recurring job runs, never by the clock alone, so that all
  -- findings are judged by the same rules.
  in_force         boolean not null default false,
  applied_at       timestamptz(3),
  last_matched_at  timestamptz(3),
  ended_at         timestamptz(3),
  ended_by         text,
  end_reason       text,
  -- Counts its changes, so that an application notes its end only for the rule that it applied.
  revision         integer not null default 0,
  -- A later end that waits for a second person: {"endsAt", "reason", "by"}.
  proposed_end     jsonb,
  -- What a supplier says: {"status", "author", "at"}; the name of such a rule is the digest of its statement.
  statement        jsonb,
  constraint suppression_rule_state check (state in ('proposed', 'active', 'ended')),
  constraint suppression_rule_origin check (origin in ('person', 'vex')),
  constraint suppression_rule_lasts check (origin = 'vex' or ends_at is not null),
  constraint suppression_rule_force check (not in_force or state = 'active')
);
create unique index suppression_rule_name on suppression_rule (lower(name)) where state <> 'ended' or origin = 'vex';
create index suppression_rule_in_force on suppression_rule (id) where in_force and origin = 'person';

-- What a supplier's statement keeps out of the findings of a resource, as the newest match found it.
create table vex_hidden (
  resource_id      bigint not null references resource (id) on delete cascade,
  rule_id          bigint not null references suppression_rule (id),
  vulnerability_id text not null,
  purl             text not null,
  primary key (resource_id, rule_id, vulnerability_id, purl)
);
create index vex_hidden_by_rule on vex_hidden (rule_id);

-- What each rule hides, by account and severity, is read from this index alone.
drop index finding_by_rule;
create index finding_by_rule on finding (suppressed_by, account_id, severity_order, kev) where suppressed_by is not null;

-- Findings of vulnerabilities that are known to be exploited, whether or not they were when the finding closed.
create index vulnerability_kev on vulnerability (id) where kev is not null;
