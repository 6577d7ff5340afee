import type { ExposedPath, ExposedPort, ExposureSource, ExposureView } from '../../core/model/exposure-view.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { resourceScope, scopeConditions } from './scope-conditions.ts';

const PORTS_SHOWN = 200;
export const PATHS_SHOWN = 200;

const SUFFIX: Readonly<Record<ExposureSource, string>> = { internet: '%-INTERNET', neighbour: '%-NEIGHBOUR' };

function openConditions(visible: VisibleScope, values: Parameters): string[] {
  return ["f.type = 'NETWORK_REACHABILITY'", "f.status = 'ACTIVE'", ...scopeConditions(visible, values, 'f')];
}

/** Open ports of a scope, those on most instances first, with the worst that is behind each. */
export async function exposure(sql: Sql, visible: VisibleScope, from: ExposureSource): Promise<ExposureView> {
  const [ports, totals] = await Promise.all([openPorts(sql, visible, from), totalsOf(sql, visible, from)]);
  return { ...totals, ports };
}

async function openPorts(sql: Sql, visible: VisibleScope, from: ExposureSource): Promise<readonly ExposedPort[]> {
  const values = parameters();
  const conditions = [
    ...openConditions(visible, values),
    `f.vulnerability_id like ${values.add(SUFFIX[from], 'text')}`,
  ];
  return sql.query<ExposedPort>(
    `with open as (
       select f.vulnerability_id as id, f.resource_id, f.account_id, f.opened_at, f.content, f.severity, f.severity_order
       from finding f where ${all(conditions)}
     ), ports as (
       select id, count(distinct resource_id)::int as instances, count(distinct account_id)::int as accounts,
         min(opened_at) as since, min(content::text)::uuid as content, (array_agg(severity order by severity_order))[1] as severity
       from open group by id order by instances desc, id limit ${PORTS_SHOWN}
     ), behind as (
       select o.id, p.vulnerability_id, max(p.score) as score, min(p.severity_order) as severity_order,
         (array_agg(p.severity order by p.severity_order))[1] as severity,
         count(distinct p.resource_id)::int as instances
       from (select distinct id, resource_id from open) o
       join finding p on p.resource_id = o.resource_id and p.type = 'PACKAGE_VULNERABILITY' and p.status = 'ACTIVE'
       group by o.id, p.vulnerability_id
     ), worst as (
       select distinct on (id) id, jsonb_build_object('vulnerabilityId', vulnerability_id, 'severity', severity, 'score', score,
         'instances', instances) as worst
       from behind order by id, score desc nulls last, severity_order, vulnerability_id
     )
     select p.id, (c.network->>'begin')::int as begin, (c.network->>'end')::int as end, c.network->>'protocol' as protocol,
       c.network->'services' as services, p.severity, p.instances, p.accounts, p.since, w.worst
     from ports p join finding_content c on c.hash = p.content left join worst w on w.id = p.id
     order by p.instances desc, begin, p.id`,
    values.values,
  );
}

async function totalsOf(sql: Sql, visible: VisibleScope, from: ExposureSource): Promise<Omit<ExposureView, 'ports'>> {
  const values = parameters();
  const open = [...openConditions(visible, values), `f.vulnerability_id like ${values.add(SUFFIX[from], 'text')}`];
  const there = resourceScope(visible, values);
  const [row] = await sql.query<Omit<ExposureView, 'ports'>>(
    `select count(*)::int as instances, count(c.resource_id)::int as looked,
       count(*) filter (where c.outcome <> 'complete')::int as partial,
       count(distinct r.account_id) filter (where c.resource_id is not null)::int as accounts,
       (select count(distinct f.resource_id)::int from finding f where ${all(open)}) as reached
     from resource r left join coverage c on c.resource_id = r.id and c.scan_type = 'network'
     where r.kind = 'ec2' and ${all(there)}`,
    values.values,
  );
  return row ?? { instances: 0, looked: 0, partial: 0, reached: 0, accounts: 0 };
}

/** Paths to one open port, those behind which most is at risk first. */
export async function exposedPaths(sql: Sql, visible: VisibleScope, port: string): Promise<readonly ExposedPath[]> {
  const values = parameters();
  const conditions = [...openConditions(visible, values), `f.vulnerability_id = ${values.add(port, 'text')}`];
  return sql.query<ExposedPath>(
    `select encode(uuid_send(f.key), 'hex') as id, f.severity, f.score, r.key as "resourceId", r.name as "resourceName",
       f.account_id as "accountId", a.name as "accountName", f.region, f.opened_at as "openedAt", c.network
     from finding f join resource r on r.id = f.resource_id join account a on a.id = f.account_id
     join finding_content c on c.hash = f.content
     where ${all(conditions)} order by f.score_order desc, r.name, f.id limit ${PATHS_SHOWN}`,
    values.values,
  );
}
