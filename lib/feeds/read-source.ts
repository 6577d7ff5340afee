import { statSync } from 'node:fs';
import type { EpssHeader } from '../core/advisories/epss.ts';
import type { SyncProgress } from '../core/ports/advisory-feeds.ts';
import type { RequestTimes } from '../http/retrying.ts';
import { createEpssPackWriter } from './advisory-index/epss-pack.ts';
import { type Filled, fillNvd, fillOsv } from './advisory-index/fill-osv.ts';
import { writeKevPack } from './advisory-index/kev-pack.ts';
import { createOsvPackWriter, openOsvPack } from './advisory-index/osv-pack.ts';
import type { SourceEntry } from './advisory-index/source-entry.ts';
import { readEpss } from './epss.ts';
import { ecosystemOf, type FeedName, repositoryOfFeed } from './feed-name.ts';
import { readKev } from './kev.ts';
import { readNvd } from './nvd.ts';
import { readOsv } from './osv.ts';
import { type ChangeList, changedRecords } from './osv-delta.ts';
import { createSkipCount, type SkipCount } from './skip-count.ts';
import type { FeedOrigin } from './source.ts';
import { readUpdateinfo } from './updateinfo.ts';

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

/** Reads one feed's file into a pack at `target`. Throws when the file as a whole cannot be used. */
export async function readSource(
  target: string,
  feed: FeedName,
  file: { readonly path: string; readonly sha256: string },
  options: ReadSourceOptions,
): Promise<SourceEntry> {
  const skips = createSkipCount();
  const before = markOf(file.path);
  const read = await readContent(target, feed, file.path, skips, options);
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
  const skips = createSkipCount();
  const pack = openOsvPack(basePath);
  const writer = createOsvPackWriter(target, { pack, replaced: new Set(changes.ids) });
  try {
    const advisories = changedRecords(feed, changes.ids, skips, options);
    const { records, newest } = await fillOsv(writer, ecosystemOf(feed) ?? '', advisories, skips);
    const last = newest === null || (base.newest !== null && base.newest > newest) ? base.newest : newest;
    const detail = { ...base.detail, cursor: changes.cursor };
    const read = { records, newest: last, detail };
    return entryOf(feed, sha256, read, skips, options.now);
  } finally {
    writer.abandon();
    pack.close();
  }
}

function entryOf(feed: FeedName, sha256: string, read: Read, skips: SkipCount, now: Date): SourceEntry {
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

async function readContent(
  target: string,
  feed: FeedName,
  path: string,
  skips: SkipCount,
  options: ReadSourceOptions,
): Promise<Read> {
  const repository = repositoryOfFeed(feed);
  const ecosystem = ecosystemOf(feed);
  if (repository !== null) {
    const pack = createOsvPackWriter(target);
    const advisories = readUpdateinfo(path, repository, skips, options.signal);
    return finishing(pack, async () => ({
      ...(await fillOsv(pack, repository.ecosystem, advisories, skips)),
      detail: {},
    }));
  }
  if (feed.startsWith('nvd/')) {
    const pack = createOsvPackWriter(target);
    return finishing(pack, async () => ({
      ...(await fillNvd(pack, readNvd(path, skips, options.signal))),
      detail: {},
    }));
  }
  if (ecosystem !== null) {
    const advisories = readOsv(path, skips, options.signal, progressOf(feed, options));
    const pack = createOsvPackWriter(target);
    return finishing(pack, async () => ({ ...(await fillOsv(pack, ecosystem, advisories, skips)), detail: {} }));
  }
  if (feed === 'kev') {
    const { version, released, entries } = await readKev(path, skips);
    writeKevPack(target, entries);
    return { records: entries.size, newest: released, detail: { version } };
  }
  const pack = createEpssPackWriter(target);
  return finishing(pack, async () => {
    let header: EpssHeader = { modelVersion: '', date: '' };
    const batches = readEpss(path, skips, options.signal, (stated) => {
      header = stated;
    });
    for await (const rows of batches) {
      for (const { id, score } of rows) {
        pack.add(id, score.probability, score.percentile);
      }
    }
    const records = pack.finish(header.date);
    return { records, newest: new Date(`${header.date}T00:00:00Z`), detail: { ...header } };
  });
}

async function finishing(pack: { abandon(): void }, fill: () => Promise<Read>): Promise<Read> {
  try {
    return await fill();
  } finally {
    pack.abandon();
  }
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
