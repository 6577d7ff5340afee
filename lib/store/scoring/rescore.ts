import { stateHash } from '../../core/findings/content-hash.ts';
import type { EpssScore, ExploitReference, KevEntry } from '../../core/model/advisory.ts';
import type { BaseRating, FindingStatus } from '../../core/model/finding.ts';
import { controlsFor, toResourceFacts } from '../../core/model/resource-facts.ts';
import { componentReach } from '../../core/risk/component-reach.ts';
import { exploitLevelOf } from '../../core/risk/exploitation-term.ts';
import { LISTENER_BEGINNINGS, type NamedPackage } from '../../core/risk/listeners.ts';
import { scoreOf } from '../../core/risk/score.ts';
import type { ScoringTerms } from '../../core/risk/scoring-terms.ts';
import { appendEvents, type NewFindingEvent } from '../finding-events.ts';
import { inChunks } from '../in-chunks.ts';
import type { Sql } from '../sql.ts';
import { applyRulesTo } from '../suppression/judge-findings.ts';
import { toJson } from '../to-json.ts';

/** Findings that are read and scored at once. */
export const SCORE_CHUNK = 5_000;

/** A finding as far as its score goes. */
export interface ScoredRow {
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
  /** Ecosystems and names of its packages, where it matters which they are. */
  readonly ecosystems: readonly unknown[] | null;
  readonly names: readonly unknown[] | null;
  readonly epss_probability: number | null;
  readonly epss_percentile: number | null;
  readonly epss_date: string | null;
  readonly kev: KevEntry | null;
  readonly published_exploit: ExploitReference | null;
}

// Whose packages they are can matter only where the ports of the resource are known, and the first may be of a server.
const MAY_LISTEN = `jsonb_typeof(r.facts->'ports') = 'array'
  and left(f.package_name, 3) in (${LISTENER_BEGINNINGS.map((one) => `'${one}'`).join(', ')})`;
const PARTS = (member: string): string =>
  `case when ${MAY_LISTEN} then jsonb_path_query_array(c.packages, '$[*].${member}') end`;

/** Columns and joins of a `ScoredRow`, of `finding f`. */
export const SCORED_COLUMNS = `
  f.id::text as id, f.id::float8 as number, f.vulnerability_id, f.type, f.status, f.team_status, f.severity, f.score,
  f.environment, encode(uuid_send(f.content), 'hex') as content, c.rating, v.cwes, r.facts,
  ${PARTS('ecosystem')} as ecosystems, ${PARTS('name')} as names, v.epss_probability,
  v.epss_percentile, v.epss_date, v.kev, v.exploit as published_exploit`;
export const SCORED_JOINS = `
join finding_content c on c.hash = f.content
join vulnerability v on v.id = f.vulnerability_id
join resource r on r.id = f.resource_id`;

/** EPSS of the columns that hold it; null where there is none. */
export function toEpss(probability: number | null, percentile: number | null, date: string | null): EpssScore | null {
  return probability === null || percentile === null || date === null ? null : { probability, percentile, date };
}

/** The score that a finding has by some points today. */
export function scoreOfRow(row: ScoredRow, terms: ScoringTerms, now: Date): number | null {
  const facts = toResourceFacts(row.facts);
  const { reach, path, criticality, blast, controls } = facts;
  const { score } = scoreOf(
    {
      rating: row.rating,
      epss: toEpss(row.epss_probability, row.epss_percentile, row.epss_date),
      kev: row.kev,
      isOpenPort: row.type === 'NETWORK_REACHABILITY',
      environment: row.environment,
      exploit: row.published_exploit,
      reach,
      path,
      component: componentReach(facts, packagesOf(row)),
      criticality,
      blast,
      cwes: row.cwes,
      controls: controlsFor(controls, row.vulnerability_id, now),
    },
    terms,
  );
  return score;
}

/** A package without one of both cannot be told apart, so that none is. */
function packagesOf({ ecosystems, names }: ScoredRow): readonly NamedPackage[] {
  if (ecosystems === null || names === null || ecosystems.length !== names.length) return [];
  return names.map((name, at) => ({ ecosystem: String(ecosystems[at]), name: String(name) }));
}

/**
 * Scores the open findings of what `where` names, in pages by their number: it reads `$1`, and what it joins is in
 * `SCORED_JOINS`. Those whose score moves are written, with a step in their history. Returns how many they were.
 */
export async function rescore(
  sql: Sql,
  { where, ids, terms }: { readonly where: string; readonly ids: readonly string[]; readonly terms: ScoringTerms },
  now: Date,
): Promise<number> {
  const page = `select ${SCORED_COLUMNS} from finding f ${SCORED_JOINS}
    where ${where} and f.id > $2::bigint and f.status <> 'CLOSED' order by f.id limit $3::int`;
  let moved = 0;
  for (let after = 0; ; ) {
    const rows: readonly ScoredRow[] = await sql.query<ScoredRow>(page, [ids, after, SCORE_CHUNK]);
    moved += await writeScores(sql, rows, terms, now);
    const last = rows.at(-1);
    if (last === undefined || rows.length < SCORE_CHUNK) {
      return moved;
    }
    after = last.number;
  }
}

async function writeScores(sql: Sql, rows: readonly ScoredRow[], terms: ScoringTerms, now: Date): Promise<number> {
  const changed = rows.flatMap((row) => {
    const score = scoreOfRow(row, terms, now);
    return score === row.score ? [] : [{ row, score }];
  });
  for (const chunk of inChunks(changed, SCORE_CHUNK)) {
    await sql.query(SCORE, [toJson(chunk.map(toColumns)), now]);
  }
  await appendEvents(sql, changed.flatMap(toEvent), now);
  // Rules may ask for a score or for exploits.
  await applyRulesTo(sql, { ids: changed.map(({ row }) => row.id) }, now);
  return changed.length;
}

interface Moved {
  readonly row: ScoredRow;
  readonly score: number | null;
}

function toColumns({ row, score }: Moved) {
  const { id, type, severity, content, kev, published_exploit: exploit, vulnerability_id } = row;
  const hash = stateHash({ type, id: vulnerability_id, severity, kevDueDate: kev?.dueDate ?? null, score, content });
  return { id, score, content_hash: hash, exploit: exploitLevelOf({ kev, exploit }) };
}

function toEvent({ row, score }: Moved): readonly NewFindingEvent[] {
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

const SCORE = `
update finding f set score = r.score, exploit = r.exploit, content_hash = r.content_hash, updated_at = $2::timestamptz,
  version = f.version + 1
from jsonb_to_recordset($1::jsonb) as r(id bigint, score float8, exploit text, content_hash uuid)
where f.id = r.id`;
