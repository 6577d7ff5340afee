import { stateHash } from '../core/findings/content-hash.ts';
import type { EpssScore, ExploitReference, KevEntry } from '../core/model/advisory.ts';
import type { BaseRating, FindingStatus } from '../core/model/finding.ts';
import { controlsFor, toResourceFacts } from '../core/model/resource-facts.ts';
import type { SignalStore, StoredSignals } from '../core/ports/signal-store.ts';
import { exploitLevelOf } from '../core/risk/exploitation-term.ts';
import { scoreOf } from '../core/risk/score.ts';
import { appendEvents, type NewFindingEvent } from './finding-events.ts';
import { inChunks } from './in-chunks.ts';
import type { Sql } from './sql.ts';
import { applyRulesTo, holdRules } from './suppression/judge-findings.ts';
import { toJson } from './to-json.ts';

/** Findings that are read and scored at once. */
const CHUNK = 5_000;

export function createSignalStore(sql: Sql): SignalStore {
  return {
    async after(id, limit) {
      const rows = await sql.query<SignalRow>(AFTER, [id, limit]);
      return rows.map(toSignals);
    },
    async save(signals, now) {
      await holdRules(sql);
      await sql.query(SAVE, [toJson(signals.map(toRow)), now]);
      return rescore(sql, signals, now);
    },
    async resourcesWith(ids) {
      const rows = await sql.query<{ key: string }>(RESOURCES_WITH, [ids]);
      return rows.map(({ key }) => key);
    },
  };
}

interface SignalRow {
  readonly id: string;
  readonly probability: number | null;
  readonly percentile: number | null;
  readonly date: string | null;
  readonly kev: KevEntry | null;
  readonly exploit: ExploitReference | null;
}

function toSignals({ id, probability, percentile, date, kev, exploit }: SignalRow): StoredSignals {
  return { id, epss: toEpss(probability, percentile, date), kev, exploit };
}

/** EPSS of the columns that hold it; null where there is none. */
export function toEpss(probability: number | null, percentile: number | null, date: string | null): EpssScore | null {
  return probability === null || percentile === null || date === null ? null : { probability, percentile, date };
}

function toRow({ id, epss, kev, exploit }: StoredSignals) {
  const { probability = null, percentile = null, date = null } = epss ?? {};
  return { id, probability, percentile, date, kev, exploit };
}

interface ScoredRow {
  readonly id: string;
  readonly number: number;
  readonly vulnerability_id: string;
  readonly type: string;
  readonly status: FindingStatus;
  readonly team_status: string;
  readonly severity: string;
  readonly score: number | null;
  readonly environment: string | null;
  readonly content: string;
  readonly rating: BaseRating;
  readonly cwes: readonly string[];
  readonly facts: unknown;
}

async function rescore(sql: Sql, signals: readonly StoredSignals[], now: Date): Promise<number> {
  const byId = new Map(signals.map((one) => [one.id, one]));
  const ids = [...byId.keys()];
  let moved = 0;
  for (let after = 0; ; ) {
    const rows: readonly ScoredRow[] = await sql.query<ScoredRow>(FINDINGS_OF, [ids, after, CHUNK]);
    const changed = rows.flatMap((row) => rescored(row, byId.get(row.vulnerability_id), now) ?? []);
    for (const chunk of inChunks(changed, CHUNK)) {
      await sql.query(SCORE, [toJson(chunk), now]);
    }
    const before = new Map(rows.map((row) => [row.id, row]));
    await appendEvents(
      sql,
      changed.flatMap(({ id, score }) => rescoreEvent(before.get(id), score)),
      now,
    );
    // Rules may ask for a score or for exploits.
    await applyRulesTo(sql, { ids: changed.map(({ id }) => id) }, now);
    moved += changed.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) {
      return moved;
    }
    after = last.number;
  }
}

function rescored(row: ScoredRow, signals: StoredSignals | undefined, now: Date) {
  if (signals === undefined) {
    return null;
  }
  const { epss, kev, exploit } = signals;
  const { reach, path, criticality, blast, controls } = toResourceFacts(row.facts);
  const { score } = scoreOf({
    rating: row.rating,
    epss,
    kev,
    environment: row.environment,
    exploit,
    reach,
    path,
    criticality,
    blast,
    cwes: row.cwes,
    controls: controlsFor(controls, row.vulnerability_id, now),
  });
  const level = exploitLevelOf({ kev, exploit });
  if (score === row.score) {
    return null;
  }
  const { type, severity, content } = row;
  const hash = stateHash({
    type,
    id: row.vulnerability_id,
    severity,
    kevDueDate: kev?.dueDate ?? null,
    score,
    content,
  });
  return { id: row.id, score, content_hash: hash, exploit: level };
}

function rescoreEvent(row: ScoredRow | undefined, score: number | null): readonly NewFindingEvent[] {
  if (row === undefined || row.status === 'CLOSED') {
    return [];
  }
  const { id, status, severity, team_status: team } = row;
  return [
    {
      finding: { id },
      kind: 'refresh',
      cause: 're-score',
      actor: 'harrier',
      detail: `Changed: score ${row.score ?? 'none'} to ${score ?? 'none'}.`,
      before: { status, severity, score: row.score, team },
    },
  ];
}

const AFTER = `
select id, epss_probability as probability, epss_percentile as percentile, epss_date as date, kev, exploit
from vulnerability where id > $1::text order by id limit $2::int`;

const SAVE = `
update vulnerability v set epss_probability = r.probability, epss_percentile = r.percentile, epss_date = r.date,
  kev = nullif(r.kev, 'null'::jsonb), exploit = nullif(r.exploit, 'null'::jsonb), updated_at = $2::timestamptz
from jsonb_to_recordset($1::jsonb)
  as r(id text, probability float8, percentile float8, date text, kev jsonb, exploit jsonb)
where v.id = r.id`;

const FINDINGS_OF = `
select f.id::text as id, f.id::float8 as number, f.vulnerability_id, f.type, f.status, f.team_status, f.severity, f.score,
  f.environment, encode(uuid_send(f.content), 'hex') as content, c.rating, v.cwes, r.facts
from finding f
join finding_content c on c.hash = f.content
join vulnerability v on v.id = f.vulnerability_id
join resource r on r.id = f.resource_id and not r.sample
where f.vulnerability_id = any($1::text[]) and f.id > $2::bigint and f.status <> 'CLOSED'
order by f.id limit $3::int`;

const SCORE = `
update finding f set score = r.score, exploit = r.exploit, content_hash = r.content_hash, updated_at = $2::timestamptz,
  version = f.version + 1
from jsonb_to_recordset($1::jsonb) as r(id bigint, score float8, exploit text, content_hash uuid)
where f.id = r.id`;

const RESOURCES_WITH = `
select distinct r.key from finding f join resource r on r.id = f.resource_id and not r.sample
where f.vulnerability_id = any($1::text[]) and f.status <> 'CLOSED' order by r.key`;
