import { hasTwoPeople, storedRuleQuery } from '../../core/findings/suppression.ts';
import type { RuleFigures, SuppressionRule } from '../../core/model/suppression.ts';
import { all, parameters } from '../queries/parameters.ts';
import { resolveQuery } from '../queries/query-conditions.ts';
import { toSeverityCounts } from '../queries/severity-counts.ts';
import type { Sql } from '../sql.ts';
import { ruleConditions } from './rule-conditions.ts';
import { openIn, severityOf } from './rule-effect.ts';

/** Counting what a rule spares stops here. */
const SPARED_MAX = 1_000;

interface HiddenRow {
  readonly rule: string;
  readonly severity_order: number;
  readonly kev: boolean;
  readonly n: number;
  readonly since: number;
}

/** What rules do now, in the accounts that the reader may see. */
export async function ruleFigures(
  sql: Sql,
  rules: readonly SuppressionRule[],
  accounts: readonly string[] | null,
  now: Date,
): Promise<ReadonlyMap<string, RuleFigures>> {
  const rows = await sql.query<HiddenRow>(HIDDEN, [rules.map(({ id }) => id), accounts]);
  const hidden = Map.groupBy(rows, ({ rule }) => rule);
  const figures = new Map<string, RuleFigures>();
  for (const rule of rules) {
    figures.set(rule.id, await figuresOf(sql, rule, within(rule.accounts, accounts), hidden.get(rule.id) ?? [], now));
  }
  return figures;
}

function within(ofRule: readonly string[] | null, accounts: readonly string[] | null): readonly string[] | null {
  if (ofRule === null || accounts === null) {
    return ofRule ?? accounts;
  }
  return ofRule.filter((account) => accounts.includes(account));
}

async function figuresOf(
  sql: Sql,
  rule: SuppressionRule,
  accounts: readonly string[] | null,
  rows: readonly HiddenRow[],
  now: Date,
): Promise<RuleFigures> {
  const sum = (some: readonly HiddenRow[]) => some.reduce((total, { n }) => total + n, 0);
  const hidden = sum(rows);
  const knownExploited = sum(rows.filter(({ kev }) => kev));
  return {
    hidden,
    hiddenSince: rows.reduce((total, { since }) => total + since, 0),
    severities: toSeverityCounts(rows.map(({ severity_order, n }) => ({ severity: severityOf(severity_order), n }))),
    knownExploited,
    matches: hidden > 0 || (rule.inForce && (await matchesAny(sql, rule, accounts, now))),
    newlyExploitedIds: knownExploited === 0 ? [] : await newlyExploited(sql, rule, accounts),
    spared: rule.inForce && !hasTwoPeople(rule.approvals) ? await spared(sql, rule, accounts, now) : 0,
    open: await openIn(sql, accounts),
  };
}

const HIDDEN = `
select f.suppressed_by::text as rule, f.severity_order::int as severity_order, f.kev, count(*)::int as n,
  (count(*) filter (where f.first_seen_at > r.created_at))::int as since
from finding f join suppression_rule r on r.id = f.suppressed_by
where f.suppressed_by = any($1::bigint[]) and ($2::text[] is null or f.account_id = any($2::text[]))
group by 1, 2, 3`;

async function matchesAny(
  sql: Sql,
  rule: SuppressionRule,
  accounts: readonly string[] | null,
  now: Date,
): Promise<boolean> {
  const query = storedRuleQuery(rule.query);
  if (query === null) {
    return false;
  }
  const values = parameters();
  const conditions = all([
    "f.status in ('ACTIVE', 'SUPPRESSED')",
    ...ruleConditions({ terms: await resolveQuery(sql, query), accounts }, values, now),
  ]);
  const [row] = await sql.query<{ found: boolean }>(
    `select exists (select from finding f where ${conditions}) as found`,
    values.values,
  );
  return row?.found ?? false;
}

/** Hidden, known to be exploited since the rule was approved, and not among what its approvers knew of. */
async function newlyExploited(
  sql: Sql,
  rule: SuppressionRule,
  accounts: readonly string[] | null,
): Promise<readonly string[]> {
  const approvedAt = rule.approvals.at(-1)?.at ?? rule.createdAt;
  const rows = await sql.query<{ id: string }>(NEWLY_EXPLOITED, [
    rule.id,
    accounts,
    rule.knownExploited,
    approvedAt.toISOString().slice(0, 10),
  ]);
  return rows.map(({ id }) => id);
}

const NEWLY_EXPLOITED = `
select v.id from vulnerability v
where v.id in (
    select f.vulnerability_id from finding f
    where f.suppressed_by = $1::bigint and f.kev and ($2::text[] is null or f.account_id = any($2::text[])))
  and not (v.id = any($3::text[])) and v.kev ->> 'dateAdded' >= $4::text
order by v.id limit 500`;

/** Matched and kept in sight, because one person alone cannot hide it. */
async function spared(sql: Sql, rule: SuppressionRule, accounts: readonly string[] | null, now: Date): Promise<number> {
  const query = storedRuleQuery(rule.query);
  if (query === null) {
    return 0;
  }
  const values = parameters();
  const conditions = all(ruleConditions({ terms: await resolveQuery(sql, query), accounts }, values, now));
  // Both kinds are found by an index of their own.
  const found = (kind: string): string =>
    `(select f.id from finding f where f.status = 'ACTIVE' and f.suppressed_by is null and ${kind} and ${conditions} limit ${SPARED_MAX})`;
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (${found('f.kev')} union ${found('f.severity_order = 5')}) as spared`,
    values.values,
  );
  return row?.n ?? 0;
}
