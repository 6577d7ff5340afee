import type { VisibleScope } from '../../core/model/scope.ts';
import type { FixFirstChange } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const CHANGES_SHOWN = 6;

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
 * The upgrades that remove most risk: open findings with a fix, by package. The fixed version shown is that of the
 * finding with the highest score. Versions are not compared as text here; what one upgrade needs to end all of its
 * findings is worked out by the remediation plan.
 */
export async function fixFirst(sql: Sql, visible: VisibleScope, openScore: number): Promise<readonly FixFirstChange[]> {
  const values = parameters();
  const conditions = [
    "f.status = 'ACTIVE'",
    'f.fixed_version is not null',
    "f.package_name <> ''",
    ...scopeConditions(visible, values, 'f'),
  ];
  const rows = await sql.query<ChangeRow>(
    `select f.package_name, f.package_ecosystem as ecosystem,
       (array_agg(f.fixed_version order by f.score_order desc, f.id))[1] as fixed_version,
       bool_or(f.kev) as kev, count(*)::int as findings, count(distinct f.resource_id)::int as resources,
       count(distinct f.account_id)::int as accounts, coalesce(sum(f.score), 0)::float8 as score
     from finding f where ${all(conditions)}
     group by f.package_name, f.package_ecosystem
     order by score desc, kev desc, f.package_name, f.package_ecosystem
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
