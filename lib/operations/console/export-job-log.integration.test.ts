import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../core/model/permissions.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { runOperation } from '../operation.ts';
import { exportJobLog } from './export-job-log.ts';

const JOB = '00000000-0000-4000-8000-00000000000a';
const OTHER = '00000000-0000-4000-8000-00000000000b';
let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  for (const id of [JOB, OTHER]) {
    await fixture.database.pool.query(
      `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-estate', 'x', 'done', '{}', now())`,
      [id],
    );
  }
  await fixture.database.pool.query(
    `insert into job_log (job_id, at, level, text)
     select case when n % 2 = 0 then $1::uuid else $2::uuid end, '2026-11-28T12:00:00Z', 'info', 'line ' || n
     from generate_series(0, 9999) n`,
    [JOB, OTHER],
  );
});

afterAll(() => fixture.close());

function asked(id: string) {
  const deps = storeDependencies(fixture, () => new Date());
  const caller: Caller = {
    userId: 'u',
    name: 'u',
    email: 'u@example.com',
    role: 'viewer',
    accounts: null,
    sessionId: 'none',
  };
  return runOperation(exportJobLog, deps, caller, exportJobLog.parse({ id }));
}

it('the file of a job has every line that it noted, in order, and none of another', async () => {
  const { name, parts } = await asked(JOB);
  let text = '';
  for await (const part of parts) text += part;
  expect(name).toMatch(/^job-\d+\.txt$/);
  expect(text.trimEnd().split('\n')).toEqual(
    Array.from({ length: 5_000 }, (_, at) => `2026-11-28T12:00:00.000Z info    line ${at * 2}`),
  );
});

it('a job that is not there has no file', async () => {
  await expect(asked('00000000-0000-4000-8000-00000000000c')).rejects.toThrow('There is no such job.');
});
