import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../testing/postgres.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  resourceOf,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';
import { openDatabase } from '../client.ts';
import { migrate } from '../migrate.ts';
import { sqlOfPool } from '../sql.ts';
import { verifyChain } from './verify-chain.ts';

const DAY_MS = 86_400_000;
const later = (days: number) => new Date(NOON.getTime() + days * DAY_MS);
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

let fixture: StoreFixture;

beforeEach(async () => {
  fixture = await openStoreFixture();
});

afterEach(() => fixture?.close());

const openOn = async (at: Date, environments: readonly string[] = []) =>
  (await fixture.stores.history.countsAsOf({ ...EVERYTHING, environments }, dayOf(at))).open;

describe('what is written through the stores', () => {
  it('tells each step with its cause and its states', async () => {
    const resource = await addResource(fixture.stores, 'i-1');
    const observation = observationOf(resource, 'CVE-2026-1');
    await reportFindings(fixture.stores, resource, [observation]);
    const worse = observationOf(resource, 'CVE-2026-1', { severity: 'CRITICAL', score: 9.8 });
    await reportFindings(fixture.stores, resource, [worse, observationOf(resource, 'CVE-2026-2')], { at: later(1) });
    await reportFindings(fixture.stores, resource, [], { at: later(2) });
    await reportFindings(fixture.stores, resource, [worse], { at: later(3), again: true });

    const history = await fixture.stores.history.ofFinding(EVERYTHING, observation.key);
    const second = await fixture.stores.history.ofFinding(EVERYTHING, observationOf(resource, 'CVE-2026-2').key);

    expect(history?.events.map(({ kind, cause, statusBefore, status }) => [kind, cause, statusBefore, status])).toEqual(
      [
        ['open', 'new-resource', null, 'ACTIVE'],
        ['refresh', 're-score', null, 'ACTIVE'],
        ['close', 'fix', 'ACTIVE', 'CLOSED'],
        ['reopen', 'new-advisory', 'CLOSED', 'ACTIVE'],
      ],
    );
    expect(history?.events[1]).toMatchObject({
      severityBefore: 'HIGH',
      severity: 'CRITICAL',
      scoreBefore: 7.5,
      score: 9.8,
    });
    expect(history?.events.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4]);
    expect(second?.events[0]).toMatchObject({ kind: 'open', cause: 'scan' });
    expect(await openOn(later(0))).toMatchObject({ HIGH: 1, CRITICAL: 0 });
    expect(await openOn(later(1))).toMatchObject({ HIGH: 1, CRITICAL: 1 });
    expect(await openOn(later(2))).toMatchObject({ HIGH: 0, CRITICAL: 0 });
    expect((await fixture.stores.history.verify()).fault).toBeNull();
  });

  it('the same report again adds no step', async () => {
    const resource = await addResource(fixture.stores, 'i-1');
    const observation = observationOf(resource, 'CVE-2026-1');
    await reportFindings(fixture.stores, resource, [observation]);
    await reportFindings(fixture.stores, resource, [observation], { at: later(1) });

    expect(await fixture.stores.history.verify()).toMatchObject({ blocks: 1, rows: 1, fault: null });
  });

  it('a resource that changes its environment leaves the figures of the old one as they were', async () => {
    const resource = await addResource(fixture.stores, 'i-1', { environment: 'test' });
    await reportFindings(fixture.stores, resource, [observationOf(resource, 'CVE-2026-1')]);
    await fixture.stores.resources.upsert([resourceOf('i-1', { environment: 'prod' })], later(2));
    await fixture.stores.resources.upsert([resourceOf('i-1', { environment: 'prod' })], later(3));
    await reportFindings(fixture.stores, resource, [], { at: later(4) });

    const figures = async (environment: string) =>
      Promise.all([-1, 1, 3, 5].map(async (days) => (await openOn(later(days), [environment])).HIGH));
    expect(await figures('test')).toEqual([0, 1, 0, 0]);
    expect(await figures('prod')).toEqual([0, 0, 1, 0]);
    expect((await fixture.stores.history.verify()).rows).toBe(4);
  });

  it('the sample estate leaves no past behind, and the chain tells that something was removed', async () => {
    const real = await addResource(fixture.stores, 'i-1');
    const sample = await addResource(fixture.stores, 's-1', { accountId: '999900000001', sample: true });
    for (const resource of [real, sample]) {
      await reportFindings(fixture.stores, resource, [
        observationOf(resource, 'CVE-2026-1'),
        observationOf(resource, 'CVE-2026-2'),
      ]);
      await reportFindings(fixture.stores, resource, [observationOf(resource, 'CVE-2026-1')], { at: later(1) });
    }
    expect(await openOn(later(0))).toMatchObject({ HIGH: 4 });

    await fixture.stores.resources.removeSample();

    expect(await openOn(later(0))).toMatchObject({ HIGH: 2 });
    expect(await openOn(later(1))).toMatchObject({ HIGH: 1 });
    expect(await fixture.stores.history.verify()).toMatchObject({ rows: 4, removedRows: 3, fault: null });
  });
});

describe('history of an earlier version', () => {
  it('becomes the first blocks of the chain, with figures that add up', async () => {
    const database = await emptyDatabase();
    const all = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
    const directory = mkdtempSync(join(tmpdir(), 'harrier-history-'));
    for (const name of readdirSync(all).filter((one) => /^\d/.test(one) && one < '20261126000001')) {
      cpSync(join(all, name), join(directory, name), { recursive: true });
    }
    const client = new Client(database.url);
    try {
      await migrate(database.url, { directory });
      await client.connect();
      await client.query(EARLIER);
      await migrate(database.url);
      const { rows } = await client.query(
        'select step, cause, sum(active_in - active_out)::int as net from finding_flow group by 1, 2 order by 1',
      );
      const added = await client.query(
        `insert into activity (at, actor, action, object, detail, address) values (now(), 'a', 'b', '', '', '') returning id::int`,
      );
      const opened = openDatabase(database.url);
      const report = await verifyChain(sqlOfPool(opened.pool));
      await opened.close();

      expect(rows).toEqual([
        { step: 'close', cause: 'fix', net: -700 },
        { step: 'open', cause: 'scan', net: 1_500 },
      ]);
      expect(added.rows[0].id).toBe(4);
      expect(report).toMatchObject({ blocks: 5, rows: 2_204, fault: null });
    } finally {
      await client.end();
      rmSync(directory, { recursive: true });
      await database.drop();
    }
  });
});

const EARLIER = `
insert into finding_event (finding_id, at, kind, detail, origin, account_id, region, resource_kind, severity)
select n, timestamptz '2026-10-01Z' + n * interval '1 minute', 'open', 'First seen.', 'harrier', '1', 'r', 'ec2', 'HIGH'
from generate_series(1, 1500) n;
insert into finding_event (finding_id, at, kind, detail, origin, account_id, region, resource_kind, severity)
select n, timestamptz '2026-11-01Z', 'close', 'A complete scan no longer sees it.', 'harrier', '1', 'r', 'ec2', 'HIGH'
from generate_series(1, 700) n;
insert into activity (at, actor, action, object, detail, address)
select timestamptz '2026-10-01Z', 'ines', 'signed-in', '', '', '' from generate_series(1, 3)`;
