import type { ScoringPreview } from '../../core/model/scoring-preview.ts';
import type { ScoringProgress, ScoringStore } from '../../core/ports/scoring-store.ts';
import type { ScoringTerms } from '../../core/risk/scoring-terms.ts';
import { NEXT_RESOURCES } from '../duty/apply-duty.ts';
import type { Sql } from '../sql.ts';
import { holdRules } from '../suppression/judge-findings.ts';
import { holdTerms, loadTerms, saveTerms } from './load-terms.ts';
import { rescore, SCORE_CHUNK, SCORED_COLUMNS, SCORED_JOINS, type ScoredRow, scoreOfRow } from './rescore.ts';

/** Resources of one step; with some hundred findings each that is a transaction of a few seconds at most. */
const STEP = 500;

/** Findings that a preview looks at; a person waits for it. */
const PREVIEW_MAX = 100_000;

const BANDS = [9, 7, 4, 0] as const;

/** The points of the risk score, and the scores of stored findings. */
export function createScoringStore(sql: Sql): ScoringStore<ScoringTerms> {
  return {
    terms: () => loadTerms(sql),
    hold: () => holdTerms(sql),
    save: (terms, userId, now) => saveTerms(sql, terms, userId, now),
    preview: (terms, now) => preview(sql, terms, now),
    applyNext: (after, now) => applyNext(sql, after, now),
  };
}

async function applyNext(sql: Sql, after: string, now: Date): Promise<ScoringProgress> {
  await holdRules(sql);
  const rows = await sql.query<{ id: string }>(NEXT_RESOURCES, [after, STEP]);
  const ids = rows.map(({ id }) => id);
  const terms = await holdTerms(sql);
  const scored = await rescore(sql, { where: 'f.resource_id = any($1::bigint[])', ids, terms }, now);
  return { after: ids.at(-1) ?? after, resources: ids.length, scored, ended: ids.length < STEP };
}

async function preview(sql: Sql, terms: ScoringTerms, now: Date): Promise<ScoringPreview> {
  const [row] = await sql.query<{ open: number }>(OPEN);
  const open = row?.open ?? 0;
  const every = Math.max(1, Math.ceil(open / PREVIEW_MAX));
  let [looked, raised, lowered] = [0, 0, 0];
  const bands = BANDS.map((from) => ({ from, before: 0, after: 0 }));
  const count = (score: number | null, side: 'before' | 'after') => {
    const band = score === null ? undefined : bands.find(({ from }) => score >= from);
    if (band !== undefined) band[side] += 1;
  };
  for (let after = 0; ; ) {
    const rows: readonly ScoredRow[] = await sql.query<ScoredRow>(EVERY, [every, after, SCORE_CHUNK]);
    for (const one of rows) {
      const score = scoreOfRow(one, terms, now);
      raised += (score ?? 0) > (one.score ?? 0) ? 1 : 0;
      lowered += (score ?? 0) < (one.score ?? 0) ? 1 : 0;
      count(one.score, 'before');
      count(score, 'after');
    }
    looked += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < SCORE_CHUNK) {
      return { open, looked, raised, lowered, bands };
    }
    after = last.number;
  }
}

const OPEN = "select count(*)::int as open from finding where status = 'ACTIVE'";

const EVERY = `select ${SCORED_COLUMNS} from finding f ${SCORED_JOINS}
where f.status = 'ACTIVE' and f.id % $1::bigint = 0 and f.id > $2::bigint order by f.id limit $3::int`;
