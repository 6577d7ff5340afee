import type { VisibleScope } from '../../core/model/scope.ts';
import type { FixFirstChange } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { packageResources } from './finding-groups/package-resources.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const CHANGES_SHOWN = 6;
/** A package whose findings turn out to name no version makes room for the next. */
const CANDIDATES = 2 * CHANGES_SHOWN;

interface ChangeRow {
  readonly package_name: string;
  readonly ecosystem: string;
  readonly fixed_version: string;
  readonly kev: boolean;
  readonly findings: number;
  readonly resources: number;
  readonly accounts: number;
  readonly score: number;
}

/**
 * The upgrades that remove most risk: open findings with a fix, by package, from kept counts. The fixed version shown is that
 * of the finding with the highest score. Versions are not compared as text here; what one upgrade needs to end all of its
 * findings is worked out by the remediation plan.
 */
export async function fixFirst(sql: Sql, visible: VisibleScope, openScore: number): Promise<readonly FixFirstChange[]> {
  const values = parameters();
  const conditions = (alias: string) =>
    all([`${alias}.status = 'ACTIVE'`, `${alias}.fixable`, ...scopeConditions(visible, values, alias)]);
  const kept = visible.accounts === null ? 'package_total' : 'package_count';
  const rows = await sql.query<ChangeRow>(
    `with asked as (
       select max(id) as id, name, ecosystem, sum(findings)::int as findings, sum(kev) > 0 as kev,
         (sum(tenths) / 10.0)::float8 as score
       from (
         select p.id, p.name, p.ecosystem, b.findings, b.kev, b.tenths from (
           select c.package_id, sum(c.n) as findings, coalesce(sum(c.n) filter (where c.kev), 0) as kev,
             sum(c.score_tenths) as tenths
           from ${kept} c where ${conditions('c')} group by 1
         ) as b join finding_package p on p.id = b.package_id
         union all
         select null, d.package_name, d.package_ecosystem, sum(d.n), coalesce(sum(d.n) filter (where d.kev), 0),
           sum(d.score_tenths)
         from finding_delta d where d.package_name <> '' and ${conditions('d')} group by 2, 3
       ) as parts
       group by name, ecosystem having sum(findings) > 0
       order by score desc, kev desc, name, ecosystem limit ${CANDIDATES}
     ), held as (${packageResources('fixable', visible, [], values)})
     select a.name as package_name, a.ecosystem, worst.fixed_version, a.kev, a.findings, coalesce(h.resources, 0) as resources,
       coalesce(h.accounts, 0) as accounts, a.score
     from asked a
     cross join lateral (
       select f.fixed_version from finding f
       where ${all([
         'f.package_name = a.name',
         'f.package_ecosystem = a.ecosystem',
         "f.status = 'ACTIVE'",
         "f.fix_available <> 'no'",
         'f.fixed_version is not null',
         ...scopeConditions(visible, values, 'f'),
       ])}
       order by f.score_order desc limit 1
     ) as worst
     left join held h on h.package_id = a.id
     order by a.score desc, a.kev desc, a.name, a.ecosystem
     limit ${CHANGES_SHOWN}`,
    values.values,
  );
  return rows.map((row) => ({
    title: `Upgrade ${row.package_name}`,
    packageName: row.package_name,
    ecosystem: row.ecosystem,
    fixedVersion: row.fixed_version,
    kev: row.kev,
    findings: row.findings,
    resources: row.resources,
    accounts: row.accounts,
    riskShare: openScore > 0 ? Math.min(1, row.score / openScore) : 0,
  }));
}
