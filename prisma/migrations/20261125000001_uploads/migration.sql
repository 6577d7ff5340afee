-- Files that people hand in to be scanned. Web and worker may stand on different machines, so a file travels through the
-- database, in pieces that fit a statement, and is gone once it was scanned.
create table upload (
  id         uuid primary key,
  name       text not null,
  kind       text not null check (kind in ('image', 'function', 'sbom', 'source')),
  -- Null while it is being received.
  bytes      bigint,
  sha256     text,
  created_by text not null,
  created_at timestamptz(3) not null
);
create index upload_by_age on upload (created_at);

create table upload_chunk (
  upload_id uuid not null references upload (id) on delete cascade,
  seq       int not null,
  content   bytea not null,
  primary key (upload_id, seq)
);
-- The content is packed already, more often than not.
alter table upload_chunk alter column content set storage external;
