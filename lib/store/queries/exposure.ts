import type { ExposedPath, ExposedPort, ExposureSource, ExposureView } from '../../core/model/exposure-view.ts';
import type { IntendedMark } from '../../core/model/intended.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import { IN_FORCE } from '../network/intended-exposures.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { resourceScope, scopeConditions } from './scope-conditions.ts';

const PORTS_SHOWN = 200;
const DOUBTS_SHOWN = 5;
/** As many as a page shows at once without a wait; the export has all. */
export const PATHS_SHOWN = 100;

/** How names of exposures from each side end. */
export const SOURCE_SUFFIX: Readonly<Record<ExposureSource, string>> = {
  internet: '%-INTERNET',
  neighbour: '%-NEIGHBOUR',
};

/** What can be reached is so whatever a team decided about it. */
function openConditions(visible: VisibleScope, values: Parameters): string[] {
  return ["f.type = 'NETWORK_REACHABILITY'", "f.status <> 'CLOSED'", ...scopeConditions(visible, values, 'f')];
}

/** Open ports of a scope, those on most instances first, with the worst that is behind each. */
export async function exposure(sql: Sql, visible: VisibleScope, from: ExposureSource): Promise<ExposureView> {
  const [ports, totals, doubts] = await Promise.all([
    openPorts(sql, visible, from),
    totalsOf(sql, visible, from),
    doubtsOf(sql, visible),
  ]);
  return { ...totals, ports, doubts };
}

async function openPorts(sql: Sql, visible: VisibleScope, from: ExposureSource): Promise<readonly ExposedPort[]> {
  const values = parameters();
  const conditions = [
    ...openConditions(visible, values),
    `f.vulnerability_id like ${values.add(SOURCE_SUFFIX[from], 'text')}`,
  ];
  return sql.query<ExposedPort>(
    `with open as materialized (
       select f.vulnerability_id as id, f.resource_id, f.account_id, f.opened_at, f.content, f.severity, f.severity_order
       from finding f where ${all(conditions)}
     ), ports as (
       select id, count(distinct resource_id)::int as instances, count(distinct account_id)::int as accounts,
         min(opened_at) as since, min(content::text)::uuid as content, (array_agg(severity order by severity_order))[1] as severity
       from open group by id order by instances desc, id limit ${PORTS_SHOWN}
     ), behind as materialized (
       select distinct o.id, o.resource_id from open o where o.id = any(array(select id from ports))
     ), worst_of_resource as materialized (
       select distinct on (p.resource_id) p.resource_id, p.vulnerability_id, p.score, p.severity, p.severity_order
       from finding p
       where p.resource_id = any(array(select distinct resource_id from behind))
         and p.type = 'PACKAGE_VULNERABILITY' and p.status = 'ACTIVE'
       order by p.resource_id, p.score desc nulls last, p.severity_order, p.vulnerability_id
     ), worst as materialized (
       select distinct on (b.id) b.id, w.vulnerability_id, w.severity, w.score
       from behind b join worst_of_resource w on w.resource_id = b.resource_id
       order by b.id, w.score desc nulls last, w.severity_order, w.vulnerability_id
     ), carriers as materialized (
       select distinct p.vulnerability_id, p.resource_id from finding p
       where p.vulnerability_id in (select vulnerability_id from worst) and p.status = 'ACTIVE'
     ), carried as (
       select w.id, count(*)::int as instances from worst w
       join carriers c on c.vulnerability_id = w.vulnerability_id
       join behind b on b.id = w.id and b.resource_id = c.resource_id
       group by w.id
     )
     select p.id, (c.network->>'begin')::int as begin, (c.network->>'end')::int as end, c.network->>'protocol' as protocol,
       c.network->'services' as services, p.severity, p.instances, p.accounts, p.since,
       case when w.id is not null then jsonb_build_object('vulnerabilityId', w.vulnerability_id, 'severity', w.severity,
         'score', w.score, 'instances', n.instances) end as worst
     from ports p join finding_content c on c.hash = p.content
     left join worst w on w.id = p.id left join carried n on n.id = p.id
     order by p.instances desc, begin, p.id`,
    values.values,
  );
}

type Totals = Omit<ExposureView, 'ports' | 'doubts'>;

async function totalsOf(sql: Sql, visible: VisibleScope, from: ExposureSource): Promise<Totals> {
  const values = parameters();
  const open = [
    ...openConditions(visible, values),
    `f.vulnerability_id like ${values.add(SOURCE_SUFFIX[from], 'text')}`,
  ];
  const there = resourceScope(visible, values);
  const [row] = await sql.query<Totals>(
    `with open as (
       select f.resource_id, bool_and(coalesce(i.mark->>'state' = 'intended', false)) as intended,
         bool_or(i.mark->>'state' <> 'intended') as lapsed
       from finding f left join lateral (${MARK}) as i on true
       where ${all(open)} group by f.resource_id
     )
     select count(*)::int as instances, count(c.resource_id)::int as looked,
       count(*) filter (where c.outcome <> 'complete')::int as partial,
       count(distinct r.account_id) filter (where c.resource_id is not null)::int as accounts,
       (select count(*)::int from open) as reached, (select count(*)::int from open where intended) as "intendedOnly",
       (select count(*)::int from open where lapsed) as lapsed
     from resource r left join coverage c on c.resource_id = r.id and c.scan_type = 'network'
     where r.kind = 'ec2' and ${all(there)}`,
    values.values,
  );
  return row ?? { instances: 0, looked: 0, partial: 0, reached: 0, intendedOnly: 0, lapsed: 0, accounts: 0 };
}

/** Reasons for which a look did not tell everything of instances, of most instances first. */
async function doubtsOf(sql: Sql, visible: VisibleScope): Promise<ExposureView['doubts']> {
  const values = parameters();
  return sql.query<ExposureView['doubts'][number]>(
    `select c.reason, count(*)::int as instances
     from resource r join coverage c on c.resource_id = r.id and c.scan_type = 'network'
     where r.kind = 'ec2' and c.reason is not null and ${all(resourceScope(visible, values))}
     group by c.reason order by instances desc, c.reason limit ${DOUBTS_SHOWN}`,
    values.values,
  );
}

/** Paths to one open port, those behind which most is at risk first. */
export async function exposedPaths(sql: Sql, visible: VisibleScope, port: string): Promise<readonly ExposedPath[]> {
  const values = parameters();
  const conditions = [...openConditions(visible, values), `f.vulnerability_id = ${values.add(port, 'text')}`];
  const rows = await sql.query<PathRow>(
    `select encode(uuid_send(f.key), 'hex') as id, f.severity, f.score, r.key as "resourceId", r.name as "resourceName",
       f.account_id as "accountId", a.name as "accountName", f.region, f.opened_at as "openedAt", c.network,
       f.version, f.status, f.team_status as "teamStatus", f.accepted_until as "acceptedUntil", ${MARK_COLUMNS}
     from finding f join resource r on r.id = f.resource_id join account a on a.id = f.account_id
     join finding_content c on c.hash = f.content left join lateral (${MARK}) as i on true
     where ${all(conditions)} order by f.score_order desc, r.name, f.id limit ${PATHS_SHOWN}`,
    values.values,
  );
  return rows.map(({ mark, markedAt, until, widenedAt, ...path }) => ({
    ...path,
    intended: mark === null || markedAt === null || until === null ? null : { ...mark, markedAt, until, widenedAt },
  }));
}

/** Times do not go through JSON. */
interface PathRow extends Omit<ExposedPath, 'intended'>, Pick<Times, 'widenedAt'> {
  readonly mark: Omit<IntendedMark, keyof Times> | null;
  readonly markedAt: Date | null;
  readonly until: Date | null;
}
type Times = Pick<IntendedMark, 'markedAt' | 'until' | 'widenedAt'>;

const MARK_COLUMNS = `i.marked_at as "markedAt", i.until, i.widened_at as "widenedAt", i.mark`;

/** What is said of `finding f`: what is in force, else how the last that was came to its end while the path stayed open. */
const MARK = `
select i.marked_at, i.until, i.widened_at, jsonb_build_object(
  'state', case when ${IN_FORCE} then 'intended' when i.widened_at is not null then 'widened' else 'ended' end,
  'owner', coalesce(o.name, i.owner), 'ownerId', i.owner, 'markedBy', coalesce(m.name, i.marked_by),
  'reason', i.reason, 'widened', i.widened) as mark
from intended_exposure i left join app_user o on o.id = i.owner left join app_user m on m.id = i.marked_by
where i.finding_id = f.id and (${IN_FORCE} or (coalesce(i.ended_at, i.widened_at) is not null and f.status = 'ACTIVE'))
order by i.marked_at desc limit 1`;
