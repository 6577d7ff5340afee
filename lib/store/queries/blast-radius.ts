import type { VisibleScope } from '../../core/model/scope.ts';
import type {
  AffectedAccount,
  AffectedDay,
  AffectedPackageVersion,
  BlastRadius,
  VulnerabilityEvent,
  VulnerabilityFacts,
} from '../../core/model/vulnerability-view.ts';
import type { Sql } from '../sql.ts';
import { all, type Parameters, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const DAYS = 42;
const ACCOUNTS_SHOWN = 12;
const PACKAGES_SHOWN = 60;
const EVENTS_SHOWN = 60;
/** Of the newest of so many findings the last steps are told; of more they would only be noise. */
const FINDINGS_TOLD = 1_000;

/** By its id or by another name of it; null where no finding has ever named it. */
export async function vulnerabilityFacts(sql: Sql, name: string): Promise<VulnerabilityFacts | null> {
  const [row] = await sql.query<VulnerabilityFacts>(
    `select id, aliases, title, description, severity, severity_source as "severitySource", cvss,
       epss_probability as epss, epss_percentile as "epssPercentile", epss_date as "epssDate", kev, exploit, cwes,
       reference_urls as "references", published_at as "publishedAt"
     from vulnerability where id = any($1::text[]) or aliases && $1::text[] order by id = any($1::text[]) desc, id limit 1`,
    [[...new Set([name, name.toUpperCase()])]],
  );
  return row ?? null;
}

/** Where the vulnerability is and was, in what the reader may see. */
export async function blastRadius(sql: Sql, visible: VisibleScope, id: string, now: Date): Promise<BlastRadius> {
  const [totals, byAccount, packages, days] = await Promise.all([
    totalsOf(sql, visible, id, now),
    accountsOf(sql, visible, id),
    packagesOf(sql, visible, id),
    daysOf(sql, visible, id, now),
  ]);
  return { ...totals, byAccount, packages, days };
}

function own(visible: VisibleScope, id: string, values: Parameters): string[] {
  return [`f.vulnerability_id = ${values.add(id, 'text')}`, ...scopeConditions(visible, values, 'f')];
}

const REACH = `count(*) filter (where f.reach = 'internet')::int as internet,
  count(*) filter (where f.reach = 'peer')::int as peer,
  count(*) filter (where f.reach = 'isolated')::int as isolated,
  count(*) filter (where f.reach is null)::int as unknown`;

type Totals = Omit<BlastRadius, 'byAccount' | 'packages' | 'days'>;

async function totalsOf(sql: Sql, visible: VisibleScope, id: string, now: Date): Promise<Totals> {
  const values = parameters();
  const at = values.add(now, 'timestamptz');
  const [row] = await sql.query<Omit<Totals, 'reach'> & BlastRadius['reach']>(
    `select count(*)::int as open, ${REACH},
       count(*) filter (where f.reach = 'internet' and lower(f.environment) in ('prod', 'production'))::int
         as "internetAndProduction",
       count(*) filter (where f.due_order < ${at} and f.paused_since is null)::int as "pastDue",
       count(distinct f.region)::int as regions, count(distinct f.account_id)::int as accounts,
       min(f.score) as "scoreMin", max(f.score) as "scoreMax",
       (select count(*)::int from finding f where ${all([...own(visible, id, values), "f.status = 'SUPPRESSED'"])}) as hidden,
       (select count(*)::int from finding f where ${all([...own(visible, id, values), "f.status = 'CLOSED'"])}) as fixed,
       (select min(f.first_seen_at) from finding f where ${all(own(visible, id, values))}) as "firstSeenAt"
     from finding f where ${all([...own(visible, id, values), "f.status = 'ACTIVE'"])}`,
    values.values,
  );
  if (row === undefined) {
    throw new Error('a count gives a row');
  }
  const { internet, peer, isolated, unknown, ...rest } = row;
  return { ...rest, reach: { internet, peer, isolated, unknown } };
}

function accountsOf(sql: Sql, visible: VisibleScope, id: string): Promise<readonly AffectedAccount[]> {
  const values = parameters();
  const open = all([...own(visible, id, values), "f.status = 'ACTIVE'"]);
  return sql.query<AffectedAccount>(
    `select a.id, a.name, g.total, g.internet, g.peer, g.isolated, g.unknown, u.name as "ownerName", g.team
     from (
       select f.account_id, count(*)::int as total, ${REACH}, mode() within group (order by f.owner) as owner,
         mode() within group (order by f.team) as team
       from finding f where ${open} group by f.account_id
       order by count(*) filter (where f.reach = 'internet') desc, count(*) desc, f.account_id limit ${ACCOUNTS_SHOWN}
     ) as g
     join account a on a.id = g.account_id left join app_user u on u.id = g.owner
     order by g.internet desc, g.total desc, a.id`,
    values.values,
  );
}

function packagesOf(sql: Sql, visible: VisibleScope, id: string): Promise<readonly AffectedPackageVersion[]> {
  const values = parameters();
  const open = all([...own(visible, id, values), "f.status = 'ACTIVE'", "f.package_name <> ''"]);
  return sql.query<AffectedPackageVersion>(
    `select f.package_name as name, f.package_ecosystem as ecosystem, f.package_version as version,
       f.fixed_version as "fixedVersion", count(*)::int as open
     from finding f where ${open} group by 1, 2, 3, 4 order by open desc, 1, 3 limit ${PACKAGES_SHOWN}`,
    values.values,
  );
}

/** Open at the end of each day, from when each finding was first seen and closed. A time in between in which it was fixed is not told. */
function daysOf(sql: Sql, visible: VisibleScope, id: string, now: Date): Promise<readonly AffectedDay[]> {
  const values = parameters();
  const today = values.add(now.toISOString().slice(0, 10), 'date');
  const seen = all(own(visible, id, values));
  return sql.query<AffectedDay>(
    `select to_char(d.day, 'YYYY-MM-DD') as day, count(s.first_seen_at)::int as open
     from generate_series(${today} - ${DAYS - 1}, ${today}, interval '1 day') as d(day)
     left join (select f.first_seen_at, f.closed_at, f.status from finding f where ${seen}) as s
       on s.first_seen_at < d.day + interval '1 day' and (s.closed_at is null or s.closed_at >= d.day + interval '1 day')
     group by d.day order by d.day`,
    values.values,
  );
}

/** The newest steps in the lives of its findings. */
export function vulnerabilityEvents(
  sql: Sql,
  visible: VisibleScope,
  id: string,
): Promise<readonly VulnerabilityEvent[]> {
  const values = parameters();
  const seen = all(own(visible, id, values));
  return sql.query<VulnerabilityEvent>(
    `select e.at, e.kind, e.detail, encode(uuid_send(f.key), 'hex') as "findingId", r.name as "resourceName"
     from (
       select f.id, f.key, f.resource_id from finding f where ${seen} order by f.updated_at desc limit ${FINDINGS_TOLD}
     ) as f
     join finding_event e on e.finding_id = f.id join resource r on r.id = f.resource_id
     order by e.at desc, e.id desc limit ${EVENTS_SHOWN}`,
    values.values,
  );
}
