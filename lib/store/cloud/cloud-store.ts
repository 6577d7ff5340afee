import type { AwsAccount, AwsConnection, CloudFacts, CollectWay, Place } from '../../core/model/cloud.ts';
import { type ResourceId, resourceId } from '../../core/model/ids.ts';
import type { ResourceKind, ScanType } from '../../core/model/resource.ts';
import type {
  CheckedAction,
  CloudStore,
  ConnectedAccount,
  DueResource,
  StoredConnection,
} from '../../core/ports/cloud-store.ts';
import { inChunks } from '../in-chunks.ts';
import type { Sql } from '../sql.ts';
import { toJson } from '../to-json.ts';
import { fromStoredFacts } from './stored-facts.ts';

const CHUNK = 1_000;

export function createCloudStore(sql: Sql): CloudStore {
  return {
    connections: () => sql.query<StoredConnection>(CONNECTIONS),
    async saveConnection(connection, by, now) {
      await sql.query(SAVE_CONNECTION, [...valuesOf(connection), by, now]);
    },
    async removeConnection(id) {
      return (await sql.query('delete from aws_connection where id = $1::uuid returning 1', [id])).length > 0;
    },
    async noteConnection(id, state, detail, now) {
      await sql.query(NOTE_CONNECTION, [id, state, detail, now]);
    },
    async saveAccounts(connectionId, accounts, now) {
      for (const chunk of inChunks(accounts, CHUNK)) {
        await sql.query(SAVE_ACCOUNTS, [connectionId, toJson(chunk), now]);
      }
      await sql.query(LEAVE_ACCOUNTS, [connectionId, accounts.map(({ id }) => id), now]);
    },
    accountsOf: (connectionId) => sql.query<AwsAccount>(ACCOUNTS_OF, [connectionId]),
    async noteAccount(accountId, state, detail, regions, now) {
      await sql.query(NOTE_ACCOUNT, [accountId, state, detail, regions, now]);
    },
    async fingerprints({ accountId, region, service }) {
      const rows = await sql.query<{ key: string; fingerprint: string | null }>(FINGERPRINTS, [
        accountId,
        region,
        service,
      ]);
      return new Map(rows.map(({ key, fingerprint }) => [resourceId(key), fingerprint ?? '']));
    },
    async saveJudged(resources, now) {
      const rows = resources.map(({ resource, facts, scanType, eligibility, fingerprint }) => ({
        key: resource.id,
        cloud: facts,
        scan_type: scanType,
        fingerprint,
        ...eligibilityRow(eligibility),
      }));
      for (const chunk of inChunks(rows, CHUNK)) await sql.query(SAVE_JUDGED, [toJson(chunk), now]);
    },
    async saveFacts(resources) {
      const rows = resources.map(({ resource, facts }) => ({ key: resource, cloud: facts }));
      for (const chunk of inChunks(rows, CHUNK)) await sql.query(SAVE_FACTS, [toJson(chunk)]);
    },
    async markGone(resources, now) {
      for (const chunk of inChunks(resources, CHUNK)) {
        await sql.query(MARK_GONE, [chunk, now]);
      }
    },
    async confirm({ accountId, region, service }, now) {
      await sql.query(CONFIRM, [accountId, region, service, now]);
    },
    async notePlace(result, now) {
      const { accountId, region, service, state, detail, calls, milliseconds } = result;
      await sql.query(NOTE_PLACE, [accountId, region, service, state, detail, calls, Math.round(milliseconds), now]);
    },
    connectedAccounts: () => sql.query<ConnectedAccount>(CONNECTED_ACCOUNTS),
    regionCounts: () => sql.query<{ region: string; resources: number }>(REGION_COUNTS),
    async saveChecks(places, now) {
      const rows = places.flatMap(({ accountId, region, checks }) =>
        checks.map(({ action, state, detail }) => ({ account_id: accountId, region, action, state, detail })),
      );
      const keys = places.map(({ accountId, region }) => `${accountId} ${region}`);
      await sql.query(FORGET_CHECKS, [keys, rows.map(({ action }) => action)]);
      for (const chunk of inChunks(rows, CHUNK)) await sql.query(SAVE_CHECKS, [toJson(chunk), now]);
    },
    checkedActions: () => sql.query<CheckedAction>(CHECKED_ACTIONS),
    async countDue(now) {
      const [row] = await sql.query<{ due: number }>(COUNT_DUE, [now]);
      return row?.due ?? 0;
    },
    async claimDue(limit, leaseEnds, now) {
      const rows = await sql.query<DueRow>(CLAIM_DUE, [now, leaseEnds, limit]);
      return rows.flatMap(toDue);
    },
    async settle(scans) {
      const rows = scans.map(({ resource, scanType, revision, dueAt, tries }) => ({
        key: resource,
        scan_type: scanType,
        revision,
        due_at: dueAt,
        tries,
      }));
      for (const chunk of inChunks(rows, CHUNK)) await sql.query(SETTLE, [toJson(chunk)]);
    },
    async beginSnapshots(scanId, { account, region }, now) {
      await sql.query(BEGIN_SNAPSHOTS, [scanId, account.id, region, now]);
    },
    async endSnapshots(scanId) {
      await sql.query('delete from snapshot_scan where id = $1::uuid returning 1', [scanId]);
    },
    async leftSnapshots(before) {
      const rows = await sql.query<PlaceRow & { scan_id: string }>(LEFT_SNAPSHOTS, [before]);
      return rows.map((row) => ({ scanId: row.scan_id, place: placeOf(row) }));
    },
  };
}

function valuesOf({
  id,
  name,
  kind,
  roleArns,
  memberRole,
  externalId,
  regions,
  queueArn,
}: AwsConnection): readonly unknown[] {
  return [id, name, kind, roleArns, memberRole, externalId, regions, queueArn];
}

function eligibilityRow(eligibility: Parameters<CloudStore['saveJudged']>[0][number]['eligibility']) {
  return eligibility.state === 'eligible'
    ? {
        state: eligibility.state,
        reason: null,
        detail: null,
        way: eligibility.way,
        revision: eligibility.revision,
        is_immutable: eligibility.isImmutable,
      }
    : {
        state: eligibility.state,
        reason: eligibility.reason,
        detail: eligibility.detail,
        way: null,
        revision: null,
        is_immutable: false,
      };
}

interface PlaceRow {
  readonly account_id: string;
  readonly account_name: string;
  readonly organizational_unit: string;
  readonly role_arn: string | null;
  readonly external_id: string | null;
  readonly region: string;
}

function placeOf(row: PlaceRow): Place {
  return {
    region: row.region,
    account: {
      id: row.account_id,
      name: row.account_name,
      organizationalUnit: row.organizational_unit,
      roleArn: row.role_arn,
      externalId: row.external_id,
      isActive: true,
    },
  };
}

interface DueRow extends PlaceRow {
  readonly key: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly environment: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly cloud: unknown;
  readonly scan_type: ScanType;
  readonly way: CollectWay;
  readonly revision: string | null;
  readonly is_immutable: boolean;
  readonly tries: number;
}

function toDue(row: DueRow): readonly DueResource[] {
  const facts: CloudFacts | null = fromStoredFacts(row.cloud);
  if (facts === null) return [];
  const id: ResourceId = resourceId(row.key);
  return [
    {
      resource: {
        id,
        accountId: row.account_id,
        region: row.region,
        kind: row.kind,
        name: row.name,
        environment: row.environment,
        tags: row.tags,
        sample: false,
      },
      facts,
      scanType: row.scan_type,
      way: row.way,
      revision: row.revision,
      isImmutable: row.is_immutable,
      tries: row.tries,
      place: placeOf(row),
    },
  ];
}

const CONNECTIONS = `
select id::text as id, name, kind, role_arns as "roleArns", member_role as "memberRole", external_id as "externalId", regions,
  queue_arn as "queueArn", state, detail, looked_at as "lookedAt", updated_by as "updatedBy", updated_at as "updatedAt"
from aws_connection order by name, id`;

const SAVE_CONNECTION = `
insert into aws_connection (id, name, kind, role_arns, member_role, external_id, regions, queue_arn, updated_by, updated_at)
values ($1::uuid, $2::text, $3::text, $4::text[], $5::text, $6::text, $7::text[], $8::text, $9::text, $10::timestamptz)
on conflict (id) do update set name = excluded.name, kind = excluded.kind, role_arns = excluded.role_arns,
  member_role = excluded.member_role, external_id = excluded.external_id, regions = excluded.regions,
  queue_arn = excluded.queue_arn, updated_by = excluded.updated_by, updated_at = excluded.updated_at
returning 1`;

const NOTE_CONNECTION = `
update aws_connection set state = $2::text, detail = $3::text, looked_at = $4::timestamptz where id = $1::uuid returning 1`;

const SAVE_ACCOUNTS = `
insert into account (id, name, organizational_unit, sample, first_seen_at, updated_at, connection_id, role_arn, external_id,
  state, state_since)
select id, name, "organizationalUnit", false, $3::timestamptz, $3::timestamptz, $1::uuid, "roleArn", "externalId",
  case when "isActive" then 'active' else 'suspended' end, $3::timestamptz
from jsonb_to_recordset($2::jsonb)
  as r(id text, name text, "organizationalUnit" text, "roleArn" text, "externalId" text, "isActive" boolean)
order by id
on conflict (id) do update set name = excluded.name, organizational_unit = excluded.organizational_unit, sample = false,
  updated_at = excluded.updated_at, connection_id = excluded.connection_id, role_arn = excluded.role_arn,
  external_id = excluded.external_id,
  state = case when excluded.state = 'suspended' or account.state in ('suspended', 'left') then excluded.state else account.state end,
  state_since = case when excluded.state = 'suspended' and account.state <> 'suspended'
    or excluded.state = 'active' and account.state in ('suspended', 'left') then excluded.state_since else account.state_since end
returning 1`;

const LEAVE_ACCOUNTS = `
update account set state = 'left', detail = null, state_since = $3::timestamptz
where connection_id = $1::uuid and not (id = any($2::text[])) and state <> 'left' returning 1`;

const ACCOUNTS_OF = `
select id, name, organizational_unit as "organizationalUnit", role_arn as "roleArn", external_id as "externalId",
  state <> 'suspended' as "isActive"
from account where connection_id = $1::uuid and state <> 'left' order by id`;

const NOTE_ACCOUNT = `
update account set detail = $3::text, regions = coalesce($4::text[], regions),
  state_since = case when state = $2::text then state_since else $5::timestamptz end, state = $2::text
where id = $1::text returning 1`;

const FINGERPRINTS = `
select r.key, e.fingerprint from resource r
left join eligibility e on e.resource_id = r.id and e.scan_type = 'package'
where r.account_id = $1::text and r.region = $2::text and r.kind = $3::text and r.gone_at is null and not r.sample`;

// What has changed is due at once; a state that stays keeps its date.
const SAVE_JUDGED = `
with told as (
  select r.id, j.* from jsonb_to_recordset($1::jsonb) as j(key text, cloud jsonb, scan_type text, fingerprint text, state text,
    reason text, detail text, way text, revision text, is_immutable boolean)
  join resource r on r.key = j.key
), known as (
  update resource r set cloud = told.cloud, gone_at = null from told where r.id = told.id returning 1
)
insert into eligibility as e (resource_id, scan_type, state, reason, detail, way, revision, is_immutable, fingerprint, since, due_at)
select id, scan_type, state, reason, detail, way, revision, is_immutable, fingerprint, $2::timestamptz, $2::timestamptz from told
order by id
on conflict (resource_id, scan_type) do update set state = excluded.state, reason = excluded.reason, detail = excluded.detail,
  way = excluded.way, revision = excluded.revision, is_immutable = excluded.is_immutable, fingerprint = excluded.fingerprint,
  since = case when e.state = excluded.state and e.reason is not distinct from excluded.reason then e.since else excluded.since end,
  due_at = case when (e.state, e.way, e.revision) is distinct from (excluded.state, excluded.way, excluded.revision)
    then excluded.due_at else e.due_at end,
  tries = case when (e.state, e.way, e.revision) is distinct from (excluded.state, excluded.way, excluded.revision)
    then 0 else e.tries end
returning 1`;

const SAVE_FACTS = `
update resource r set cloud = told.cloud from jsonb_to_recordset($1::jsonb) as told(key text, cloud jsonb)
where r.key = told.key and r.cloud is distinct from told.cloud returning 1`;

const MARK_GONE = `
update resource set gone_at = $2::timestamptz where key = any($1::text[]) and gone_at is null returning 1`;

const NOTE_PLACE = `
insert into account_place as p (account_id, region, service, state, detail, since, looked_at, read_at, calls, milliseconds, resources)
select $1::text, $2::text, $3::text, $4::text, $5::text, $8::timestamptz, $8::timestamptz,
  case when $4::text = 'read' then $8::timestamptz end, $6::int, $7::int,
  (select count(*)::int from resource where account_id = $1::text and region = $2::text and kind = $3::text and gone_at is null)
on conflict (account_id, region, service) do update set state = excluded.state, detail = excluded.detail,
  since = case when p.state = excluded.state then p.since else excluded.since end, looked_at = excluded.looked_at,
  read_at = coalesce(excluded.read_at, p.read_at), calls = excluded.calls, milliseconds = excluded.milliseconds,
  resources = excluded.resources
returning 1`;

const CONNECTED_ACCOUNTS = `
select a.id, a.name, a.organizational_unit as "organizationalUnit", a.connection_id::text as "connectionId", a.role_arn as "roleArn",
  a.state, a.detail, a.state_since as since, a.first_seen_at as "firstSeenAt", a.regions,
  coalesce((select sum(p.resources)::int from account_place p where p.account_id = a.id), 0) as resources,
  (select max(p.read_at) from account_place p where p.account_id = a.id) as "readAt"
from account a where a.connection_id is not null order by a.name, a.id`;

const REGION_COUNTS = `
select region, sum(resources)::int as resources from account_place group by region order by 2 desc, 1`;

// Actions that the list no longer has.
const FORGET_CHECKS = `
delete from permission_check where account_id || ' ' || region = any($1::text[]) and not (action = any($2::text[])) returning 1`;

const SAVE_CHECKS = `
insert into permission_check as c (account_id, region, action, state, detail, since, checked_at)
select account_id, region, action, state, detail, $2::timestamptz, $2::timestamptz
from jsonb_to_recordset($1::jsonb) as r(account_id text, region text, action text, state text, detail text)
order by account_id, region, action
on conflict (account_id, region, action) do update set
  since = case when c.state = excluded.state then c.since else excluded.since end,
  state = excluded.state, detail = excluded.detail, checked_at = excluded.checked_at
returning 1`;

const CHECKED_ACTIONS = `
select c.action, count(*) filter (where c.state = 'allowed')::int as allowed, count(*) filter (where c.state = 'denied')::int as denied,
  count(*) filter (where c.state = 'unknown')::int as unknown, count(*) filter (where c.state = 'by-use')::int as "byUse",
  coalesce(
    (jsonb_agg(jsonb_build_object('accountId', a.id, 'accountName', a.name, 'region', c.region, 'detail', coalesce(c.detail, ''))
      order by a.name, c.region) filter (where c.state = 'denied')), '[]') as missing,
  max(c.checked_at) as "checkedAt"
from permission_check c join account a on a.id = c.account_id where a.state <> 'left' group by c.action order by c.action`;

// Twice a day is often enough for a window of two days, and most looks write nothing.
const CONFIRM = `
update coverage c set complete_at = $4::timestamptz
from resource r join eligibility e on e.resource_id = r.id
where r.account_id = $1::text and r.region = $2::text and r.kind = $3::text and r.gone_at is null
  and e.is_immutable and c.resource_id = r.id and c.scan_type = e.scan_type and c.revision = e.revision
  and c.outcome = 'complete' and c.complete_at < $4::timestamptz - interval '12 hours' returning 1`;

const COUNT_DUE = `
select count(*)::int as due from eligibility e join resource r on r.id = e.resource_id
where e.state = 'eligible' and e.due_at <= $1::timestamptz and r.gone_at is null`;

const CLAIM_DUE = `
with due as (
  select e.resource_id, e.scan_type from eligibility e join resource r on r.id = e.resource_id
  where e.state = 'eligible' and e.due_at <= $1::timestamptz and r.gone_at is null
  order by e.due_at, e.resource_id limit $3::int for update of e skip locked
), taken as (
  update eligibility e set due_at = $2::timestamptz from due
  where e.resource_id = due.resource_id and e.scan_type = due.scan_type
  returning e.resource_id, e.scan_type, e.way, e.revision, e.is_immutable, e.tries
)
select r.key, r.account_id, a.name as account_name, a.organizational_unit, a.role_arn, a.external_id, r.region, r.kind, r.name,
  r.environment, r.tags, r.cloud, t.scan_type, t.way, t.revision, t.is_immutable, t.tries
from taken t join resource r on r.id = t.resource_id join account a on a.id = r.account_id
order by r.id`;

const SETTLE = `
update eligibility e set due_at = coalesce(s.due_at, 'infinity'), tries = s.tries
from jsonb_to_recordset($1::jsonb) as s(key text, scan_type text, revision text, due_at timestamptz, tries int)
join resource r on r.key = s.key
where e.resource_id = r.id and e.scan_type = s.scan_type and e.revision is not distinct from s.revision
returning 1`;

const BEGIN_SNAPSHOTS = `
insert into snapshot_scan (id, account_id, region, begun_at) values ($1::uuid, $2::text, $3::text, $4::timestamptz) returning 1`;

const LEFT_SNAPSHOTS = `
select s.id::text as scan_id, a.id as account_id, a.name as account_name, a.organizational_unit, a.role_arn, a.external_id, s.region
from snapshot_scan s join account a on a.id = s.account_id where s.begun_at < $1::timestamptz order by s.begun_at`;
