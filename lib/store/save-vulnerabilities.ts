import { createHash } from 'node:crypto';
import type { Vulnerability } from '../core/model/finding.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { toJson } from './to-json.ts';

const CHUNK = 500;

/**
 * Writes the vulnerabilities that are new or changed. What is stored already is only read: an upsert would lock each
 * row until the end of the transaction, and every scan of the same distribution would wait for every other.
 */
export async function saveVulnerabilities(
  sql: Sql,
  vulnerabilities: readonly Vulnerability[],
  now: Date,
): Promise<void> {
  const distinct = new Map(vulnerabilities.map((one) => [one.id, one]));
  const rows = new Map([...distinct.values()].map((one) => [one.id, toRow(one)]));
  const stored = await sql.query<{ id: string; content_hash: string }>(
    'select id, content_hash from vulnerability where id = any($1::text[])',
    [[...rows.keys()]],
  );
  for (const { id, content_hash } of stored) {
    if (rows.get(id)?.content_hash === content_hash) {
      rows.delete(id);
    }
  }
  // Sorted, so that two transactions that add the same ids take them in the same order and cannot deadlock.
  const wanted = [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const chunk of inChunks(wanted, CHUNK)) {
    await sql.query(UPSERT, [toJson(chunk), now]);
  }
}

function toRow(vulnerability: Vulnerability) {
  const row = {
    id: vulnerability.id,
    aliases: vulnerability.aliases,
    title: vulnerability.title,
    description: vulnerability.description,
    severity: vulnerability.severity,
    severity_source: vulnerability.severitySource,
    cvss: vulnerability.cvss,
    epss_probability: vulnerability.epss?.probability ?? null,
    epss_percentile: vulnerability.epss?.percentile ?? null,
    epss_date: vulnerability.epss?.date ?? null,
    kev: vulnerability.kev,
    exploit: vulnerability.exploit ?? null,
    cwes: vulnerability.cwes,
    reference_urls: vulnerability.references,
    published_at: vulnerability.publishedAt,
  };
  return { ...row, content_hash: createHash('sha256').update(JSON.stringify(row)).digest('hex') };
}

const UPSERT = `
insert into vulnerability (id, aliases, title, description, severity, severity_source, cvss, epss_probability,
  epss_percentile, epss_date, kev, exploit, cwes, reference_urls, published_at, content_hash, updated_at)
select id, aliases, title, description, severity, severity_source, cvss, epss_probability,
  epss_percentile, epss_date, nullif(kev, 'null'::jsonb), nullif(exploit, 'null'::jsonb), cwes, reference_urls, published_at, content_hash, $2::timestamptz
from jsonb_to_recordset($1::jsonb) as r(id text, aliases text[], title text, description text, severity text,
  severity_source text, cvss jsonb, epss_probability float8, epss_percentile float8, epss_date text, kev jsonb, exploit jsonb,
  cwes text[], reference_urls text[], published_at timestamptz, content_hash text)
on conflict (id) do update set
  aliases = excluded.aliases, title = excluded.title, description = excluded.description,
  severity = excluded.severity, severity_source = excluded.severity_source, cvss = excluded.cvss,
  epss_probability = excluded.epss_probability, epss_percentile = excluded.epss_percentile,
  epss_date = excluded.epss_date, kev = excluded.kev, exploit = excluded.exploit, cwes = excluded.cwes,
  reference_urls = excluded.reference_urls, published_at = excluded.published_at,
  content_hash = excluded.content_hash, updated_at = excluded.updated_at
where vulnerability.content_hash <> excluded.content_hash`;
