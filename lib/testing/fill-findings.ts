import type pg from 'pg';

export interface EstateSize {
  readonly findings: number;
  readonly accounts: number;
  readonly resources: number;
  /** 1,000 unless given. */
  readonly vulnerabilities?: number;
  readonly at: Date;
}

/**
 * Fills the tables with generated findings inside the database, without the pipeline: for tests and benchmarks that
 * need many rows and do not care what they say. The same numbers give the same rows.
 */
export async function fillFindings(pool: pg.Pool, size: EstateSize): Promise<void> {
  const { findings, accounts, resources, vulnerabilities = 1_000, at } = size;
  const client = await pool.connect();
  try {
    await client.query(ACCOUNTS, [accounts, at]);
    await client.query(RESOURCES, [resources, accounts, at]);
    await client.query(VULNERABILITIES, [at, vulnerabilities]);
    await client.query(CONTENTS, [vulnerabilities]);
    await client.query(PACKAGES, [vulnerabilities]);
    const refill = findings > BULK ? await withoutIndexes(client) : null;
    for (let from = 1; from <= findings; from += BULK) {
      const until = Math.min(findings, from + BULK - 1);
      await client.query(FINDINGS, [from, until, resources, at, vulnerabilities]);
    }
    await refill?.();
    await client.query(FOLD_ALL);
    await client.query('analyze');
  } finally {
    client.release();
  }
}

/** So many rows at once; more than this are written before their indexes are made. */
const BULK = 500_000;

/** Takes away indexes and counting; what it gives back makes them again, as they were. */
async function withoutIndexes(client: pg.PoolClient): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes i
     where tablename = 'finding' and not exists (select from pg_constraint c where c.conname = i.indexname)`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await client.query('alter table finding disable trigger user');
  return async () => {
    await client.query(`set maintenance_work_mem = '1GB'`);
    for (const { made } of rows) await client.query(made);
    await client.query('alter table finding enable trigger user');
    await client.query('select finding_delta_rebuild()');
  };
}

const FOLD_ALL = `do $$ begin while finding_delta_fold('-infinity') > 0 loop end loop; end $$`;

const ACCOUNTS = `
insert into account (id, name, organizational_unit, first_seen_at, updated_at)
select '1' || lpad(n::text, 11, '0'), 'Account ' || n, (array['prod', 'dev'])[n % 2 + 1] || '/unit-' || n % 20,
  $2::timestamptz, $2::timestamptz from generate_series(1, $1::int) as n
on conflict do nothing`;

const RESOURCES = `
insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, search)
select 'i-' || n, '1' || lpad((n % $2::int + 1)::text, 11, '0'), (array['eu-central-1', 'us-east-1'])[n % 2 + 1],
  (array['ec2', 'ecr', 'lambda'])[n % 3 + 1], 'host-' || n, (array['prod', 'test', null])[n % 3 + 1],
  $3::timestamptz, $3::timestamptz, 'host-' || n || ' i-' || n
from generate_series(1, $1::int) as n`;

const VULNERABILITIES = `
insert into vulnerability (id, title, description, severity, cvss, content_hash, updated_at, epss_probability)
select 'CVE-2026-' || n, 'Flaw ' || n, '',
  (array['CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'LOW', 'UNTRIAGED'])[n % 8 + 1],
  case when n % 8 = 7 then '[]' else jsonb_build_array(jsonb_build_object('version', '3.1', 'vector', 'CVSS:3.1/AV:N',
    'score', round(10 - (n % 8) * 1.2 - (n % 11) / 20.0, 1), 'source', 'nvd')) end,
  '', $1::timestamptz, (n % 100) / 100.0
from generate_series(0, $2::int - 1) as n`;

// What is said of a flaw is the same on every resource that has it.
const CONTENTS = `
insert into finding_content (hash, title, packages, rating)
select md5('c' || n)::uuid, 'CVE-2026-' || n || ' - package-' || n % 300,
  jsonb_build_array(jsonb_build_object('name', 'package-' || n % 300, 'version', '1.' || n % 9, 'ecosystem', 'debian',
    'purl', 'pkg:deb/debian/package-' || n % 300 || '@1.' || n % 9, 'path', 'var/lib/dpkg/status', 'layer', null,
    'sourceName', 'package-' || n % 300, 'sourceVersion', '1.' || n % 9,
    'fixedVersion', case when n % 3 = 0 then null else '2.' || n % 9 end,
    'evidence', jsonb_build_object('matcher', 'distro', 'advisory', 'DSA-' || n, 'searched', 'Debian:12/package-' || n % 300,
      'range', '< 2.' || n % 9, 'installed', '1.' || n % 9))),
  '{"cvss": [], "word": null}'
from generate_series(0, $1::int - 1) as n`;

const PACKAGES = `
insert into package (ecosystem, purl, name, version, package_manager)
select distinct 'debian', 'pkg:deb/debian/package-' || n % 300 || '@1.' || n % 9, 'package-' || n % 300, '1.' || n % 9, 'OS'
from generate_series(0, $1::int - 1) as n
on conflict do nothing`;

// Resource, flaw and state are drawn apart from each other, so that no filter goes with the order of the rows.
const FINDINGS = `
insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, kev, exploit,
  fix_available, vulnerability_id, package_name, package_version, package_ecosystem, fixed_version, content, content_hash,
  origins, sources, first_seen_at, last_seen_at, opened_at, closed_at, due_at, updated_at)
select md5(n::text)::uuid, r.id, r.account_id, r.region, r.kind, r.environment, 'PACKAGE_VULNERABILITY',
  case when h % 10 = 0 then 'CLOSED' else 'ACTIVE' end,
  (array['CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'LOW', 'UNTRIAGED'])[v % 8 + 1],
  case when v % 8 = 7 then null else round((10 - (v % 8) * 1.2 - (h % 11) / 20.0)::numeric, 1)::float8 end,
  v % 50 = 1, case when v % 50 = 1 then 'kev' else 'none' end, case when v % 3 = 0 then 'no' else 'yes' end,
  'CVE-2026-' || v, 'package-' || (v % 300), '1.' || v % 9, 'debian',
  case when v % 3 = 0 then null else '2.' || v % 9 end, md5('c' || v)::uuid, md5('h' || n)::uuid,
  jsonb_build_object('harrier', jsonb_build_object('first', 1795176000000, 'opened', 1795176000000, 'seen', 1795176000000,
    'gone', case when h % 10 = 0 then 1795176000001 end)),
  case when h % 10 = 0 then 0 else 1 end,
  $4::timestamptz - (h % 90) * interval '1 day' - (h % 86400) * interval '1 second', $4::timestamptz - (h % 97) * interval '1 hour',
  $4::timestamptz - (h % 90) * interval '1 day', case when h % 10 = 0 then $4::timestamptz end,
  case when h % 7 = 0 then null else $4::timestamptz + (h % 60 - 30) * interval '1 day' end, $4::timestamptz
from (
  select n, hashint8(n)::bigint + 2147483648 as h, (hashint8(n + 1000000007)::bigint + 2147483648) % $5::bigint as v
  from generate_series($1::bigint, $2::bigint) as n
) as drawn
join resource r on r.key = 'i-' || (n % $3::int + 1)`;
