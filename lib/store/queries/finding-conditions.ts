import type { FindingCriteria } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { toStorable } from '../to-json.ts';
import { containing, type Parameters } from './parameters.ts';

/** Words beyond this many are ignored: nobody types more, and each costs a look at every candidate. */
const WORDS_MAX = 8;

/** Names that a person typed, looked up once, so that the list compares numbers and keys only. */
export interface ResolvedNames {
  /** Row number; null when not asked for, "-1" when there is no such resource. */
  readonly resourceId: string | null;
  readonly vulnerabilityIds: readonly string[] | null;
}

export async function resolveNames(sql: Sql, criteria: FindingCriteria): Promise<ResolvedNames> {
  const [resource, vulnerabilities] = await Promise.all([
    criteria.resource === null ? null : resourceNumber(sql, criteria.resource),
    criteria.vulnerability === null ? null : vulnerabilityIds(sql, criteria.vulnerability),
  ]);
  return { resourceId: resource, vulnerabilityIds: vulnerabilities };
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
    ...criteria.words
      .slice(0, WORDS_MAX)
      .map((word) => `f.search like ${values.add(containing(word.toLowerCase()), 'text')}`),
  ];
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
  }
  if (criteria.firstSeenAfter !== null) {
    conditions.push(`f.first_seen_at >= ${values.add(criteria.firstSeenAfter, 'timestamptz')}`);
  }
  return conditions;
}
