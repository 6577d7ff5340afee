import type { ExploitReference, KevEntry } from '../../core/model/advisory.ts';
import type { BaseRating } from '../../core/model/finding.ts';
import { controlsFor, toResourceFacts } from '../../core/model/resource-facts.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { FindingDetail } from '../../core/model/views.ts';
import { componentReach } from '../../core/risk/component-reach.ts';
import { scoreOf } from '../../core/risk/score.ts';
import { loadTerms } from '../scoring/load-terms.ts';
import { toEpss } from '../scoring/rescore.ts';
import type { Sql } from '../sql.ts';
import { FINDING_ROW_COLUMNS, FINDING_ROW_JOINS } from './finding-rows.ts';
import { openFixesBeside } from './open-fixes.ts';
import { pathsBeside } from './open-paths.ts';
import { all, parameters } from './parameters.ts';
import { scopeConditions } from './scope-conditions.ts';

const EVENTS_SHOWN = 200;

const KEY = /^[0-9a-f]{32}$/;

type DetailRow = Omit<
  FindingDetail,
  'events' | 'sameVulnerability' | 'kevDateAdded' | 'kevDueDate' | 'scoreBreakdown' | 'paths' | 'openFixes'
> & {
  readonly row_id: string;
  readonly rating: BaseRating;
  readonly published_exploit: ExploitReference | null;
  readonly facts: unknown;
  readonly kev_entry: KevEntry | null;
};

export async function findingDetail(
  sql: Sql,
  visible: VisibleScope,
  key: string,
  now = new Date(),
): Promise<FindingDetail | null> {
  if (!KEY.test(key)) {
    return null;
  }
  const values = parameters();
  const conditions = [`f.key = ${values.add(key, 'uuid')}`, ...scopeConditions(visible, values, 'f')];
  const [found] = await sql.query<DetailRow>(
    `select ${FINDING_ROW_COLUMNS}, f.id::text as row_id, v.description, v.aliases,
       p.packages as "vulnerablePackages", p.rating, p.network, r.facts, v.exploit as published_exploit,
       v.epss_percentile as "epssPercentile", v.epss_date as "epssDate", v.kev as kev_entry,
       v.severity_source as "severitySource", v.cvss, v.cwes, v.reference_urls as references,
       v.published_at as "publishedAt", f.closed_at as "closedAt"
     from finding f ${FINDING_ROW_JOINS} where ${all(conditions)}`,
    values.values,
  );
  if (found === undefined) {
    return null;
  }
  const { row_id, kev_entry, rating, published_exploit: exploit, facts, ...detail } = found;
  const known = toResourceFacts(facts);
  const { reach, path, criticality, blast, controls } = known;
  const [events, paths, sameVulnerability, terms, openFixes] = await Promise.all([
    eventsOf(sql, row_id),
    pathsBeside(sql, row_id),
    countOthers(sql, visible, row_id, detail.vulnerabilityId),
    loadTerms(sql),
    openFixesBeside(
      sql,
      row_id,
      detail.vulnerablePackages.map(({ purl }) => purl),
    ),
  ]);
  return {
    ...detail,
    scoreBreakdown: scoreOf(
      {
        rating,
        epss: toEpss(detail.epss, detail.epssPercentile, detail.epssDate),
        kev: kev_entry,
        isOpenPort: detail.network !== null,
        environment: detail.environment,
        exploit,
        reach,
        path,
        component: componentReach(known, detail.vulnerablePackages),
        criticality,
        blast,
        cwes: detail.cwes,
        controls: controlsFor(controls, detail.vulnerabilityId, now),
      },
      terms,
    ),
    widestReach: reach,
    kevDateAdded: kev_entry?.dateAdded ?? null,
    kevDueDate: kev_entry?.dueDate ?? null,
    openFixes,
    sameVulnerability,
    events,
    paths,
  };
}

/** The newest steps of its life, in the order in which they happened. */
async function eventsOf(sql: Sql, rowId: string): Promise<FindingDetail['events']> {
  const newestFirst = await sql.query<FindingDetail['events'][number]>(
    `select at, kind, detail from finding_event where finding_id = $1::bigint order by at desc, id desc limit ${EVENTS_SHOWN}`,
    [rowId],
  );
  return newestFirst.toReversed();
}

async function countOthers(sql: Sql, visible: VisibleScope, rowId: string, vulnerabilityId: string): Promise<number> {
  const values = parameters();
  const conditions = [
    `f.vulnerability_id = ${values.add(vulnerabilityId, 'text')}`,
    "f.status = 'ACTIVE'",
    `f.id <> ${values.add(rowId, 'bigint')}`,
    ...scopeConditions(visible, values, 'f'),
  ];
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from finding f where ${all(conditions)}`,
    values.values,
  );
  return row?.n ?? 0;
}
