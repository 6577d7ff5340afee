-- Accounts of a scope that are too many for an address. The id follows from the accounts: equal sets have equal addresses.

create table account_set (
  id         text           primary key,
  accounts   text[]         not null,
  created_by text           not null,
  created_at timestamptz(3) not null
);
