-- What registries of container images ask for, by host. Passwords are sealed under a key made of the installation's secret and
-- never leave in a page or an answer.
create table registry_credential (
  host       text primary key,
  username   text not null,
  sealed     bytea not null,
  updated_by text not null,
  updated_at timestamptz(3) not null
);
