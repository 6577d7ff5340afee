import type { ImageFacts } from '../../core/model/image.ts';
import type { ImageView } from '../../core/model/views.ts';
import type { Sql } from '../sql.ts';

/** As the column holds it: times are texts in JSON. */
export type StoredImage = Omit<ImageFacts, 'createdAt'> & { readonly createdAt: string | null };

interface LayerCounts {
  readonly layer: string;
  readonly packages: number;
  readonly findings: number;
}

/** What each layer of a resource's image brought: packages of its inventory, and open findings in them. */
export async function imageView(sql: Sql, resource: string, image: StoredImage | null): Promise<ImageView | null> {
  if (image === null) {
    return null;
  }
  const counts = await sql.query<LayerCounts>(COUNTS, [resource]);
  const byLayer = new Map(counts.map((row) => [row.layer, row]));
  return {
    digest: image.digest,
    platform: image.platform,
    createdAt: image.createdAt === null ? null : new Date(image.createdAt),
    layers: image.layers.map(({ digest, size, instruction }) => ({
      digest,
      bytes: size,
      instruction,
      packages: byLayer.get(digest)?.packages ?? 0,
      findings: byLayer.get(digest)?.findings ?? 0,
    })),
  };
}

const COUNTS = `
with here as (select id, inventory_id from resource where key = $1::text)
select layer, sum(packages)::int as packages, sum(findings)::int as findings
from (
  select l.layer, count(*) as packages, 0 as findings
  from here join inventory_package l on l.inventory_id = here.inventory_id
  where l.layer is not null group by l.layer
  union all
  select p.value ->> 'layer', 0, count(distinct f.id)
  from here join finding f on f.resource_id = here.id and f.status = 'ACTIVE'
  join finding_content t on t.hash = f.content
  cross join lateral jsonb_array_elements(t.packages) as p(value)
  where p.value ->> 'layer' is not null group by 1
) as counted
group by layer`;
