import type { OpenPath, ResourceExposure } from '../../core/model/exposure-view.ts';
import { toResourceFacts } from '../../core/model/resource-facts.ts';
import type { Sql } from '../sql.ts';

const PATHS_SHOWN = 20;

/** Open paths to a resource, those from the internet first, the gravest before the others. `$2` is a finding that is left out. */
const OPEN_PATHS = `
select encode(uuid_send(f.key), 'hex') as id, c.title, f.severity, c.network
from finding f join finding_content c on c.hash = f.content
where f.resource_id = $1::bigint and f.type = 'NETWORK_REACHABILITY' and f.status <> 'CLOSED' and f.id is distinct from $2::bigint
order by (c.network->>'category' <> 'internet'), f.severity_order, f.id limit ${PATHS_SHOWN}`;

/** Other open paths to the resource of a finding. Who may see a finding may see the others of its resource. */
export async function pathsBeside(sql: Sql, findingRow: string): Promise<readonly OpenPath[]> {
  const [row] = await sql.query<{ resource: string }>(
    'select resource_id::text as resource from finding where id = $1::bigint',
    [findingRow],
  );
  return row === undefined ? [] : sql.query<OpenPath>(OPEN_PATHS, [row.resource, findingRow]);
}

/** What the last look at the network said of a resource that its reader may see; null where nobody looked. */
export async function resourceExposure(sql: Sql, key: string): Promise<ResourceExposure | null> {
  const [row] = await sql.query<{ id: string; at: Date; reason: string | null; facts: unknown }>(
    `select r.id::text as id, c.ended_at as at, c.reason, r.facts
     from resource r join coverage c on c.resource_id = r.id and c.scan_type = 'network' where r.key = $1::text`,
    [key],
  );
  if (row === undefined) return null;
  const paths = await sql.query<OpenPath>(OPEN_PATHS, [row.id, null]);
  return { at: row.at, reason: row.reason, reach: toResourceFacts(row.facts).reach, paths };
}
