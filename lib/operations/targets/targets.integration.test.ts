import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../core/model/permissions.ts';
import { askForSchedules } from '../../jobs/schedule.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { accountOf, NOON, openStoreFixture, resourceOf, type StoreFixture } from '../../testing/store-fixture.ts';
import { listJobTargets } from '../console/list-job-targets.ts';
import { type Operation, runOperation } from '../operation.ts';
import { listTargets } from './list-targets.ts';
import { previewTarget } from './preview-target.ts';
import { saveQuietTime } from './save-quiet-time.ts';
import { saveSchedule } from './save-schedule.ts';
import { saveTarget } from './save-target.ts';

const ACCOUNTS = ['111111111111', '222222222222'];
const FRIDAY_18 = 4 * 1_440 + 18 * 60;
const MONDAY_6 = 6 * 60;
/** A Friday. */
let now = new Date('2026-11-27T12:00:00Z');
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  await fixture.stores.resources.upsertAccounts(
    ACCOUNTS.map((id) => accountOf(id, { name: `account ${id[0]}` })),
    NOON,
  );
  // Of each account 6 instances, 4 of them in production, 2 of those without an owner; and one function.
  const resources = ACCOUNTS.flatMap((accountId) => [
    ...Array.from({ length: 6 }, (_, n) =>
      resourceOf(`${accountId}-${n}`, {
        accountId,
        kind: 'ec2',
        name: `web-${n}`,
        region: n % 2 === 0 ? 'eu-west-1' : 'us-east-1',
        environment: n < 4 ? 'prod' : 'dev',
        tags: n < 2 ? { Owner: 'a' } : {},
      }),
    ),
    resourceOf(`${accountId}-fn`, { accountId, kind: 'lambda', name: 'pay', environment: 'prod' }),
  ]);
  await fixture.stores.resources.upsert(resources, NOON);
});

afterAll(() => fixture.close());

function run<Input, Output>(operation: Operation<Input, Output>, input: unknown, accounts: Caller['accounts'] = null) {
  const caller: Caller = {
    userId: 'u',
    name: 'u',
    email: 'u@example.com',
    role: 'admin',
    accounts,
    sessionId: 'none',
  };
  return runOperation(
    operation,
    storeDependencies(fixture, () => now),
    caller,
    input,
  );
}

describe('the preview of a rule', () => {
  it('counts what is left after each condition', async () => {
    const rule = 'kind:ec2 env:prod -tag:Owner';
    expect(await run(previewTarget, { rule })).toMatchObject({ resources: 4, left: [12, 8, 4], change: null });
    expect(await run(previewTarget, { rule }, ['111111111111'])).toMatchObject({ resources: 2, left: [6, 4, 2] });
    expect(await run(previewTarget, { rule: '' })).toMatchObject({ resources: 14, left: [] });
    expect(await run(previewTarget, { rule: 'kind:ec2 or env:prod' })).toMatchObject({ resources: 14, left: [14] });
  });

  it('says what joins a target and what leaves it, of what the reader may see', async () => {
    const { id } = await run(saveTarget, { name: 'Production', rule: 'env:prod' });
    const asked = { id, rule: 'kind:ec2 -tag:Owner' };
    expect(await run(previewTarget, asked)).toMatchObject({
      resources: 8,
      change: { before: 10, joining: 4, leaving: 6 },
    });
    expect(await run(previewTarget, asked, ['222222222222'])).toMatchObject({
      resources: 4,
      change: { before: 5, joining: 2, leaving: 3 },
    });
    expect(await run(previewTarget, { id, rule: 'env:prod' })).toMatchObject({ change: { joining: 0, leaving: 0 } });
  });
});

describe('a quiet time', () => {
  const quiet = { from: FRIDAY_18, to: MONDAY_6, timeZone: 'UTC' };
  const nextOf = async (id: string) =>
    (await run(listTargets, {})).find((target) => target.id === id)?.schedules[0]?.nextAt?.toISOString();

  it('moves the next run of each schedule behind it, and back when it is removed', async () => {
    const { id } = await run(saveTarget, { name: 'Quiet', rule: 'kind:ec2' });
    await run(saveSchedule, { targetId: id, cron: '0 3 * * *' });
    expect(await nextOf(id)).toBe('2026-11-28T03:00:00.000Z');

    await run(saveQuietTime, { id, quiet });
    expect(await nextOf(id)).toBe('2026-12-01T03:00:00.000Z');
    const [target] = (await run(listTargets, {})).filter((one) => one.id === id);
    expect(target?.quiet).toEqual(quiet);
    expect(target?.schedules[0]?.next.map((at) => at.getUTCDay())).toEqual([2, 3, 4, 5, 2]);

    await run(saveTarget, { id, name: 'Quiet', rule: 'kind:ec2 env:prod' });
    expect((await run(listTargets, {})).find((one) => one.id === id)?.quiet).toEqual(quiet);

    await run(saveQuietTime, { id, quiet: null });
    expect(await nextOf(id)).toBe('2026-11-28T03:00:00.000Z');
  });

  it('is refused where a schedule would never start, and so is such a schedule', async () => {
    const { id } = await run(saveTarget, { name: 'Weekend', rule: 'kind:ec2' });
    await run(saveSchedule, { targetId: id, cron: '0 3 * * 6' });
    await expect(run(saveQuietTime, { id, quiet })).rejects.toThrow('Each time of the schedule 0 3 * * 6 is in it');
    expect((await run(listTargets, {})).find((one) => one.id === id)?.quiet).toBeNull();

    const { id: other } = await run(saveTarget, { name: 'Calm', rule: 'kind:ec2' });
    await run(saveQuietTime, { id: other, quiet });
    await expect(run(saveSchedule, { targetId: other, cron: '0 3 * * 6' })).rejects.toThrow('in the quiet time');
  });

  it.each([
    [{ from: 5, to: 5, timeZone: 'UTC' }],
    [{ from: -1, to: 5, timeZone: 'UTC' }],
    [{ from: 0, to: 10_080, timeZone: 'UTC' }],
    [{ from: 0, to: 5, timeZone: 'Moon/Sea' }],
  ])('%o is none', async (one) => {
    await expect(run(saveQuietTime, { id: randomUUID(), quiet: one })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('a time that was missed before it is not made up for inside of it', async () => {
    const { id } = await run(saveTarget, { name: 'Late', rule: 'kind:ec2' });
    await run(saveQuietTime, { id, quiet });
    await run(saveSchedule, { targetId: id, cron: '0 17 * * 5' });
    await fixture.database.pool.query(
      `insert into eligibility (resource_id, scan_type, state, fingerprint, since, due_at)
       select id, 'package', 'eligible', '', now(), 'infinity' from resource where kind = 'ec2'`,
    );
    await fixture.database.pool.query('update scan_schedule set next_at = $2 where target_id <> $1', [
      id,
      new Date('2027-01-01T00:00:00Z'),
    ]);
    now = new Date('2026-11-27T19:00:00Z');
    const due = async () =>
      (await fixture.database.pool.query('select 1 from eligibility where due_at <= $1', [now])).rows.length;

    expect(await askForSchedules(storeDependencies(fixture, () => now))).toBe(1);
    expect(await due()).toBe(0);
    expect(await nextOf(id)).toBe('2026-12-04T17:00:00.000Z');
    now = new Date('2026-12-04T17:00:00Z');
    expect(await askForSchedules(storeDependencies(fixture, () => now))).toBe(1);
    expect(await due()).toBe(12);
  });
});

describe('the targets of a job', () => {
  const job = randomUUID();
  beforeAll(async () => {
    await fixture.database.pool.query(
      `insert into scan (resource_id, scan_type, job_id, outcome, started_at, ended_at, packages, findings, undecidable)
       select id, 'package', $1, case when account_id = '222222222222' and name = 'web-1' then 'failed'
         when name = 'web-2' then 'partial' else 'complete' end, now(), now(), 1, 0, 0
       from resource where kind = 'ec2'`,
      [job],
    );
  });

  it('are counted by account with what could not be read first', async () => {
    expect(await run(listJobTargets, { id: job, by: 'account' })).toEqual({
      rows: [
        { id: '222222222222', name: 'account 2', read: 5, failed: 1 },
        { id: '111111111111', name: 'account 1', read: 6, failed: 0 },
      ],
      groups: 2,
      read: 11,
      failed: 1,
    });
  });

  it('are counted by region and named one by one, the rest in a sum', async () => {
    const byRegion = await run(listJobTargets, { id: job, by: 'region' });
    expect(byRegion.rows).toEqual([
      { id: 'us-east-1', name: 'us-east-1', read: 5, failed: 1 },
      { id: 'eu-west-1', name: 'eu-west-1', read: 6, failed: 0 },
    ]);
    const byResource = await run(listJobTargets, { id: job, by: 'resource' });
    expect(byResource).toMatchObject({ groups: 12, read: 11, failed: 1 });
    expect(byResource.rows).toHaveLength(7);
    expect(byResource.rows[0]).toMatchObject({ name: 'web-1', read: 0, failed: 1 });
  });

  it('count a resource that was looked at twice once, as it was seen last', async () => {
    const again = randomUUID();
    await fixture.database.pool.query(
      `insert into scan (resource_id, scan_type, job_id, outcome, started_at, ended_at, packages, findings, undecidable)
       select id, 'package', $1, case when turn = 1 then 'failed' else 'complete' end, now(), now() + turn * interval '1 s', 1, 0, 0
       from resource, generate_series(1, 2) turn where kind = 'lambda'`,
      [again],
    );
    expect(await run(listJobTargets, { id: again, by: 'region' })).toMatchObject({ groups: 1, read: 2, failed: 0 });
  });

  it('hold nothing of an account that the reader may not see', async () => {
    expect(await run(listJobTargets, { id: job, by: 'account' }, ['111111111111'])).toEqual({
      rows: [{ id: '111111111111', name: 'account 1', read: 6, failed: 0 }],
      groups: 1,
      read: 6,
      failed: 0,
    });
    expect(await run(listJobTargets, { id: randomUUID(), by: 'account' })).toMatchObject({ groups: 0, rows: [] });
  });
});
