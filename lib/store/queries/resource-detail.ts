import { assuranceGaps } from '../../core/coverage/assurance.ts';
import type { AdvisoryState } from '../../core/model/scan-result.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { ResourceDetail } from '../../core/model/views.ts';
import { fromStoredFacts } from '../cloud/stored-facts.ts';
import type { Sql } from '../sql.ts';
import { assuranceFacts } from './assurance-facts.ts';
import { imageView, type StoredImage } from './image-view.ts';
import { resourceExposure } from './open-paths.ts';
import { parameters } from './parameters.ts';
import { selectResources, withCounts } from './resources-page.ts';
import { scopeConditions } from './scope-conditions.ts';

type StoredState = Omit<AdvisoryState, 'newestRecord' | 'syncedAt'> & {
  readonly newestRecord: string | null;
  readonly syncedAt: string | null;
};

interface DetailColumns {
  readonly tags: ResourceDetail['tags'];
  readonly distro: ResourceDetail['distro'];
  readonly states: readonly StoredState[] | null;
  readonly diagnostics: ResourceDetail['diagnostics'] | null;
  readonly undecidable: number | null;
  readonly image: StoredImage | null;
  readonly cloud: unknown;
  readonly score: number | null;
  readonly past_due: number;
}

/** One resource with its last package scan, or null where the reader may not see it or it does not exist. */
export async function resourceDetail(
  sql: Sql,
  visible: VisibleScope,
  key: string,
  now: Date,
): Promise<(Omit<ResourceDetail, 'assurance'> & { readonly gaps: readonly string[] }) | null> {
  const values = parameters();
  const conditions = [...scopeConditions(visible, values, 'r'), `r.key = ${values.add(key, 'text')}`];
  const found = await selectResources(sql, conditions, values, 1);
  const [row] = await withCounts(sql, found);
  if (row === undefined) {
    return null;
  }
  const [details, facts, exposure] = await Promise.all([
    sql.query<DetailColumns>(
      `select r.tags, coalesce(c.distro, r.distro) as distro, c.advisory_states as states, c.diagnostics, c.undecidable,
         r.image, r.cloud,
         (select max(f.score) from finding f where f.resource_id = r.id and f.status = 'ACTIVE') as score,
         (select count(*)::int from finding f where f.resource_id = r.id and f.status = 'ACTIVE'
            and f.due_order < $2::timestamptz and f.paused_since is null) as past_due
       from resource r left join coverage c on c.resource_id = r.id and c.scan_type = 'package' where r.key = $1`,
      [key, now],
    ),
    assuranceFacts(sql, visible, now, key),
    resourceExposure(sql, key),
  ]);
  const detail = details[0];
  return {
    ...row,
    exposure,
    tags: detail?.tags ?? {},
    distro: detail?.distro ?? null,
    advisoryStates: (detail?.states ?? []).map(toAdvisoryState),
    diagnostics: detail?.diagnostics ?? [],
    undecidable: detail?.undecidable ?? 0,
    score: detail?.score ?? null,
    pastDue: detail?.past_due ?? 0,
    cloud: fromStoredFacts(detail?.cloud),
    image: await imageView(sql, key, detail?.image ?? null),
    gaps: assuranceGaps(facts),
  };
}

function toAdvisoryState(stored: StoredState): AdvisoryState {
  return { ...stored, newestRecord: toDate(stored.newestRecord), syncedAt: toDate(stored.syncedAt) };
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
