import type { SyncReport } from '../../core/ports/advisory-feeds.ts';
import type { Dependencies } from '../../operations/dependencies.ts';

/**
 * Asks for a new match of stored inventories, if any of them holds a package that the sync brought news about. What is
 * compared is not whether this sync changed something but whether the inventories are behind the revision in force: a
 * worker that was killed between the two, or a sync on the command line, leaves the rest to the next sync.
 *
 * New scores of exploitation alone (KEV, EPSS) name no package and ask for nothing: what they change is a score, and the
 * next scan or match of the resource takes it over.
 */
export async function askForRematch(deps: Dependencies, report: SyncReport): Promise<boolean> {
  const { revision, previous, changedKeys } = report;
  const matched = await deps.inventories.matchedRevision();
  if (revision === null) {
    return false;
  }
  const isBehind = matched !== revision;
  const keys = matched === previous ? changedKeys : 'everything';
  for await (const _concerned of isBehind ? deps.inventories.withPackage(keys) : []) {
    // One job for each revision: a job that runs already may have looked at the one before.
    await deps.jobs.enqueue('rematch-advisories', {}, { dedupeKey: revision });
    return true;
  }
  // Also without news: the advisories were looked at today, and so were all that is matched with them.
  await deps.inventories.saveMatchedRevision(revision, deps.advisories().ecosystems(), deps.clock.now());
  return false;
}
