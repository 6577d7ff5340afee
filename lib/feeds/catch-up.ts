import { renameSync, rmSync } from 'node:fs';
import type { SourceEntry } from './advisory-index/source-entry.ts';
import { cannotBeHad, digestAfter, type FeedAccess, mayApply } from './changes.ts';
import { type FeedName, kindOf, placeOf } from './feed-name.ts';
import { type ReadSourceOptions, readDelta } from './read-source.ts';

/**
 * Puts what changed since an archive was made on top of the pack that was read from it, at the same path. Where a change
 * cannot be had, or there are too many, the archive stands as it is and the next sync tries again.
 */
export async function catchUp(
  path: string,
  feed: FeedName,
  archive: SourceEntry,
  options: ReadSourceOptions & FeedAccess,
): Promise<SourceEntry> {
  const { listsChanges } = kindOf(feed);
  const { cursor, wholeAt } = archive.detail;
  if (listsChanges === false || cursor === undefined) {
    return archive;
  }
  const changes = await listsChanges.since(placeOf(feed), cursor, options).catch(nullIfAway);
  const isEmpty = changes === null || changes.ids.length + changes.removed.length === 0;
  if (isEmpty || !mayApply(changes, wholeAt, options.now)) {
    return archive;
  }
  const basePath = `${path}.archive.pack`;
  renameSync(path, basePath);
  try {
    const delta = { changes, sha256: digestAfter(archive.sha256, changes), basePath, base: archive };
    const entry = await readDelta(path, feed, delta, options);
    return { ...entry, skipped: archive.skipped + entry.skipped, reasons: together(archive.reasons, entry.reasons) };
  } catch (error) {
    if (!cannotBeHad(error)) {
      throw error;
    }
    renameSync(basePath, path);
    return archive;
  } finally {
    rmSync(basePath, { force: true });
  }
}

function nullIfAway(error: unknown): null {
  if (!cannotBeHad(error)) {
    throw error;
  }
  return null;
}

/** The counts of both, each reason once. */
function together(...lists: readonly SourceEntry['reasons'][]): SourceEntry['reasons'] {
  const counts = new Map<string, number>();
  for (const { reason, count } of lists.flat()) {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
