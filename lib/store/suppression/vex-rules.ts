import { createHash } from 'node:crypto';
import { formatQuery } from '../../core/findings/query/format-query.ts';
import type { FindingQuery } from '../../core/model/finding-query.ts';
import type { ResourceId } from '../../core/model/ids.ts';
import type { VexHidden, VexRule } from '../../core/model/suppression.ts';
import type { VexStatement, VexStatus, VexUse } from '../../core/model/vex.ts';
import { fromPurl } from '../../core/parsers/purl.ts';
import { inChunks } from '../in-chunks.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';

const CHUNK = 5_000;

/** A supplier's word about a vulnerability in a product, as a rule of its own. */
function ruleOf({ names, status, justification, purl, author, at }: VexStatement) {
  const said = [names[0] ?? '', status, justification, purl, author, at?.toISOString() ?? null];
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
  return {
    name: `vex-${digest}`,
    query: formatQuery(queryOf(names[0] ?? '', purl)),
    reason:
      justification ?? (status === 'fixed' ? 'The supplier says that it is fixed.' : 'The supplier gives no reason.'),
    owner: author,
    statement: { status, author, at, product: purl },
  };
}

/** What it speaks of in the words of the query language, for people: what it hides was decided package by package. */
function queryOf(vulnerability: string, purl: string): FindingQuery {
  const product = fromPurl(purl);
  const term = { negated: false, values: [{ kind: 'text', text: vulnerability, prefix: false }] } as const;
  const part = { part: 'name', text: product?.name ?? purl, prefix: false, not: false } as const;
  return {
    terms: [
      { kind: 'text', field: 'cve', ...term },
      { kind: 'package', field: 'package', negated: false, values: [{ parts: [part], epoch: null }] },
    ],
  };
}

/** Replaces what statements keep out of resources; one that hides nothing any more is kept and not listed. */
export async function saveVexUses(
  sql: Sql,
  uses: ReadonlyMap<ResourceId, readonly VexUse[]>,
  now: Date,
): Promise<void> {
  const links = [...uses].flatMap(([resource, some]) =>
    some.map(({ vulnerability, purl, statement }) => ({ resource, rule: ruleOf(statement), vulnerability, purl })),
  );
  const rules = new Map(links.map(({ rule }) => [rule.name, rule]));
  const sorted = [...rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const chunk of inChunks(sorted, CHUNK)) {
    await sql.query(ADD_RULES, [toJson(chunk), now]);
  }
  const rows = links.map(({ resource, rule, vulnerability, purl }) => ({
    resource,
    name: rule.name,
    vulnerability,
    purl,
  }));
  await sql.query(REPLACE, [[...uses.keys()], toJson(rows)]);
}

const ADD_RULES = `
insert into suppression_rule (name, query, origin, reason, owner, created_by, created_at, starts_at, state, two_people, in_force,
  applied_at, statement)
select r.name, r.query, 'vex', r.reason, r.owner, 'vex', $2::timestamptz, $2::timestamptz, 'active', true, true,
  $2::timestamptz, r.statement
from jsonb_to_recordset($1::jsonb) as r(name text, query text, reason text, owner text, statement jsonb)
where not exists (select from suppression_rule s where s.origin = 'vex' and lower(s.name) = r.name)
order by r.name
on conflict (lower(name)) where state <> 'ended' or origin = 'vex' do nothing`;

// What stays is not written again.
const REPLACE = `
with subject as (
  select id, key from resource where key = any($1::text[])
), wanted as (
  select distinct subject.id as resource_id, s.id as rule_id, r.vulnerability, r.purl
  from jsonb_to_recordset($2::jsonb) as r(resource text, name text, vulnerability text, purl text)
  join subject on subject.key = r.resource
  join suppression_rule s on s.origin = 'vex' and lower(s.name) = r.name
), gone as (
  delete from vex_hidden h using subject
  where h.resource_id = subject.id and not exists (
    select from wanted w
    where (w.resource_id, w.rule_id, w.vulnerability, w.purl) = (h.resource_id, h.rule_id, h.vulnerability_id, h.purl))
)
insert into vex_hidden (resource_id, rule_id, vulnerability_id, purl)
select resource_id, rule_id, vulnerability, purl from wanted
order by resource_id, rule_id, vulnerability, purl
on conflict do nothing`;

interface VexRow {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly reason: string;
  readonly first_used_at: Date;
  readonly statement: {
    readonly status: VexStatus;
    readonly author: string;
    readonly at: string | null;
    readonly product: string;
  };
  readonly n: number;
}

export async function vexRules(
  sql: Sql,
  accounts: readonly string[] | null,
  limit: number,
): Promise<readonly VexRule[]> {
  const rows = await sql.query<VexRow>(LIST, [accounts, limit]);
  return rows.map(({ id, name, query, reason, first_used_at, statement, n }) => ({
    id,
    name,
    query,
    status: statement.status,
    product: statement.product,
    reason,
    source: statement.author,
    saidAt: statement.at === null ? null : new Date(statement.at),
    firstUsedAt: first_used_at,
    hidden: n,
  }));
}

const LIST = `
select s.id::text as id, s.name, s.query, s.reason, s.created_at as first_used_at, s.statement, h.n
from (
  select h.rule_id, count(*)::int as n from vex_hidden h join resource r on r.id = h.resource_id
  where $1::text[] is null or r.account_id = any($1::text[])
  group by h.rule_id
) as h
join suppression_rule s on s.id = h.rule_id
order by s.id desc limit $2::int`;

export async function vexHidden(
  sql: Sql,
  ruleId: string,
  accounts: readonly string[] | null,
  limit: number,
): Promise<readonly VexHidden[]> {
  return sql.query<VexHidden>(HIDDEN, [/^\d{1,18}$/.test(ruleId) ? ruleId : '0', accounts, limit]);
}

const HIDDEN = `
select r.key as resource, r.name as "resourceName", r.account_id as "accountId", h.vulnerability_id as vulnerability, h.purl
from vex_hidden h join resource r on r.id = h.resource_id
where h.rule_id = $1::bigint and ($2::text[] is null or r.account_id = any($2::text[]))
order by r.name, h.vulnerability_id, h.purl limit $3::int`;
