import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { FindingStatus } from '../core/model/finding.ts';
import { appendEvents, type EventPlace, type FollowedState, type NewFindingEvent } from '../store/finding-events.ts';
import { sqlOfPool } from '../store/sql.ts';

export const PLACE: EventPlace = {
  accountId: '111122223333',
  region: 'eu-central-1',
  kind: 'ec2',
  environment: 'prod',
};

export const OPEN: FollowedState = { status: 'ACTIVE', severity: 'HIGH', score: 7.5, team: 'open' };

/** Adds an account, a resource and a finding with nothing but what history reads; gives the finding's number. */
export async function addPlainFinding(
  pool: pg.Pool,
  state: FollowedState,
  at: Date,
  place: EventPlace = PLACE,
  vulnerability = 'CVE-2026-1',
): Promise<{ readonly id: string; readonly key: string }> {
  const key = randomUUID();
  const { rows } = await pool.query<{ id: string }>(ADD, [
    key,
    place.accountId,
    place.region,
    place.kind,
    place.environment,
    vulnerability,
    state.status,
    state.severity,
    state.score,
    state.team,
    at,
  ]);
  return { id: rows[0]?.id ?? '', key };
}

/** A step with everything said, as the random histories take them. */
export type FullStep = Omit<Required<NewFindingEvent>, 'finding'> & { readonly finding: { readonly id: string } };

/** Writes one step as the finding store does: the row, and its event. */
export async function takeStep(pool: pg.Pool, step: FullStep, now: Date): Promise<void> {
  const { after, place } = step;
  await pool.query(MOVE, [
    step.finding.id,
    after.status,
    after.severity,
    after.score,
    after.team,
    place.accountId,
    place.region,
    place.kind,
    place.environment,
    now,
  ]);
  await appendEvents(sqlOfPool(pool), [step], now);
}

export function closed(state: FollowedState): FollowedState {
  return { ...state, status: 'CLOSED' satisfies FindingStatus };
}

const MOVE = `
update finding set status = $2, severity = $3, score = $4, team_status = $5, account_id = $6, region = $7, kind = $8,
  environment = $9, closed_at = case when $2 = 'CLOSED' then $10::timestamptz end, updated_at = $10 where id = $1`;

const ADD = `
with new_account as (
  insert into account (id, name, first_seen_at, updated_at) values ($2, $2, $11, $11) on conflict do nothing
), new_resource as (
  insert into resource (key, account_id, region, kind, name, environment, first_seen_at, last_seen_at, search)
  values ('r-' || $1, $2, $3, $4, 'host-' || $1, $5, $11, $11, '') returning id
), new_vulnerability as (
  insert into vulnerability (id, title, description, severity, content_hash, updated_at)
  values ($6, $6, '', 'HIGH', '', $11) on conflict do nothing
)
insert into finding (key, resource_id, account_id, region, kind, environment, type, status, severity, score, team_status, kev,
  fix_available, vulnerability_id, package_name, package_version, package_ecosystem, content, content_hash, first_seen_at,
  last_seen_at, opened_at, updated_at)
select $1::uuid, r.id, $2, $3, $4, $5, 'PACKAGE_VULNERABILITY', $7, $8, $9, $10, false, 'yes', $6, 'openssl', '3.0.1', 'debian',
  $1::uuid, $1::uuid, $11, $11, $11, $11
from new_resource r returning id::text as id`;
