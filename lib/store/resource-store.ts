import { criticalityOfTags, toResourceFacts } from '../core/model/resource-facts.ts';
import type { MatchRecord, ResourceStore, ScanRecord } from '../core/ports/resource-store.ts';
import { routeFindings } from './duty/apply-duty.ts';
import { loadDuty } from './duty/duty.ts';
import { inChunks } from './in-chunks.ts';
import { removeSample } from './remove-sample.ts';
import { KEEP_ORDERS, type Sql } from './sql.ts';
import { applyRulesTo, holdRules } from './suppression/judge-findings.ts';
import { toJson } from './to-json.ts';

const CHUNK = 1_000;
/** A scan of a hostile tree can yield thousands of these; the first ones tell what is wrong. */
const DIAGNOSTICS_MAX = 200;

export function createResourceStore(sql: Sql): ResourceStore {
  return {
    async upsertAccounts(accounts, now) {
      const rows = accounts.map((one) => ({
        id: one.id,
        name: one.name,
        organizational_unit: one.organizationalUnit,
        sample: one.sample,
      }));
      for (const chunk of inChunks(rows, CHUNK)) {
        await sql.query(UPSERT_ACCOUNTS, [toJson(chunk), now]);
      }
    },
    async upsert(resources, now) {
      const rows = resources.map((one) => ({
        key: one.id,
        account_id: one.accountId,
        region: one.region,
        kind: one.kind,
        name: one.name,
        environment: one.environment,
        tags: one.tags,
        criticality: criticalityOfTags(one.tags),
        sample: one.sample,
        search: `${one.name} ${one.id}`.toLowerCase(),
      }));
      for (const chunk of inChunks(rows, CHUNK)) {
        const changed = await sql.query<{ id: string }>(CHANGED_RESOURCES, [toJson(chunk)]);
        if (changed.length > 0) await holdRules(sql);
        await sql.query(UPSERT_RESOURCES, [toJson(chunk), now]);
        await sql.query(MOVE_FINDINGS, [chunk.map((row) => row.key), now]);
        if (changed.length > 0) {
          const ids = changed.map(({ id }) => id);
          await routeFindings(sql, await loadDuty(sql), ids);
        }
        // Rules may ask for any of what has changed.
        const found =
          changed.length === 0 ? [] : await sql.query<{ id: string }>(OPEN_OF, [changed.map(({ id }) => id)]);
        await applyRulesTo(sql, { ids: found.map(({ id }) => id) }, now);
      }
    },
    async facts(resource) {
      const [row] = await sql.query<{ facts: unknown }>('select facts from resource where key = $1::text', [resource]);
      return toResourceFacts(row?.facts);
    },
    recordScan: (record) => recordScans(sql, [record]),
    recordScans: (records) => recordScans(sql, records),
    recordMatches: (records) => recordMatches(sql, records),
    removeSample: () => removeSample(sql),
  };
}

async function recordScans(sql: Sql, records: readonly ScanRecord[]): Promise<void> {
  for (const chunk of inChunks(records, CHUNK)) {
    const written = await sql.query<{ key: string }>(RECORD_SCANS, [toJson(chunk.map(toScanRow))]);
    if (written.length < new Set(chunk.map(({ resource }) => resource)).size) {
      const known = new Set(written.map(({ key }) => key));
      const stray = chunk.find(({ resource }) => !known.has(resource));
      throw new Error(`scan of an unknown resource: ${stray?.resource}`);
    }
  }
}

function toScanRow(record: ScanRecord) {
  return {
    key: record.resource,
    scan_type: record.scanType,
    job_id: record.jobId,
    outcome: record.outcome,
    reason: record.reason,
    started_at: record.startedAt,
    ended_at: record.endedAt,
    packages: record.packages,
    findings: record.findings,
    undecidable: record.undecidable,
    distro: record.distro,
    advisory_revision: record.advisoryRevision,
    advisory_states: record.advisoryStates,
    diagnostics: record.diagnostics.slice(0, DIAGNOSTICS_MAX),
    reason_code: record.reasonCode ?? null,
    revision: record.revision ?? null,
  };
}

async function recordMatches(sql: Sql, records: readonly MatchRecord[]): Promise<void> {
  const rows = records.map((record) => ({
    key: record.resource,
    scan_type: record.scanType,
    findings: record.findings,
    undecidable: record.undecidable,
    revision: record.advisoryRevision,
    states: record.advisoryStates,
  }));
  for (const chunk of inChunks(rows, CHUNK)) {
    await sql.query(RECORD_MATCHES, [toJson(chunk)]);
  }
}

const UPSERT_ACCOUNTS = `
insert into account (id, name, organizational_unit, sample, first_seen_at, updated_at)
select id, name, organizational_unit, sample, $2::timestamptz, $2::timestamptz
from jsonb_to_recordset($1::jsonb) as r(id text, name text, organizational_unit text, sample boolean)
order by id
on conflict (id) do update set name = excluded.name, organizational_unit = excluded.organizational_unit,
  sample = excluded.sample, updated_at = excluded.updated_at`;

const UPSERT_RESOURCES = `
insert into resource (key, account_id, region, kind, name, environment, tags, facts, sample, search, first_seen_at,
  last_seen_at)
select key, account_id, region, kind, name, environment, tags, jsonb_build_object('criticality', criticality), sample,
  search, $2::timestamptz, $2::timestamptz
from jsonb_to_recordset($1::jsonb) as r(key text, account_id text, region text, kind text, name text, environment text,
  tags jsonb, criticality text, sample boolean, search text)
order by key
on conflict (key) do update set account_id = excluded.account_id, region = excluded.region, kind = excluded.kind,
  name = excluded.name, environment = excluded.environment, tags = excluded.tags,
  facts = resource.facts || excluded.facts, sample = excluded.sample, search = excluded.search, last_seen_at = excluded.last_seen_at`;

// Findings repeat the resource's account, region, kind and environment; a changed tag moves them, and the counts with
// them. What is not closed leaves one place for the other in history too: each keeps its own figures.
const CHANGED_RESOURCES = `
select r.id::text as id
from jsonb_to_recordset($1::jsonb) as n(key text, account_id text, region text, kind text, name text, environment text, tags jsonb)
join resource r on r.key = n.key
where (r.account_id, r.region, r.kind, r.name, r.environment, r.tags)
  is distinct from (n.account_id, n.region, n.kind, n.name, n.environment, n.tags)`;

const OPEN_OF = `
select id::text as id from finding where resource_id = any($1::bigint[]) and closed_at is null`;

const MOVE_FINDINGS = `
with before as (
  select f.id, f.status, f.severity, f.score, f.account_id, f.region, f.kind, f.environment, r.account_id as to_account,
    r.region as to_region, r.kind as to_kind, r.environment as to_environment,
    greatest($2::timestamptz, (select max(e.at) from finding_event e where e.finding_id = f.id and e.at > $2::timestamptz)) as at
  from resource r join finding f on f.resource_id = r.id
  where r.key = any($1::text[])
    and (f.account_id, f.region, f.kind, f.environment) is distinct from (r.account_id, r.region, r.kind, r.environment)
), moved as (
  update finding f set account_id = b.to_account, region = b.to_region, kind = b.to_kind, environment = b.to_environment,
    version = f.version + 1, ${KEEP_ORDERS}
  from before b where f.id = b.id
)
insert into finding_event (finding_id, at, kind, cause, actor, detail, status, severity, score, account_id, region,
  resource_kind, environment)
select b.id, b.at, place.step, 'data-correction', 'harrier', '', b.status, b.severity, coalesce(round(b.score * 10), -1),
  place.account_id, place.region, place.kind, place.environment
from before b
cross join lateral (values
  (1, 'leave', b.account_id, b.region, b.kind, b.environment),
  (2, 'arrive', b.to_account, b.to_region, b.to_kind, b.to_environment)
) as place(n, step, account_id, region, kind, environment)
where b.status <> 'CLOSED'
order by b.id, place.n`;

// A scan that ended earlier than the one coverage shows is history only.
const RECORD_SCANS = `
with told as (
  select s.id, r.* from jsonb_to_recordset($1::jsonb) as r(key text, scan_type text, job_id uuid, outcome text,
    reason text, started_at timestamptz, ended_at timestamptz, packages int, findings int, undecidable int, distro jsonb,
    advisory_revision text, advisory_states jsonb, diagnostics jsonb, reason_code text, revision text)
  join resource s on s.key = r.key
), history as (
  insert into scan (resource_id, scan_type, job_id, outcome, reason, started_at, ended_at, packages, findings,
    undecidable, advisory_revision)
  select id, scan_type, job_id, outcome, reason, started_at, ended_at, packages, findings, undecidable, advisory_revision
  from told
), latest as (
  insert into coverage (resource_id, scan_type, outcome, reason, started_at, ended_at, first_ended_at, complete_at,
    packages, findings, undecidable, distro, advisory_revision, advisory_states, diagnostics, reason_code, revision)
  select id, scan_type, outcome, reason, started_at, ended_at, ended_at,
    case when outcome = 'complete' then ended_at end, packages, findings, undecidable, nullif(distro, 'null'::jsonb),
    advisory_revision, advisory_states, diagnostics, reason_code, revision
  from told order by id
  on conflict (resource_id, scan_type) do update set outcome = excluded.outcome, reason = excluded.reason,
    started_at = excluded.started_at, ended_at = excluded.ended_at,
    first_ended_at = least(coverage.first_ended_at, excluded.first_ended_at),
    complete_at = coalesce(excluded.complete_at, coverage.complete_at), packages = excluded.packages,
    findings = excluded.findings, undecidable = excluded.undecidable, distro = excluded.distro,
    advisory_revision = excluded.advisory_revision, advisory_states = excluded.advisory_states,
    diagnostics = excluded.diagnostics, reason_code = excluded.reason_code, revision = excluded.revision
  where coverage.ended_at <= excluded.ended_at
)
select key from told`;

// What a failed scan shows is that it failed; the inventory behind a new match is an earlier one's.
const RECORD_MATCHES = `
update coverage c set findings = m.findings, undecidable = m.undecidable, advisory_revision = m.revision,
  advisory_states = m.states
from jsonb_to_recordset($1::jsonb)
  as m(key text, scan_type text, findings int, undecidable int, revision text, states jsonb)
join resource r on r.key = m.key
where c.resource_id = r.id and c.scan_type = m.scan_type and c.outcome <> 'failed'
  and (c.findings, c.undecidable, c.advisory_revision, c.advisory_states)
    is distinct from (m.findings, m.undecidable, m.revision, m.states)`;
