import { ecosystems } from '../../core/ecosystems/registry.ts';
import type { EcosystemId } from '../../core/model/package.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Severity } from '../../core/model/severity.ts';
import type { ResourcePackagesPage, ResourcePackageView } from '../../core/model/views.ts';
import type { PackageFilter } from '../../core/ports/console-reads.ts';
import { latestVersion } from '../../core/versions/latest-version.ts';
import type { Sql } from '../sql.ts';
import { decodeCursor, encodeCursor, ROW_NUMBER } from './page-cursor.ts';
import { all, containing, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';
import { toSeverityCounts } from './severity-counts.ts';

const LIMIT_MAX = 200;
const ORDER = 'packages';
const NEGATIVE = /^-?\d{1,9}$/;
/** The beginning of a name is enough to sort by, and short enough for an address. */
const NAME_CHARS = 100;
const NAME = /^[\s\S]{0,100}$/;
const PLACE = /^[0-9a-f]{32}$/;

type PackageColumns = Omit<ResourcePackageView, 'fixedVersion' | 'counts'> & {
  readonly severities: readonly Severity[] | null;
  /** Of its findings, each once; '' for those that nothing ends. */
  readonly fixes: readonly string[] | null;
  readonly place: readonly [string, string, string, string, string];
};

/** One page of the packages of a resource, those with the gravest open findings first. */
export async function resourcePackages(
  sql: Sql,
  visible: VisibleScope,
  key: string,
  page: { readonly cursor: string | null; readonly limit: number },
  filter: PackageFilter = { ecosystem: null, withFindings: false, words: [] },
): Promise<ResourcePackagesPage> {
  const limit = Math.max(1, Math.min(LIMIT_MAX, Math.trunc(page.limit)));
  const values = parameters();
  const subject = all([...scopeConditions(visible, values, 'r'), `r.key = ${values.add(key, 'text')}`]);
  const after = decodeCursor(ORDER, [NEGATIVE, NEGATIVE, NAME, ROW_NUMBER, PLACE], page.cursor);
  const types = ['int', 'int', 'text', 'bigint', 'text'];
  const behind =
    after === null
      ? 'true'
      : `${SORT} > (${after.map((value, at) => values.add(value, types[at] ?? 'text')).join(', ')})`;
  const wanted = [
    ...(filter.ecosystem === null ? [] : [`p.ecosystem = ${values.add(filter.ecosystem, 'text')}`]),
    ...(filter.withFindings ? ['e.findings > 0'] : []),
    ...filter.words.map((word) => {
      const pattern = values.add(containing(word.toLowerCase()), 'text');
      return `(lower(p.name) like ${pattern} or lower(l.path) like ${pattern})`;
    }),
  ];
  const found = await sql.query<PackageColumns>(
    `with subject as (select r.id, r.inventory_id from resource r where ${subject}),
     seen as (
       select v.purl, v.path, count(*)::int as findings, max(f.severity_order)::int as worst,
         array_agg(distinct v.fixed) as fixes, bool_or(f.kev) as kev, max(f.score) as score, array_agg(f.severity) as severities,
         (array_agg(f.severity order by f.severity_order desc))[1] as severity
       from subject s join finding f on f.resource_id = s.id and f.status = 'ACTIVE'
       join finding_content t on t.hash = f.content
       cross join lateral jsonb_to_recordset(t.packages) as w(purl text, path text, "fixedVersion" text)
       cross join lateral (select w.purl, w.path, coalesce(w."fixedVersion", '') as fixed) as v
       group by v.purl, v.path
     )
     select p.name, p.version, p.ecosystem, p.purl, l.path, l.layer, l.confidence, coalesce(e.findings, 0) as findings,
       e.severity as worst, e.severities, e.score, e.fixes, coalesce(e.kev, false) as kev,
       array[(-coalesce(e.worst, -1))::text, (-coalesce(e.findings, 0))::text, ${SHORT_NAME}, p.id::text, md5(l.path)] as place
     from subject s join inventory_package l on l.inventory_id = s.inventory_id join package p on p.id = l.package_id
     left join seen e on e.purl = p.purl and e.path = l.path
     where ${all([behind, ...wanted])}
     order by ${SORT} limit ${values.add(limit + 1, 'int')}`,
    values.values,
  );
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    rows: found.slice(0, limit).map(({ place: _place, fixes, severities, ...row }) => ({
      ...row,
      counts: toSeverityCounts((severities ?? []).map((severity) => ({ severity, n: 1 }))),
      fixedVersion: lastFix(row.ecosystem, fixes ?? []),
    })),
    nextCursor: last === undefined ? null : encodeCursor(ORDER, last.place),
  };
}

/** The version that ends all findings: the latest of their fixes, in the order of the ecosystem. Null where one of them has none. */
function lastFix(ecosystem: EcosystemId, fixes: readonly string[]): string | null {
  return fixes.includes('') ? null : latestVersion(ecosystems[ecosystem].versions, fixes);
}

const SHORT_NAME = `left(p.name, ${NAME_CHARS}) collate "C"`;
const SORT = `(-coalesce(e.worst, -1), -coalesce(e.findings, 0), ${SHORT_NAME}, p.id, md5(l.path))`;
