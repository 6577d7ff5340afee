import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERY_PAST_FINDING } from '../../core/findings/query/past-query.ts';
import type { FollowedState } from '../../store/finding-events.ts';
import { addPlainFinding, closed, type FullStep, OPEN, PLACE, takeStep } from '../../testing/history-fixture.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { NOON, openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';
import type { JobContext } from '../contracts.ts';
import { askForDueJobs } from '../schedule.ts';
import { applyRetentionHandler } from './apply-retention.ts';

const DAY_MS = 86_400_000;

let fixture: StoreFixture;

beforeEach(async () => {
  fixture = await openStoreFixture();
});

afterEach(() => fixture?.close());

const ago = (days: number) => new Date(NOON.getTime() - days * DAY_MS);
const dayAgo = (days: number) => ago(days).toISOString().slice(0, 10);
const dependencies = (now = NOON) => storeDependencies(fixture, () => now);

async function run(now = NOON, signal = new AbortController().signal) {
  const context = { id: 'job', signal, progress: async () => undefined, log: async () => undefined };
  return applyRetentionHandler({ dependencies: dependencies(now) }).run({}, context as unknown as JobContext);
}

/** A finding that opened so many days ago and, where asked, closed so many days ago. */
async function addLife(opened: number, end: number | null): Promise<{ readonly key: string }> {
  const { pool } = fixture.database;
  const finding = await addPlainFinding(pool, OPEN, ago(opened));
  const step = (kind: FullStep['kind'], before: FollowedState | null, after: FollowedState): FullStep => {
    return {
      finding,
      kind,
      cause: kind === 'open' ? 'scan' : 'fix',
      actor: 'harrier',
      detail: '',
      place: PLACE,
      before,
      after,
    };
  };
  await takeStep(pool, step('open', null, OPEN), ago(opened));
  if (end !== null) {
    await takeStep(pool, step('close', OPEN, closed(OPEN)), ago(end));
  }
  return finding;
}

async function counts() {
  const { rows } = await fixture.database.pool.query(
    `select (select count(*) from finding)::int as findings, (select count(*) from finding_event)::int as events,
       (select count(*) from finding_flow)::int as flows, (select count(*) from finding_content)::int as contents`,
  );
  return rows[0];
}

const openOn = async (days: number) => (await fixture.stores.history.countsAsOf(EVERYTHING, dayAgo(days))).open.HIGH;

describe('retention', () => {
  it('removes events of whole days, and what was open on any day that is kept stays as it was', async () => {
    await addLife(500, null);
    await addLife(450, 410);
    await addLife(420, 380);
    await addLife(30, null);
    const before = [399, 385, 370, 100, 10].map((days) => openOn(days));
    const figures = await Promise.all(before);

    const { message } = await run();

    expect(message).toBe('Removed 4 events and 2 closed findings.');
    expect(await Promise.all([399, 385, 370, 100, 10].map((days) => openOn(days)))).toEqual(figures);
    expect(figures).toEqual([2, 2, 1, 1, 2]);
    await expect(openOn(402)).rejects.toThrow(`History is kept from ${dayAgo(401)} on.`);
    expect(await fixture.stores.history.verify()).toMatchObject({ removedRows: 4, fault: null });
  });

  it('run twice changes nothing', async () => {
    await addLife(500, 450);
    await addLife(200, 100);
    await run();
    const after = await counts();
    const { position } = await fixture.stores.history.verify();

    expect((await run()).message).toBe('Nothing was old enough to go.');
    expect(await counts()).toEqual(after);
    expect((await fixture.stores.history.verify()).position).toBe(position);
  });

  it('keeps what is younger than its settings, and follows them', async () => {
    const finding = await addLife(60, 40);
    await run();
    expect(await counts()).toMatchObject({ findings: 1, events: 2 });

    await fixture.stores.users.saveSetting('history-retention', { eventDays: 50, closedFindingDays: 30 }, 'ines', NOON);
    expect((await run()).message).toBe('Removed 1 events and 1 closed findings.');
    expect(await fixture.stores.history.ofFinding(EVERYTHING, finding.key)).toBeNull();

    await fixture.stores.users.saveSetting(
      'history-retention',
      { eventDays: 'never', closedFindingDays: -3 },
      'ines',
      NOON,
    );
    expect(await fixture.stores.history.retention()).toEqual({ eventDays: 400, closedFindingDays: 90 });
  });

  it('says of a past day how many of its findings no list can show any more', async () => {
    await addLife(200, 100);
    await addLife(190, 95);
    const stays = await addLife(180, null);
    await run();

    const asOf = (days: number) =>
      fixture.stores.history.findingsAsOf(EVERYTHING, {
        day: dayAgo(days),
        statuses: ['ACTIVE'],
        query: EVERY_PAST_FINDING,
        cursor: null,
        limit: 50,
      });
    expect(await asOf(150)).toMatchObject({ rows: [{ id: stays.key.replaceAll('-', '') }], removed: 2 });
    expect(await asOf(97)).toMatchObject({ removed: 1 });
    expect(await asOf(50)).toMatchObject({ removed: 0 });
    expect(await openOn(150)).toBe(3);
  });

  it('removes texts that no finding uses, but none that a report has just named', async () => {
    const { pool } = fixture.database;
    const { key } = await addLife(10, null);
    const text = (hash: string, used: string) =>
      pool.query(
        "insert into finding_content (hash, title, packages, rating, used_on) values ($1, '', '[]', '{}', current_date - $2::int)",
        [hash, used],
      );
    await text(key, '30');
    await text('00000000-0000-0000-0000-000000000001', '30');
    await text('00000000-0000-0000-0000-000000000002', '0');
    await run();

    const { rows } = await pool.query('select hash from finding_content order by hash');
    expect(rows.map(({ hash }) => hash)).toEqual(['00000000-0000-0000-0000-000000000002', key]);
  });

  it('stops when it is cancelled, and goes on where it was', async () => {
    await addLife(500, 450);
    const controller = new AbortController();
    controller.abort();

    await expect(run(NOON, controller.signal)).rejects.toThrow();
    expect((await counts()).findings).toBe(1);
    expect((await fixture.stores.history.verify()).fault).toBeNull();
    await run();
    expect(await counts()).toMatchObject({ findings: 0, events: 0 });
  });

  it('is asked for once a day, by itself', async () => {
    expect(await askForDueJobs(dependencies())).toEqual(['apply-retention']);
    expect(await askForDueJobs(dependencies(new Date(NOON.getTime() + 3_600_000)))).toEqual([]);
    expect(await askForDueJobs(dependencies(new Date(NOON.getTime() + DAY_MS)))).toEqual(['apply-retention']);
    expect(await askForDueJobs(dependencies(ago(3)))).toEqual(['apply-retention']);
    expect(await fixture.stores.reads.jobs(10)).toHaveLength(1);
  });
});
