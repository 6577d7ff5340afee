import { statSync } from 'node:fs';
import type { SyncProgress } from '../core/ports/advisory-feeds.ts';
import type { RequestTimes } from '../http/retrying.ts';
import { fillOsv } from './advisory-index/fill-osv.ts';
import { openOsvPack } from './advisory-index/osv-pack.ts';
import { createOsvPackWriter } from './advisory-index/osv-pack-writer.ts';
import type { SourceEntry } from './advisory-index/source-entry.ts';
import type { ChangeList } from './changes.ts';
import { FeedError } from './feed-error.ts';
import { type FeedName, kindOf, placeOf } from './feed-name.ts';
import type { ReadFeed } from './kinds/feed-kind.ts';
import { createSkipCount, type SkipCount } from './skip-count.ts';
import type { FeedOrigin } from './source.ts';

export interface ReadSourceOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
}

const TOP_REASONS = 5;
const RECORDS_BETWEEN_PROGRESS = 500;

/** Reads one feed's file into a pack at `target`. Throws when the file as a whole cannot be used. */
export async function readSource(
  target: string,
  feed: FeedName,
  file: { readonly path: string; readonly sha256: string },
  options: ReadSourceOptions,
): Promise<SourceEntry> {
  const skips = createSkipCount();
  const before = markOf(file.path);
  const { now, signal } = options;
  // A file from a clock that goes wrong is not newer than the day on which it was read.
  const asOf = new Date(Math.min(statSync(file.path).mtimeMs, now.getTime()));
  const reading = { target, path: file.path, skips, now, asOf, signal, onRecord: progressOf(feed, options) };
  const read = await kindOf(feed).read(placeOf(feed), reading);
  if (markOf(file.path) !== before) {
    throw new Error('it was replaced while it was read');
  }
  // A mirror that serves an empty file must not wipe out what is known.
  if (read.records === 0) {
    const [top] = skips.top(1);
    const why = top === undefined ? '' : ` (${top.reason}: ${top.count})`;
    throw new Error(`it holds no record that can be used${why}`);
  }
  return entryOf(feed, file.sha256, read, skips, options.now);
}

/** What a list of changes makes of an earlier pack. */
export interface DeltaFile {
  readonly changes: ChangeList;
  readonly sha256: string;
  /** The pack that the changes are put on top of, and what is recorded of it. */
  readonly basePath: string;
  readonly base: SourceEntry;
}

/** Writes a pack that holds an earlier one with the changed records in the place of their former versions. */
export async function readDelta(
  target: string,
  feed: FeedName,
  { changes, sha256, basePath, base }: DeltaFile,
  options: ReadSourceOptions & { readonly origin: FeedOrigin; readonly times?: RequestTimes | undefined },
): Promise<SourceEntry> {
  const { listsChanges } = kindOf(feed);
  if (listsChanges === false) {
    throw new FeedError(`${feed} has no list of changes`);
  }
  const skips = createSkipCount();
  const pack = openOsvPack(basePath);
  const writer = createOsvPackWriter(target, { pack, replaced: new Set([...changes.ids, ...changes.removed]) });
  try {
    const place = placeOf(feed);
    const advisories = listsChanges.records(place, changes.ids, skips, options);
    const { records, newest } = await fillOsv(writer, listsChanges.ecosystemOf(place), advisories, skips, options.now);
    const last = newest === null || (base.newest !== null && base.newest > newest) ? base.newest : newest;
    const detail = { ...base.detail, cursor: changes.cursor };
    const read = { records, newest: last, detail };
    return entryOf(feed, sha256, read, skips, options.now);
  } finally {
    writer.abandon();
    pack.close();
  }
}

function entryOf(feed: FeedName, sha256: string, read: ReadFeed, skips: SkipCount, now: Date): SourceEntry {
  return {
    name: feed,
    sha256,
    records: read.records,
    skipped: skips.total(),
    reasons: skips.top(TOP_REASONS),
    newest: read.newest,
    syncedAt: now,
    detail: read.detail,
  };
}

function progressOf(feed: FeedName, options: ReadSourceOptions): (total: number) => void {
  let done = 0;
  return (total) => {
    done += 1;
    if (done % RECORDS_BETWEEN_PROGRESS === 0) {
      options.onProgress({ source: feed, step: 'read', done, total });
    }
  };
}

function markOf(path: string): string {
  const { ino, size, mtimeMs } = statSync(path);
  return `${ino} ${size} ${mtimeMs}`;
}
