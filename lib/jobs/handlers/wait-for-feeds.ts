import { setTimeout as wait } from 'node:timers/promises';
import type { JobId } from '../../core/model/ids.ts';
import type { JobState } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import type { JobContext } from '../contracts.ts';

const ENDED: readonly JobState[] = ['done', 'partial', 'failed', 'cancelled'];
const WAIT_MS = 250;

/** Waits for the feeds that were asked for together with the scan. However they end, the scan says what it had to go by. */
export async function waitForFeeds({ reads }: Dependencies, job: JobId, context: JobContext): Promise<void> {
  await context.progress([{ name: 'Wait for advisories', done: 0, total: null, state: 'running' }]);
  for (;;) {
    const state = (await reads.job(job))?.state;
    if (state === undefined || ENDED.includes(state)) return;
    await wait(WAIT_MS, undefined, { signal: context.signal });
  }
}
