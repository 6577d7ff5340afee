import type { RuleInForce } from '../../core/model/suppression.ts';
import { appendEvents, type NewFindingEvent } from '../finding-events.ts';
import { inChunks } from '../in-chunks.ts';
import { all, type Parameters, parameters } from '../queries/parameters.ts';
import { type ResolvedTerm, resolveQuery } from '../queries/query-conditions.ts';
import { KEEP_ORDERS, type Sql } from '../sql.ts';
import { GRAVE, ruleConditions } from './rule-conditions.ts';
import { rulesInForce } from './rule-rows.ts';

const CHUNK = 5_000;
/** Whoever judges findings holds it shared, whoever changes rules alone: no finding is written by rules of before. */
const RULES_LOCK = 7_316_405;

/** Findings by row number or by key. */
export type FindingsToJudge = { readonly ids: readonly string[] } | { readonly keys: readonly string[] };

/**
 * To be called before the first finding of a transaction is written, so that rules do not change until it ends. Later would
 * do for the result, and could wait in a circle with somebody who applies a rule.
 */
export async function holdRules(sql: Sql): Promise<void> {
  await sql.query('select pg_advisory_xact_lock_shared($1::bigint) is null as held', [RULES_LOCK]);
}

export async function lockRules(sql: Sql): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1::bigint) is null as held', [RULES_LOCK]);
}

/**
 * Brings findings up to the rules in force: each names the first rule that hides it, or none. To be called in the transaction
 * that wrote them, after their own events. Returns how many changed; judging again changes none.
 */
export async function applyRulesTo(sql: Sql, findings: FindingsToJudge, now: Date): Promise<number> {
  const total = 'ids' in findings ? findings.ids.length : findings.keys.length;
  if (total === 0) {
    return 0;
  }
  await holdRules(sql);
  const rules = await rulesInForce(sql);
  // Without a rule only what an ended one still hides could change, and its own application gives that back.
  return rules.length === 0 ? 0 : judge(sql, rules, findings, now);
}

/** The same for findings that other transactions may write meanwhile, rules or none. */
export async function judgeLocked(sql: Sql, ids: readonly string[], now: Date): Promise<number> {
  await holdRules(sql);
  const rules = await rulesInForce(sql);
  let changed = 0;
  for (const chunk of inChunks(ids, CHUNK)) {
    await sql.query('select id from finding where id = any($1::bigint[]) order by id for update', [chunk]);
    changed += await judge(sql, rules, { ids: chunk }, now);
  }
  return changed;
}

interface Judged {
  readonly id: string;
  readonly rule: string | null;
  readonly rule_before: string | null;
  readonly status: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED';
  readonly status_before: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED';
  readonly severity: string;
  readonly score: number | null;
  readonly team: string;
}

async function judge(sql: Sql, rules: readonly RuleInForce[], findings: FindingsToJudge, now: Date): Promise<number> {
  const [column, type, wanted] = 'ids' in findings ? ['id', 'bigint', findings.ids] : ['key', 'uuid', findings.keys];
  const resolved = await Promise.all(rules.map((rule) => resolveRule(sql, rule)));
  let total = 0;
  for (const chunk of inChunks(wanted, CHUNK)) {
    const values = parameters();
    const given = `f.${column} = any(${values.add(chunk, `${type}[]`)})`;
    const rows = await sql.query<Judged>(judgeStatement(resolved, given, values, now), values.values);
    await appendEvents(sql, rows.flatMap(eventsOf), now);
    await noteMatches(sql, rows, now);
    total += rows.length;
  }
  return total;
}

/** A rule with the names that its query stands for at this moment. */
export interface ResolvedRule extends RuleInForce {
  readonly terms: readonly ResolvedTerm[];
}

export async function resolveRule(sql: Sql, rule: RuleInForce): Promise<ResolvedRule> {
  return { ...rule, terms: await resolveQuery(sql, rule.query) };
}

/** Rules by their order: the first that holds is the one. */
function judgeStatement(rules: readonly ResolvedRule[], given: string, values: Parameters, now: Date): string {
  const cases = rules.map((rule) => `when ${hides(rule, values, now)} then ${values.add(rule.id, 'bigint')}`);
  const first = cases.length === 0 ? 'null::bigint' : `case ${cases.join('\n')} end`;
  return `
    with judged as materialized (
      select f.id, f.suppressed_by as rule_before, f.status as status_before,
        case when f.closed_at is not null then null::bigint else (${first}) end as rule
      from finding f where ${given}
    ), changed as (
      update finding f set suppressed_by = j.rule, updated_at = ${values.add(now, 'timestamptz')}, version = f.version + 1,
        ${KEEP_ORDERS}, status = case
          when f.closed_at is not null then 'CLOSED'
          when j.rule is not null or f.team_status in ('accepted', 'false-positive') then 'SUPPRESSED'
          else 'ACTIVE' end
      from judged j
      where f.id = j.id and f.suppressed_by is distinct from j.rule
      returning f.id, j.rule, j.rule_before, j.status_before, f.status, f.severity, f.score, f.team_status
    )
    select id::text as id, rule::text as rule, rule_before::text as rule_before, status, status_before, severity, score,
      team_status as team
    from changed order by changed.id`;
}

/** The findings that a rule hides as soon as it is in force, apart from those that are closed. */
export function hides(rule: ResolvedRule, values: Parameters, now: Date): string {
  return all([...(rule.twoPeople ? [] : [`not ${GRAVE}`]), ...ruleConditions(rule, values, now)]);
}

/** A step in the finding's life only where it vanishes or comes back: another rule for the same is none. */
function eventsOf(row: Judged): readonly NewFindingEvent[] {
  if (row.status === row.status_before) {
    return [];
  }
  const { id, severity, score, team, rule, rule_before } = row;
  const isHidden = row.status === 'SUPPRESSED';
  return [
    {
      finding: { id },
      kind: isHidden ? 'suppress' : 'unsuppress',
      cause: 'rule',
      actor: `rule:${(isHidden ? rule : rule_before) ?? ''}`,
      detail: '',
      before: { status: row.status_before, severity, score, team },
      after: { status: row.status, severity, score, team },
    },
  ];
}

/** Once an hour is enough, and a row that another transaction is at needs no second note. */
async function noteMatches(sql: Sql, rows: readonly Judged[], now: Date): Promise<void> {
  const matched = [...new Set(rows.flatMap(({ rule }) => rule ?? []))];
  if (matched.length > 0) {
    await sql.query(NOTE_MATCHES, [matched, now]);
  }
}

const NOTE_MATCHES = `
update suppression_rule set last_matched_at = $2::timestamptz where id in (
  select id from suppression_rule
  where id = any($1::bigint[]) and (last_matched_at is null or last_matched_at < $2::timestamptz - interval '1 hour')
  for update skip locked)`;
