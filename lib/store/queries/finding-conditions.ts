import type { FindingCriteria } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { toStorable } from '../to-json.ts';
import { containing, type Parameters } from './parameters.ts';
import { queryConditions, type ResolvedTerm, resolveQuery } from './query-conditions.ts';

/** Words beyond this many are ignored: nobody types more, and each costs a look at every candidate. */
const WORDS_MAX = 8;

/** Names that a person typed, looked up once, so that the list compares numbers and keys only. */
export interface ResolvedNames {
  /** Row number; null when not asked for, "-1" when there is no such resource. */
  readonly resourceId: string | null;
  readonly vulnerabilityIds: readonly string[] | null;
  readonly words: readonly ResolvedWord[];
  readonly query?: readonly ResolvedTerm[];
}

/** What a bare word names. Each list is null where so many names hold the word that they are better not carried about. */
export interface ResolvedWord {
  readonly text: string;
  readonly vulnerabilities: readonly string[] | null;
  readonly resources: readonly string[] | null;
  readonly packages: readonly string[] | null;
}

/** A word that more names hold than this is common: rows are then looked at one by one, and soon enough of them match. */
const NAMES_MAX = 5_000;

export async function resolveNames(sql: Sql, criteria: FindingCriteria): Promise<ResolvedNames> {
  const [resource, vulnerabilities, words, query] = await Promise.all([
    criteria.resource === null ? null : resourceNumber(sql, criteria.resource),
    criteria.vulnerability === null ? null : vulnerabilityIds(sql, criteria.vulnerability),
    Promise.all(criteria.words.slice(0, WORDS_MAX).map((word) => resolveWord(sql, word.toLowerCase()))),
    resolveQuery(sql, criteria.query ?? { terms: [] }),
  ]);
  return { resourceId: resource, vulnerabilityIds: vulnerabilities, words, query };
}

const WITH_WORD = {
  vulnerabilities: "select id as name from vulnerability where lower(id || ' ' || title) like $1::text",
  aliases: 'select id as name from vulnerability where aliases && array[upper($1::text), $1::text]',
  resources: 'select id::text as name from resource where search like $1::text',
  packages: 'select distinct name from package where lower(name) like $1::text',
} as const;

/** Looks the word up in the small tables, so that the large one is never searched for letters. */
async function resolveWord(sql: Sql, word: string): Promise<ResolvedWord> {
  const names = async (statement: string, value: string): Promise<readonly string[] | null> => {
    const rows = await sql.query<{ name: string }>(`${statement} limit ${NAMES_MAX + 1}`, [toStorable(value)]);
    return rows.length > NAMES_MAX ? null : rows.map(({ name }) => name);
  };
  const pattern = containing(word);
  const [titled, aliased, resources, packages] = await Promise.all([
    names(WITH_WORD.vulnerabilities, pattern),
    names(WITH_WORD.aliases, word),
    names(WITH_WORD.resources, pattern),
    names(WITH_WORD.packages, pattern),
  ]);
  const vulnerabilities = titled === null ? null : [...new Set([...titled, ...(aliased ?? [])])];
  return { text: word, vulnerabilities, resources, packages };
}

async function resourceNumber(sql: Sql, key: string): Promise<string> {
  const [row] = await sql.query<{ id: string }>('select id::text as id from resource where key = $1::text', [
    toStorable(key),
  ]);
  return row?.id ?? '-1';
}

/** Any name of the flaw finds it: the id itself or an alias, whatever the case of its letters. */
async function vulnerabilityIds(sql: Sql, name: string): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    'select id from vulnerability where id = any($1::text[]) or aliases && $1::text[]',
    [[...new Set([name, name.toUpperCase(), name.toLowerCase()].map(toStorable))]],
  );
  return rows.map((row) => row.id);
}

/** Everything that the criteria ask for except status and severity, which choose the index range. */
export function findingConditions(
  criteria: FindingCriteria,
  names: ResolvedNames,
  values: Parameters,
  now: Date,
): string[] {
  return [
    ...listConditions(criteria, values),
    ...nameConditions(criteria, names, values),
    ...factConditions(criteria, values, now),
    ...names.words.map((word) => wordCondition(word, values)),
    ...queryConditions(names.query ?? [], values, now),
  ];
}

function wordCondition({ text, vulnerabilities, resources, packages }: ResolvedWord, values: Parameters): string {
  const pattern = () => values.add(containing(text), 'text');
  const among = (column: string, type: string, list: readonly string[]): string =>
    `f.${column} = any(${values.add(list, `${type}[]`)})`;
  const parts = [
    vulnerabilities === null
      ? `(select lower(v.id || ' ' || v.title) like ${pattern()} from vulnerability v where v.id = f.vulnerability_id)`
      : among('vulnerability_id', 'text', vulnerabilities),
    resources === null
      ? `(select r.search like ${pattern()} from resource r where r.id = f.resource_id)`
      : among('resource_id', 'bigint', resources),
    packages === null ? `lower(f.package_name) like ${pattern()}` : among('package_name', 'text', packages),
  ];
  return `(${parts.join(' or ')})`;
}

function listConditions({ kinds, types }: FindingCriteria, values: Parameters): string[] {
  const conditions: string[] = [];
  if (kinds.length > 0) {
    conditions.push(`f.kind = any(${values.add(kinds, 'text[]')})`);
  }
  if (types.length > 0) {
    conditions.push(`f.type = any(${values.add(types, 'text[]')})`);
  }
  return conditions;
}

function nameConditions(criteria: FindingCriteria, names: ResolvedNames, values: Parameters): string[] {
  const conditions: string[] = [];
  if (names.resourceId !== null) {
    conditions.push(`f.resource_id = ${values.add(names.resourceId, 'bigint')}`);
  }
  if (names.vulnerabilityIds !== null) {
    conditions.push(`f.vulnerability_id = any(${values.add(names.vulnerabilityIds, 'text[]')})`);
  }
  if (criteria.package !== null) {
    conditions.push(`f.package_name = ${values.add(criteria.package, 'text')}`);
  }
  return conditions;
}

function factConditions(criteria: FindingCriteria, values: Parameters, now: Date): string[] {
  const conditions: string[] = [];
  if (criteria.minimumScore !== null) {
    conditions.push(`f.score_order >= ${values.add(criteria.minimumScore, 'float8')}`);
  }
  if (criteria.exploited !== null) {
    conditions.push(criteria.exploited ? 'f.kev' : 'not f.kev');
  }
  if (criteria.fixAvailable !== null) {
    conditions.push(`f.fix_available ${criteria.fixAvailable ? '<>' : '='} 'no'`);
  }
  if (criteria.overdue !== null) {
    conditions.push(`f.due_order ${criteria.overdue ? '<' : '>='} ${values.add(now, 'timestamptz')}`);
    if (criteria.overdue) {
      // A clock that stands still is not late.
      conditions.push('f.paused_since is null');
    }
  }
  if (criteria.firstSeenAfter !== null) {
    conditions.push(`f.first_seen_at >= ${values.add(criteria.firstSeenAfter, 'timestamptz')}`);
  }
  return conditions;
}
