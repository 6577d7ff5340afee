import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { EpssHeader } from '../core/advisories/epss.ts';
import type { SyncProgress } from '../core/ports/advisory-feeds.ts';
import { type Filled, fillEpss, fillKev, fillOsv } from './advisory-index/fill-source.ts';
import type { SourceEntry } from './advisory-index/stored-source.ts';
import { readEpss } from './epss.ts';
import { ecosystemOf, type FeedName } from './feed-name.ts';
import { readKev } from './kev.ts';
import { readOsv } from './osv.ts';
import { createSkipCount, type SkipCount } from './skip-count.ts';

export interface ReadSourceOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
}

interface Read extends Filled {
  readonly detail: Readonly<Record<string, string>>;
}

const TOP_REASONS = 5;
const RECORDS_BETWEEN_PROGRESS = 500;

/** Reads one feed's file into the index under construction. Throws when the file as a whole cannot be used. */
export async function readSource(
  database: DatabaseSync,
  sourceNumber: number,
  feed: FeedName,
  file: { readonly path: string; readonly sha256: string },
  options: ReadSourceOptions,
): Promise<SourceEntry> {
  const skips = createSkipCount();
  const before = markOf(file.path);
  const read = await readContent(database, sourceNumber, feed, file.path, skips, options);
  if (markOf(file.path) !== before) {
    throw new Error('it was replaced while it was read');
  }
  // A mirror that serves an empty file must not wipe out what is known.
  if (read.records === 0) {
    throw new Error('it holds no record that can be read');
  }
  return {
    name: feed,
    sha256: file.sha256,
    records: read.records,
    skipped: skips.total(),
    reasons: skips.top(TOP_REASONS),
    newest: read.newest,
    syncedAt: options.now,
    detail: read.detail,
  };
}

async function readContent(
  database: DatabaseSync,
  sourceNumber: number,
  feed: FeedName,
  path: string,
  skips: SkipCount,
  options: ReadSourceOptions,
): Promise<Read> {
  const ecosystem = ecosystemOf(feed);
  if (ecosystem !== null) {
    const advisories = readOsv(path, skips, options.signal, progressOf(feed, options));
    return { ...(await fillOsv(database, sourceNumber, ecosystem, advisories, skips)), detail: {} };
  }
  if (feed === 'kev') {
    const { version, released, entries } = await readKev(path, skips);
    fillKev(database, entries);
    return { records: entries.size, newest: released, detail: { version } };
  }
  let header: EpssHeader = { modelVersion: '', date: '' };
  const rows = readEpss(path, skips, options.signal, (stated) => {
    header = stated;
  });
  const records = await fillEpss(database, rows);
  return { records, newest: new Date(`${header.date}T00:00:00Z`), detail: { ...header } };
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
