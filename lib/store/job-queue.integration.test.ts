import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobId } from '../core/model/ids.ts';
import type { JobView } from '../core/model/views.ts';
import { type JobContext, type JobHandler, type JobKind, PermanentJobError } from '../jobs/contracts.ts';
import { openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';
import { type JobWorker, startJobWorker } from './job-worker.ts';
import type { WorkerParts } from './worker-parts.ts';
import type { WorkerIdentity } from './worker-records.ts';

let fixture: StoreFixture;
const workers: JobWorker[] = [];

beforeEach(async () => {
  fixture = await openStoreFixture();
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.drain()));
  await fixture.close();
});

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

function identityOf(more: Partial<WorkerIdentity> = {}): WorkerIdentity {
  return { id: randomUUID(), host: 'here', place: 'here', pid: process.pid, processStarted: '1', ...more };
}

type Work = (context: JobContext) => Promise<{ outcome: 'done' | 'partial'; message: string }>;

async function startWorker(run: Work, more: Partial<WorkerParts> = {}): Promise<JobWorker> {
  const handler: JobHandler<'scan-host'> = { kind: 'scan-host', run: (_payload, context) => run(context) };
  const worker = await startJobWorker({
    database: fixture.database,
    identity: identityOf(),
    handlers: [handler as unknown as JobHandler<JobKind>],
    log: SILENT,
    now: () => new Date(),
    isGone: async () => false,
    ...more,
  });
  workers.push(worker);
  return worker;
}

function enqueue(options = {}): Promise<JobId> {
  return fixture.stores.jobs.enqueue('scan-host', { root: '/' }, options);
}

async function untilJob(id: string, holds: (job: JobView) => boolean, seconds = 20): Promise<JobView> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const job = await fixture.stores.reads.job(id);
    if (job !== null && holds(job)) {
      return job;
    }
    if (Date.now() > deadline) {
      throw new Error(`the job is still ${JSON.stringify(job)}`);
    }
    await wait(50);
  }
}

const ended = (job: JobView) => ['done', 'partial', 'failed', 'cancelled'].includes(job.state);
const DONE = { outcome: 'done', message: 'All done.' } as const;

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

describe('the job queue', () => {
  it('knows how many workers are there to share work', async () => {
    const before = await fixture.stores.jobs.countWorkers();
    const [first] = [await startWorker(async () => DONE), await startWorker(async () => DONE)];
    expect(await fixture.stores.jobs.countWorkers()).toBe(before + 2);
    await first?.drain();
    expect(await fixture.stores.jobs.countWorkers()).toBe(before + 1);
  });

  it('a job runs once, tells its progress and ends with its message', async () => {
    let runs = 0;
    await startWorker(async (context) => {
      runs += 1;
      await context.progress([{ name: 'Read', done: 3, total: 3, state: 'done' }]);
      await context.log('info', 'halfway');
      return { outcome: 'partial', message: 'One directory could not be read.' };
    });

    const id = await enqueue({ requestedBy: 'Ada', priority: 10 });

    const job = await untilJob(id, ended);
    expect(job).toMatchObject({
      state: 'partial',
      kind: 'scan-host',
      title: 'Host packages',
      message: 'One directory could not be read.',
      requestedBy: 'Ada',
      attempts: 1,
      phases: [{ name: 'Read', done: 3, total: 3, state: 'done' }],
    });
    expect((await fixture.stores.reads.jobLog(id, 10)).map((line) => line.text)).toEqual(['halfway']);
    expect((await fixture.stores.reads.jobs(10)).map((one) => one.id)).toEqual([id]);
    expect(runs).toBe(1);
  });

  it('a job of a transaction that fails does not exist', async () => {
    let id = '';
    const work = fixture.stores.atomically(async (stores) => {
      id = await stores.jobs.enqueue('scan-host', { root: '/' });
      throw new Error('stop');
    });

    await expect(work).rejects.toThrow('stop');
    expect(await fixture.stores.reads.job(id)).toBeNull();
    const { rows } = await fixture.database.pool.query('select count(*)::int as n from pgboss.job where id = $1', [id]);
    expect(rows[0].n).toBe(0);
  });

  it('the same work asked for many times at once is one job, until it has ended', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => enqueue({ dedupeKey: 'this machine' })));
    const other = await enqueue({ dedupeKey: 'another machine' });
    await startWorker(async () => DONE);
    await untilJob(ids[0] ?? '', ended);
    const again = await enqueue({ dedupeKey: 'this machine' });

    expect(new Set(ids).size).toBe(1);
    expect(other).not.toBe(ids[0]);
    expect(again).not.toBe(ids[0]);
    expect((await untilJob(again, ended)).state).toBe('done');
  });

  it('a waiting job is cancelled at once and never runs', async () => {
    let runs = 0;
    const id = await enqueue();

    expect(await fixture.stores.jobs.cancel(id)).toBe(true);
    expect(await fixture.stores.jobs.cancel(id)).toBe(false);

    await startWorker(async () => {
      runs += 1;
      return DONE;
    });
    await wait(1_500);
    expect((await fixture.stores.reads.job(id))?.state).toBe('cancelled');
    expect(runs).toBe(0);
  });

  it('a running job learns within a second that it is cancelled', async () => {
    await startWorker(({ signal }) => untilAborted(signal));
    const id = await enqueue();
    await untilJob(id, (job) => job.state === 'running');
    const asked = Date.now();

    expect(await fixture.stores.jobs.cancel(id)).toBe(true);

    const job = await untilJob(id, ended);
    expect(job).toMatchObject({ state: 'cancelled', message: 'Cancelled while it ran.' });
    expect(Date.now() - asked).toBeLessThan(1_500);
  });

  it('a job that fails once is tried again, and says so in between', async () => {
    let runs = 0;
    await startWorker(async () => {
      runs += 1;
      if (runs === 1) {
        throw new Error('secret detail of a bug');
      }
      return DONE;
    });
    const id = await enqueue();

    const between = await untilJob(id, (job) => job.state === 'retrying');
    const job = await untilJob(id, ended);

    expect(between.message).toMatch(
      /^It failed for an unexpected reason\. The worker's log has the details under \w{8}\.$/,
    );
    expect(job).toMatchObject({ state: 'done', attempts: 2, message: 'All done.' });
  });

  it('a failure that trying again cannot help ends the job with its reason', async () => {
    await startWorker(async () => {
      throw new PermanentJobError('There is no directory /nowhere.');
    });

    const job = await untilJob(await enqueue(), ended);

    expect(job).toMatchObject({ state: 'failed', message: 'There is no directory /nowhere.', attempts: 1 });
    expect(job.endedAt).not.toBeNull();
  });

  it('a job of a worker that is known to be dead starts anew at once', async () => {
    const dead = identityOf({ pid: 1 });
    const first = await startWorker(({ signal }) => untilAborted(signal), { identity: dead });
    const id = await enqueue();
    await untilJob(id, (job) => job.state === 'running');
    const started = Date.now();

    await startWorker(async () => DONE, { isGone: async (worker) => worker.id === dead.id });

    const job = await untilJob(id, ended);
    expect(job).toMatchObject({ state: 'done', attempts: 2 });
    expect(Date.now() - started).toBeLessThan(5_000);
    await first.drain();
    expect((await fixture.stores.reads.job(id))?.state).toBe('done');
  });

  it('a job that takes its worker down every time ends as failed', async () => {
    const id = await enqueue();
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      // Each worker hangs on its attempt, and the next one is told that it died.
      await startWorker(({ signal }) => untilAborted(signal), { isGone: async () => true });
      await untilJob(id, (job) => job.state === 'running' && job.attempts === attempt);
    }

    await startWorker(async () => DONE, { isGone: async () => true });

    const job = await untilJob(id, ended);
    expect(job).toMatchObject({ state: 'failed', attempts: 4 });
    expect(job.message).toMatch(/stopped again and again/);
  }, 60_000);

  it('a worker that stops puts its job back, and the attempt is not lost', async () => {
    const first = await startWorker(({ signal }) => untilAborted(signal));
    const id = await enqueue();
    await untilJob(id, (job) => job.state === 'running');

    const started = Date.now();
    await first.drain();
    const between = await fixture.stores.reads.job(id);
    await startWorker(async () => DONE);

    expect(Date.now() - started).toBeLessThan(10_000);
    expect(between).toMatchObject({ state: 'queued', message: null });
    expect(await untilJob(id, ended)).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('a database that ends every connection does not end the work', async () => {
    await startWorker(async ({ progress }) => {
      await wait(1_500);
      await progress([{ name: 'Write', done: 1, total: 1, state: 'done' }]);
      return DONE;
    });
    const id = await enqueue();
    await untilJob(id, (job) => job.state === 'running');

    await fixture.database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const next = await enqueue().catch(() => enqueue());

    expect(await untilJob(id, ended)).toMatchObject({ state: 'done' });
    expect(await untilJob(next, ended)).toMatchObject({ state: 'done' });
    expect(await fixture.stores.users.count()).toBe(0);
  });

  it('a job whose row in the queue is gone is shown as failed, not as running for ever', async () => {
    const id = await enqueue();
    await fixture.database.pool.query('delete from pgboss.job where id = $1', [id]);

    await startWorker(async () => DONE);

    expect((await untilJob(id, ended)).state).toBe('failed');
  });
});
