import { asObject } from '../../core/model/raw.ts';
import type { SavedTerms } from '../../core/ports/scoring-store.ts';
import {
  areSameTerms,
  DEFAULT_SCORING_TERMS,
  type ScoringTerms,
  toScoringTerms,
} from '../../core/risk/scoring-terms.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';

const SCORING_SETTING = 'scoring.terms';
const TERMS_LOCK = 7_316_406;

/** The points in force. A stored setting that cannot be read counts as none. */
export async function loadTerms(sql: Sql): Promise<ScoringTerms> {
  const [row] = await sql.query<{ value: unknown }>('select value from setting where name = $1', [SCORING_SETTING]);
  return row === undefined ? DEFAULT_SCORING_TERMS : termsOf(row.value);
}

/** The points in force, which stay so until the surrounding transaction ends: whoever changes them waits, and scores what it wrote. */
export async function holdTerms(sql: Sql): Promise<ScoringTerms> {
  await sql.query('select pg_advisory_xact_lock_shared($1::bigint) is null as held', [TERMS_LOCK]);
  return loadTerms(sql);
}

/** One change at a time, each with a number of its own. */
export async function saveTerms(
  sql: Sql,
  terms: ScoringTerms,
  userId: string,
  now: Date,
): Promise<SavedTerms<ScoringTerms>> {
  await sql.query('select pg_advisory_xact_lock($1::bigint) is null as held', [TERMS_LOCK]);
  const before = await loadTerms(sql);
  const { version: _, ...points } = terms;
  const [row] = await sql.query<{ value: unknown }>(SAVE, [SCORING_SETTING, toJson({ terms: points }), userId, now]);
  return { before, after: termsOf(row?.value) };
}

function termsOf(value: unknown): ScoringTerms {
  const stored = asObject(value);
  const read = toScoringTerms(stored?.terms, `${DEFAULT_SCORING_TERMS.version}.${stored?.change ?? 0}`);
  return 'faults' in read || areSameTerms(read, DEFAULT_SCORING_TERMS) ? DEFAULT_SCORING_TERMS : read;
}

const SAVE = `
insert into setting as s (name, value, updated_by, updated_at)
values ($1, $2::jsonb || '{"change": 1}', $3, $4::timestamptz)
on conflict (name) do update set updated_by = excluded.updated_by, updated_at = excluded.updated_at,
  value = excluded.value || jsonb_build_object('change', coalesce((s.value ->> 'change')::int, 0) + 1)
returning value`;
