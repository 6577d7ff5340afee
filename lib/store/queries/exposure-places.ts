import type { ExposureRow, ExposureSource, NetworkPlace, ReadGroup } from '../../core/model/exposure-view.ts';
import type { VisibleScope } from '../../core/model/scope.ts';
import type { Sql } from '../sql.ts';
import { SOURCE_SUFFIX } from './exposure.ts';
import { all, parameters } from './parameters.ts';
import { accountConditions, scopeConditions } from './scope-conditions.ts';

const GROUPS_SHOWN = 2_000;

/** Accounts and regions whose network was read, of those that the reader may see. */
export function networkPlaces(sql: Sql, visible: VisibleScope): Promise<readonly NetworkPlace[]> {
  const values = parameters();
  const conditions = accountConditions(visible, values, 'n');
  return sql.query<NetworkPlace>(
    `select n.account_id as "accountId", a.name as "accountName", n.region, n.read_at as "readAt"
     from network n join account a on a.id = n.account_id where ${all(conditions)}
     order by a.name, n.account_id, n.region`,
    values.values,
  );
}

/** Security groups of an account in a region, by name. */
export function groupsAt(sql: Sql, accountId: string, region: string): Promise<readonly ReadGroup[]> {
  return sql.query<ReadGroup>(
    `select g->>'GroupId' as id, coalesce(g->>'GroupName', '') as name
     from network n, jsonb_array_elements(n.lists->'SecurityGroups') g
     where n.account_id = $1::text and n.region = $2::text and jsonb_typeof(n.lists->'SecurityGroups') = 'array'
       and g->>'GroupId' is not null
     order by name, id limit ${GROUPS_SHOWN}`,
    [accountId, region],
  );
}

/** Open paths after one, each with a number to go on from. */
export function exposureRows(
  sql: Sql,
  visible: VisibleScope,
  from: ExposureSource,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly ExposureRow[]> {
  const values = parameters();
  const conditions = [
    "f.type = 'NETWORK_REACHABILITY'",
    "f.status <> 'CLOSED'",
    `f.vulnerability_id like ${values.add(SOURCE_SUFFIX[from], 'text')}`,
    `f.id > ${values.add(after, 'bigint')}`,
    ...scopeConditions(visible, values, 'f'),
  ];
  return sql.query<ExposureRow>(
    `select f.id::float8 as number, encode(uuid_send(f.key), 'hex') as id, f.severity, f.score, f.status,
       f.team_status as "teamStatus", r.key as "resourceId", r.name as "resourceName", f.account_id as "accountId",
       a.name as "accountName", f.region, f.environment, f.opened_at as "openedAt", c.network
     from finding f join resource r on r.id = f.resource_id join account a on a.id = f.account_id
     join finding_content c on c.hash = f.content
     where ${all(conditions)} order by f.id limit ${values.add(limit, 'int')}`,
    values.values,
  );
}
