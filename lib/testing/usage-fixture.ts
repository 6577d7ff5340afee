import type { StoreFixture } from './store-fixture.ts';

/** A resource as the ledger may know it. Times are of UTC. */
export interface LedgerThing {
  readonly key: string;
  readonly accountId?: string;
  readonly kind?: string;
  readonly region?: string;
  readonly environment?: string | null;
  readonly seen: string;
  /** When it was last confirmed; up to the present unless told otherwise. */
  readonly last?: string;
  readonly gone?: string;
  readonly state?: string;
  readonly since?: string;
  readonly way?: string;
  readonly scans?: readonly (readonly [endedAt: string, outcome: string])[];
  readonly sample?: boolean;
}

export const USAGE_ACCOUNT = '111122223333';
const ALWAYS = '2030-01-01T00:00Z';

/** Writes rows as they stand after years of discovery, which no test can wait for. */
export async function addLedgerThing({ database }: StoreFixture, thing: LedgerThing): Promise<void> {
  const {
    key,
    accountId = USAGE_ACCOUNT,
    kind = 'ec2',
    region = 'eu-central-1',
    environment = 'prod',
    scans = [],
  } = thing;
  const { rows } = await database.pool.query<{ id: string }>(
    `insert into resource (key, account_id, region, kind, name, environment, search, first_seen_at, last_seen_at, gone_at, sample)
     values ($1, $2, $3, $4, $1, $5, $1, $6, $7, $8, $9) returning id::text`,
    [
      key,
      accountId,
      region,
      kind,
      environment,
      thing.seen,
      thing.last ?? ALWAYS,
      thing.gone ?? null,
      thing.sample ?? false,
    ],
  );
  const id = rows[0]?.id;
  if (thing.state !== undefined) {
    await database.pool.query(
      `insert into eligibility (resource_id, scan_type, state, reason, way, fingerprint, since, due_at)
       values ($1, 'package', $2, $3, $4, '', $5, $5)`,
      [id, thing.state, thing.state === 'eligible' ? null : 'REASON', thing.way ?? null, thing.since ?? thing.seen],
    );
  }
  for (const [endedAt, outcome] of scans) {
    await database.pool.query(
      `insert into scan (resource_id, scan_type, outcome, started_at, ended_at, packages, findings, undecidable)
       values ($1, 'package', $2, $3, $3, 0, 0, 0)`,
      [id, outcome, endedAt],
    );
    await database.pool.query(
      `insert into coverage (resource_id, scan_type, outcome, started_at, ended_at, first_ended_at, packages, findings, undecidable)
       values ($1, 'package', $2, $3, $3, $3, 0, 0, 0)
       on conflict (resource_id, scan_type) do update set outcome = excluded.outcome, ended_at = excluded.ended_at`,
      [id, outcome, endedAt],
    );
  }
}
