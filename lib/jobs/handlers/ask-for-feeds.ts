import { isPublished } from '../../core/ecosystems/is-published.ts';
import type { PackageScanResult } from '../../core/model/scan-result.ts';
import type { Dependencies } from '../../operations/dependencies.ts';

/**
 * Asks for a sync where a scan met packages whose advisories exist and were never brought in. What they say opens findings by
 * itself, since a sync has stored inventories matched again. Says which ecosystems they are.
 */
export async function askForFeeds(deps: Dependencies, result: PackageScanResult): Promise<readonly string[]> {
  // Before the first sync nothing is there; whoever starts that gets them all.
  const missing =
    result.advisoryRevision === null ? [] : result.advisoryStates.filter(({ state }) => state === 'missing');
  const names = [...new Set(missing.map(({ ecosystem }) => ecosystem.split(':')[0] ?? ecosystem))].filter(isPublished);
  if (names.length > 0) {
    await deps.jobs.enqueue('sync-feeds', { ecosystems: [] }, { dedupeKey: 'sync-feeds' });
  }
  return names;
}
