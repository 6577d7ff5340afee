import type { JobId } from '../../core/model/ids.ts';
import type { EnqueueOptions } from '../../jobs/contracts.ts';
import type { Dependencies } from '../dependencies.ts';

/**
 * The feed job that a scan has to wait for, because without any advisories it could prove nothing; null where there are some.
 */
export async function askForFirstFeeds(
  { jobs, advisories }: Dependencies,
  asked: Pick<EnqueueOptions, 'requestedBy' | 'priority'>,
): Promise<JobId | null> {
  return advisories().revision() === null
    ? jobs.enqueue('sync-feeds', { ecosystems: [] }, { ...asked, dedupeKey: 'sync-feeds' })
    : null;
}
