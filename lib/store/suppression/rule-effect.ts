import { beforeExploitation, broadBound } from '../../core/findings/suppression.ts';
import { SEVERITIES, type Severity } from '../../core/model/severity.ts';
import type { RuleEffect } from '../../core/model/suppression.ts';
import type { RuleReach } from '../../core/ports/suppression-store.ts';
import { all, parameters } from '../queries/parameters.ts';
import { resolveQuery } from '../queries/query-conditions.ts';
import { toSeverityCounts } from '../queries/severity-counts.ts';
import type { Sql } from '../sql.ts';
import { ruleConditions } from './rule-conditions.ts';

/** Vulnerabilities that are named; there are fewer known exploited ones than this in most estates. */
const NAMED_MAX = 500;

/** What a rule would do, counted up to where it is too broad anyhow. */
export async function ruleEffect(sql: Sql, reach: RuleReach, ruleId: string | null, now: Date): Promise<RuleEffect> {
  const open = await openIn(sql, reach.accounts);
  const [now_, past] = await Promise.all([
    effectNow(sql, reach, ruleId, broadBound(open), now),
    laterExploited(sql, reach, now),
  ]);
  return { ...now_, ...past, open };
}

/** Findings that are not closed, from the kept counts. */
export async function openIn(sql: Sql, accounts: readonly string[] | null): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select coalesce(sum(n), 0)::float8 as n from finding_count
     where status <> 'CLOSED' and ($1::text[] is null or account_id = any($1::text[]))`,
    [accounts],
  );
  return row?.n ?? 0;
}

interface EffectRow {
  readonly severity_order: number;
  readonly kev: boolean;
  readonly rule: string | null;
  readonly name: string | null;
  readonly n: number;
  readonly ids: readonly string[] | null;
}

type EffectNow = Omit<RuleEffect, 'open' | 'laterExploited' | 'laterExploitedIds'>;

async function effectNow(
  sql: Sql,
  { query, accounts }: RuleReach,
  ruleId: string | null,
  bound: number,
  now: Date,
): Promise<EffectNow> {
  const values = parameters();
  const terms = await resolveQuery(sql, query);
  const conditions = all(["f.status in ('ACTIVE', 'SUPPRESSED')", ...ruleConditions({ terms, accounts }, values, now)]);
  const rows = await sql.query<EffectRow>(
    `select g.*, r.name from (
       select m.severity_order::int as severity_order, m.kev, m.suppressed_by::text as rule, count(*)::int as n,
         array_agg(distinct m.exploited) filter (where m.exploited is not null) as ids
       from (
         select f.severity_order, f.kev, f.suppressed_by, case when f.kev then f.vulnerability_id end as exploited
         from finding f where ${conditions} limit ${values.add(bound + 1, 'int')}
       ) as m group by 1, 2, 3
     ) as g left join suppression_rule r on r.id = g.rule::bigint`,
    values.values,
  );
  const total = sum(rows);
  const others = rows.filter(({ rule }) => rule !== null && rule !== ruleId);
  const overlap = [...Map.groupBy(others, ({ rule }) => rule ?? '')].map(([id, group]) => ({
    ruleId: id,
    name: group[0]?.name ?? '',
    findings: sum(group),
  }));
  const exploited = rows.filter(({ kev }) => kev);
  return {
    severities: toSeverityCounts(rows.map(({ severity_order, n }) => ({ severity: severityOf(severity_order), n }))),
    total,
    knownExploited: sum(exploited),
    knownExploitedIds: [...new Set(exploited.flatMap(({ ids }) => ids ?? []))].sort().slice(0, NAMED_MAX),
    overlap: overlap.sort((a, b) => b.findings - a.findings),
    isCut: total > bound,
  };
}

/** As the generated column has them: 5 is the worst. */
export function severityOf(order: number): Severity {
  return SEVERITIES[5 - order] ?? 'UNTRIAGED';
}

/**
 * Findings, closed ones too, that were there when their vulnerability was not yet known to be exploited, and that the rule
 * would have hidden then.
 */
async function laterExploited(
  sql: Sql,
  { query, accounts }: RuleReach,
  now: Date,
): Promise<Pick<RuleEffect, 'laterExploited' | 'laterExploitedIds'>> {
  const past = beforeExploitation(query);
  if (past === null) {
    return { laterExploited: 0, laterExploitedIds: [] };
  }
  const values = parameters();
  const terms = await resolveQuery(sql, past);
  // Without its word on exploits a query may have no condition left: then it would have hidden everything.
  const conditions = all(ruleConditions({ terms, accounts }, values, now));
  const rows = await sql.query<{ id: string; n: number }>(
    `select v.id, count(*)::int as n
     from vulnerability v join finding f on f.vulnerability_id = v.id
     where v.kev is not null and v.kev ->> 'dateAdded' > to_char(f.first_seen_at at time zone 'UTC', 'YYYY-MM-DD')
       and ${conditions}
     group by v.id order by n desc, v.id`,
    values.values,
  );
  return { laterExploited: sum(rows), laterExploitedIds: rows.slice(0, NAMED_MAX).map(({ id }) => id) };
}

function sum(rows: readonly { readonly n: number }[]): number {
  return rows.reduce((total, { n }) => total + n, 0);
}
