import type { VisibleScope } from '../../core/model/scope.ts';
import type { PackageType, ResourceScan } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const DAYS = 14;
const SCANS_SHOWN = 300;

/** The scans of a resource in the last fourteen days, the newest first. Empty where the reader may not see it. */
export function resourceScans(
  sql: Sql,
  visible: VisibleScope,
  key: string,
  now: Date,
): Promise<readonly ResourceScan[]> {
  const values = parameters();
  const subject = all([...scopeConditions(visible, values, 'r'), `r.key = ${values.add(key, 'text')}`]);
  const since = values.add(new Date(now.getTime() - DAYS * 86_400_000), 'timestamptz');
  return sql.query<ResourceScan>(
    `select s.id::text as id, s.scan_type as "scanType", s.outcome, s.reason, s.started_at as "startedAt",
       s.ended_at as "endedAt", s.packages, s.findings, j.number::text as "jobNumber"
     from resource r join scan s on s.resource_id = r.id left join job j on j.id = s.job_id
     where ${subject} and s.ended_at >= ${since}
     order by s.ended_at desc, s.id desc limit ${SCANS_SHOWN}`,
    values.values,
  );
}

/** How many packages of each ecosystem a resource has, the most first. */
export function packageTypes(sql: Sql, visible: VisibleScope, key: string): Promise<readonly PackageType[]> {
  const values = parameters();
  const subject = all([...scopeConditions(visible, values, 'r'), `r.key = ${values.add(key, 'text')}`]);
  return sql.query<PackageType>(
    `select p.ecosystem, count(*)::int as packages
     from resource r join inventory_package l on l.inventory_id = r.inventory_id join package p on p.id = l.package_id
     where ${subject} group by 1 order by 2 desc, 1`,
    values.values,
  );
}
