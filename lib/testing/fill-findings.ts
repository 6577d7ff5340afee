import type pg from 'pg';

/**
 * Fills the tables with generated findings inside the database, without the pipeline: for tests and benchmarks that
 * need many rows and do not care what they say. The same numbers give the same rows.
 */
export async function fillFindings(
  pool: pg.Pool,
  size: { readonly findings: number; readonly accounts: number; readonly resources: number; readonly at: Date },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(ACCOUNTS, [size.accounts, size.at]);
    await client.query(RESOURCES, [size.resources, size.accounts, size.at]);
    await client.query(VULNERABILITIES, [size.at]);
    await client.query(FINDINGS, [size.findings, size.resources, size.at]);
    await client.query('select finding_count_fold()');
    await client.query('analyze');
  } finally {
    client.release();
  }
}

const ACCOUNTS = `
insert into account (id, name, first_seen_at, updated_at)
select '1' || lpad(n::text, 11, '0'), 'Account ' || n, $2::timestamptz, $2::timestamptz from generate_series(1, $1::int) as n
on conflict do nothing`;

const RESOURCES = `
insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, search)
select 'i-' || n, '1' || lpad((n % $2::int + 1)::text, 11, '0'), (array['eu-central-1', 'us-east-1'])[n % 2 + 1],
  (array['ec2', 'ecr', 'lambda'])[n % 3 + 1], 'host-' || n, (array['prod', 'test', null])[n % 3 + 1],
  $3::timestamptz, $3::timestamptz, 'host-' || n || ' i-' || n
from generate_series(1, $1::int) as n`;

const VULNERABILITIES = `
insert into vulnerability (id, title, description, severity, content_hash, updated_at, epss_probability)
select 'CVE-2026-' || n, 'Flaw ' || n, '', 'HIGH', '', $1::timestamptz, (n % 100) / 100.0 from generate_series(0, 999) as n`;

const FINDINGS = `
insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, kev,
  fix_available, vulnerability_id, package_name, package_version, package_ecosystem, fixed_version, title, search,
  packages, score_breakdown, content_hash, first_seen_at, last_seen_at, opened_at, closed_at, due_at)
select md5(n::text), r.id, r.account_id, r.region, r.kind, r.environment, 'PACKAGE_VULNERABILITY',
  case when n % 10 = 0 then 'CLOSED' else 'ACTIVE' end,
  (array['CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'LOW', 'UNTRIAGED'])[n * 7 % 8 + 1],
  case when n * 7 % 8 = 7 then null else round((10 - (n * 7 % 8) * 1.2 - (n % 11) / 20.0)::numeric, 1)::float8 end,
  n % 50 = 1, case when n % 3 = 0 then 'no' else 'yes' end, 'CVE-2026-' || (n * 31 % 1000),
  'package-' || (n % 300), '1.' || n % 9, 'debian', case when n % 3 = 0 then null else '2.' || n % 9 end,
  'Flaw ' || (n * 31 % 1000), 'cve-2026-' || (n * 31 % 1000) || ' package-' || (n % 300) || ' ' || r.search,
  '[{}]', '{}', md5('h' || n), $3::timestamptz - (n % 90) * interval '1 day', $3::timestamptz - (n % 5) * interval '1 hour',
  $3::timestamptz - (n % 90) * interval '1 day', case when n % 10 = 0 then $3::timestamptz end,
  case when n % 7 = 0 then null else $3::timestamptz + (n % 60 - 30) * interval '1 day' end
from generate_series(1, $1::int) as n
join resource r on r.key = 'i-' || (n % $2::int + 1)`;
