import { storedRuleQuery } from '../../core/findings/suppression.ts';
import { parameters } from '../queries/parameters.ts';
import type { Sql } from '../sql.ts';
import { hides, resolveRule } from './judge-findings.ts';

interface Rule {
  readonly query: string;
  readonly accounts: readonly string[] | null;
  readonly two: boolean;
  readonly in_force: boolean;
}

/**
 * Findings that do not stand as the rule says, at most so many: what it should hide and neither it nor an earlier rule does,
 * and what it hides and should not. Judging them once leaves none.
 */
export async function misjudged(sql: Sql, ruleId: string, limit: number, now: Date): Promise<readonly string[]> {
  const [rule] = await sql.query<Rule>(
    'select query, accounts, two_people as two, in_force from suppression_rule where id = $1::bigint',
    [ruleId],
  );
  const query = rule === undefined ? null : storedRuleQuery(rule.query);
  const values = parameters();
  const id = values.add(ruleId, 'bigint');
  const most = values.add(limit, 'int');
  if (rule === undefined || query === null || !rule.in_force) {
    return idsOf(sql, `select f.id from finding f where f.suppressed_by = ${id} limit ${most}`, values.values);
  }
  const resolved = await resolveRule(sql, { id: ruleId, query, accounts: rule.accounts, twoPeople: rule.two });
  const condition = hides(resolved, values, now);
  const statement = `
    (select f.id from finding f
     where f.status in ('ACTIVE', 'SUPPRESSED') and (f.suppressed_by is null or f.suppressed_by > ${id}) and ${condition}
     limit ${most})
    union all
    (select f.id from finding f where f.suppressed_by = ${id} and (f.status = 'CLOSED' or (${condition}) is not true) limit ${most})`;
  return (await idsOf(sql, statement, values.values)).slice(0, limit);
}

async function idsOf(sql: Sql, statement: string, values: readonly unknown[]): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(`select id::text as id from (${statement}) as found`, values);
  return rows.map(({ id }) => id);
}
