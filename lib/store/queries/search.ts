import type { VisibleScope } from '../../core/model/scope.ts';
import type { ConsoleReads } from '../../core/ports/console-reads.ts';
import type { Sql } from '../sql.ts';
import { all, containing, type Parameters, parameters } from './parameters.ts';
import { resourceScope, scopeConditions } from './scope-conditions.ts';

const TEXT_CHARS_MAX = 200;
const LIMIT_MAX = 50;

type Hit = Awaited<ReturnType<ConsoleReads['search']>>[number];

/** What the command palette offers for a text: vulnerabilities, resources and accounts, each with its open findings. */
export async function search(sql: Sql, visible: VisibleScope, text: string, limit: number): Promise<readonly Hit[]> {
  const wanted = text.trim().toLowerCase().slice(0, TEXT_CHARS_MAX);
  if (wanted === '') {
    return [];
  }
  const each = Math.max(1, Math.min(LIMIT_MAX, limit));
  const hits = await Promise.all([
    run(sql, visible, wanted, each, vulnerabilities),
    run(sql, visible, wanted, each, resources),
    run(sql, visible, wanted, each, accounts),
  ]);
  return hits.flat().slice(0, each);
}

function run(
  sql: Sql,
  visible: VisibleScope,
  wanted: string,
  limit: number,
  statement: (visible: VisibleScope, values: Parameters, pattern: string, limit: string) => string,
): Promise<readonly Hit[]> {
  const values = parameters();
  const pattern = values.add(containing(wanted), 'text');
  const bound = values.add(limit, 'int');
  return sql.query<Hit>(statement(visible, values, pattern, bound), values.values);
}

// Only vulnerabilities with a finding that the reader may see are offered: the others say nothing about the estate.
function vulnerabilities(visible: VisibleScope, values: Parameters, pattern: string, limit: string): string {
  const open = all(['f.vulnerability_id = v.id', "f.status = 'ACTIVE'", ...scopeConditions(visible, values, 'f')]);
  return `
    select 'vulnerability' as kind, v.id, v.id as label, n.count from (
      select id from vulnerability where lower(id || ' ' || title) like ${pattern} order by id desc limit 200
    ) as v
    cross join lateral (select count(*)::int as count from finding f where ${open}) as n
    where n.count > 0 order by n.count desc, v.id limit ${limit}`;
}

function resources(visible: VisibleScope, values: Parameters, pattern: string, limit: string): string {
  const seen = all([`r.search like ${pattern}`, ...resourceScope(visible, values)]);
  return `
    select 'resource' as kind, r.key as id, r.name as label, n.count from (
      select id, key, name from resource r where ${seen} order by r.name, r.id limit ${limit}
    ) as r
    cross join lateral (
      select count(*)::int as count from finding f where f.resource_id = r.id and f.status = 'ACTIVE'
    ) as n
    order by r.name, r.id`;
}

function accounts(visible: VisibleScope, values: Parameters, pattern: string, limit: string): string {
  const mine = visible.accounts === null ? 'true' : `a.id = any(${values.add(visible.accounts, 'text[]')})`;
  const counted = all([
    'c.account_id = a.id',
    "c.status = 'ACTIVE'",
    ...scopeConditions({ ...visible, accounts: null }, values, 'c'),
  ]);
  return `
    select 'account' as kind, a.id, a.name as label,
      (select coalesce(sum(c.n), 0)::int from finding_count c where ${counted}) as count
    from account a where ${mine} and (a.id like ${pattern} or lower(a.name) like ${pattern})
    order by a.name, a.id limit ${limit}`;
}
