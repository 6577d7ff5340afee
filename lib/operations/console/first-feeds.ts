import type { JobId } from '../../core/model/ids.ts';
import type { EnqueueOptions } from '../../jobs/contracts.ts';
import type { Dependencies } from '../dependencies.ts';

/**
 * Without any advisories a scan could prove nothing, so the feeds are asked for and the scan waits for them. Null where there
 * are some.
 */
export async function firstFeeds(deps: Dependencies, asked: EnqueueOptions): Promise<JobId | null> {
  return deps.advisories().revision() === null
    ? deps.jobs.enqueue('sync-feeds', { ecosystems: [] }, { ...asked, dedupeKey: 'sync-feeds' })
    : null;
}
