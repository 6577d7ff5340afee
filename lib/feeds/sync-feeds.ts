import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import type { SourceReport, SyncReport, SyncRequest } from '../core/ports/advisory-feeds.ts';
import { reasonOf } from '../http/reason-of.ts';
import type { RequestTimes } from '../http/retrying.ts';
import { changedKeys } from './advisory-index/changed-keys.ts';
import {
  buildingPath,
  type IndexFiles,
  indexFiles,
  placePack,
  putInForce,
  readPointer,
  removeLeftovers,
  replaceFile,
  revisionPath,
} from './advisory-index/index-files.ts';
import { openRevision } from './advisory-index/open-advisory-index.ts';
import {
  packName,
  type Revision,
  readRevision,
  revisionInForce,
  revisionName,
  revisionText,
  type StoredSource,
} from './advisory-index/revision.ts';
import type { SourceEntry } from './advisory-index/source-entry.ts';
import { readSourceStates, writeSourceStates } from './advisory-index/source-state.ts';
import { takeSyncLock } from './advisory-index/sync-lock.ts';
import { catchUp } from './catch-up.ts';
import { type ChangeList, cannotBeHad, digestAfter, mayApply } from './changes.ts';
import { FeedError } from './feed-error.ts';
import {
  DEFAULT_ECOSYSTEMS,
  ecosystemOf,
  type FeedName,
  feedsOfEcosystem,
  feedTitle,
  kindOf,
  placeOf,
  SIGNAL_FEEDS,
} from './feed-name.ts';
import { readDelta, readSource } from './read-source.ts';
import { type FeedFile, type FeedOrigin, feedOrigin, openFeed } from './source.ts';

export interface SyncFeedsOptions extends SyncRequest {
  readonly dataDirectory: string;
  /** A directory or base URL that mirrors the feeds; null for the publishers' own addresses. */
  readonly from: string | null;
  readonly now: Date;
  readonly times?: RequestTimes;
}

/** One source on its way through a sync. */
interface Passage {
  readonly feed: FeedName;
  readonly held: StoredSource | null;
  file: FeedFile | null;
  /** What the publisher's list of changes says; null where there is none. */
  changes: ChangeList | null;
  isDelta: boolean;
  report: SourceReport | null;
  milliseconds: number;
}

/**
 * Brings the feeds into a new revision of the advisory index and puts it in force in one step. A source that fails
 * keeps its earlier content; the others go on. Throws AppError when another sync runs or the disk is full.
 */
export async function syncFeeds(options: SyncFeedsOptions): Promise<SyncReport> {
  const files = indexFiles(options.dataDirectory);
  const started = performance.now();
  try {
    mkdirSync(files.directory, { recursive: true });
    const unlock = takeSyncLock(files.lock);
    try {
      clearUp(files);
      const before = readPointer(files)?.revision ?? null;
      const passages = await syncSources(files, options);
      const revision = readPointer(files)?.revision ?? null;
      recordStates(files, options.now, passages);
      return {
        revision,
        changed: revision !== before,
        previous: before,
        changedKeys: changedKeys(files, before, revision),
        sources: passages.flatMap(({ report }) => (report === null ? [] : [report])),
        startedAt: options.now,
        endedAt: new Date(options.now.getTime() + performance.now() - started),
      };
    } finally {
      unlock();
    }
  } catch (error) {
    throw asDiskError(error, options.dataDirectory);
  }
}

async function syncSources(files: IndexFiles, options: SyncFeedsOptions): Promise<readonly Passage[]> {
  const inForce = wholeRevision(files);
  const held = inForce?.sources ?? [];
  const passages = feedsOf(options, held).map(
    (feed): Passage => ({
      feed,
      held: held.find((source) => source.name === feed) ?? null,
      file: null,
      changes: null,
      isDelta: false,
      report: null,
      milliseconds: 0,
    }),
  );
  for (const { feed } of passages) {
    options.onProgress({ source: feed, step: 'waiting', done: 0, total: null });
  }
  for (const passage of passages) {
    await timed(passage, options, () => fetchOne(passage, files, options));
  }
  if (passages.some(({ file, isDelta }) => file?.path != null || isDelta)) {
    await buildRevision(files, options, passages, held);
  }
  for (const passage of passages) {
    passage.report ??= keptReport(passage, 'unchanged', null);
    if (passage.report.state !== 'failed' && options.from === null) {
      await rm(passage.file?.path ?? '', { force: true });
    }
  }
  return passages;
}

/** Plain syncs refresh what the index holds besides the configured set, so nothing that someone added grows old. */
function feedsOf({ ecosystems, also = [] }: SyncRequest, held: readonly StoredSource[]): readonly FeedName[] {
  const inIndex = held.flatMap(({ name }) => ecosystemOf(name) ?? []);
  const wanted = ecosystems.length > 0 ? ecosystems : [...DEFAULT_ECOSYSTEMS, ...also, ...inIndex];
  return [...new Set<FeedName>([...wanted.flatMap(feedsOfEcosystem), ...SIGNAL_FEEDS])];
}

async function fetchOne(passage: Passage, files: IndexFiles, options: SyncFeedsOptions): Promise<void> {
  const origin = feedOrigin(options.from);
  const cursor = passage.held?.detail.cursor ?? null;
  const access = { origin, signal: options.signal, times: options.times };
  const { listsChanges } = kindOf(passage.feed);
  const changes = listsChanges === false ? null : await listsChanges.since(placeOf(passage.feed), cursor, access);
  const applies = changes !== null && cursor !== null && mayApply(changes, passage.held?.detail.wholeAt, options.now);
  passage.changes = changes === null || applies ? changes : { ...changes, ids: [], removed: [] };
  passage.isDelta = applies && changes.ids.length + changes.removed.length > 0;
  if (applies && passage.held !== null && !isDirectory(origin)) {
    // The archive need not be fetched: what changed comes record by record, if anything did.
    const { sha256 } = passage.held;
    passage.file = { sha256: passage.isDelta ? digestAfter(sha256, changes) : sha256, bytes: 0, path: null };
  } else {
    await fetchWhole(passage, files, options);
  }
  if (passage.file?.path === null && !passage.isDelta) {
    options.onProgress({ source: passage.feed, step: 'done', done: passage.held?.records ?? 0, total: null });
  }
}

function isDirectory(origin: FeedOrigin): boolean {
  return origin !== null && 'directory' in origin;
}

async function fetchWhole(passage: Passage, files: IndexFiles, options: SyncFeedsOptions): Promise<void> {
  passage.file = await openFeed(passage.feed, {
    origin: feedOrigin(options.from),
    downloads: files.downloads,
    knownSha256: passage.held?.sha256 ?? null,
    signal: options.signal,
    ...(options.times === undefined ? {} : { times: options.times }),
    onBytes: (done, total) => options.onProgress({ source: passage.feed, step: 'fetch', done, total }),
  });
  // The same archive as before has nothing new, whatever the list beside it says.
  passage.isDelta &&= passage.file.path !== null;
}

/** The revision in force, if all of it opens: what is damaged is built anew rather than carried over. */
function wholeRevision(files: IndexFiles): Revision | null {
  const inForce = revisionInForce(files);
  const opened = inForce === null ? null : openRevision(files, inForce.revision, true);
  opened?.close();
  return opened?.revision ?? null;
}

async function buildRevision(
  files: IndexFiles,
  options: SyncFeedsOptions,
  passages: readonly Passage[],
  held: readonly StoredSource[],
): Promise<void> {
  const sources = new Map(held.map((source) => [source.name, source]));
  try {
    for (const passage of passages) {
      await timed(passage, options, async () => {
        const built = await buildOne(files, passage, options);
        if (built !== null) {
          sources.set(built.name, built);
        }
      });
    }
    if (passages.some(({ report }) => report?.state === 'updated')) {
      swap(files, [...sources.values()]);
    }
  } finally {
    rmSync(buildingPath(files), { force: true });
  }
}

/** Puts the sources in force as one revision, provided that every pack of it opens; else the one in force stays. */
function swap(files: IndexFiles, sources: readonly StoredSource[]): void {
  const revision = revisionName(sources);
  const text = revisionText(sources);
  replaceFile(revisionPath(files, revision), text);
  const opened = openRevision(files, revision, true);
  if (opened === null) {
    throw new AppError(
      'unavailable',
      'The new advisory index could not be read back, so the earlier one stays in force. Run the sync again; if it fails again, the disk of HARRIER_DATA may be faulty.',
    );
  }
  opened.close();
  putInForce(files, revision, text);
  clearUp(files);
}

function clearUp(files: IndexFiles): void {
  removeLeftovers(files, (name) => readRevision(files, name)?.sources.map(({ pack }) => pack) ?? []);
}

async function buildOne(files: IndexFiles, passage: Passage, options: SyncFeedsOptions): Promise<StoredSource | null> {
  const { feed, file, held } = passage;
  if (file === null || (file.path === null && !passage.isDelta)) {
    return held === null ? null : { ...held, syncedAt: options.now };
  }
  const started = performance.now();
  const building = buildingPath(files);
  const entry = await readPassage(building, passage, file, files, options);
  const pack = packName(feed, entry.sha256);
  placePack(files, building, pack);
  passage.report = {
    source: feed,
    state: 'updated',
    records: entry.records,
    skipped: entry.skipped,
    skippedReasons: entry.reasons,
    newestRecord: entry.newest,
    seconds: (passage.milliseconds + performance.now() - started) / 1000,
    error: null,
  };
  options.onProgress({ source: feed, step: 'done', done: entry.records, total: entry.records });
  return { ...entry, pack };
}

async function readPassage(
  building: string,
  passage: Passage,
  file: FeedFile,
  files: IndexFiles,
  options: SyncFeedsOptions,
): Promise<SourceEntry> {
  const { feed, held, changes } = passage;
  if (passage.isDelta && held !== null && changes !== null) {
    const basePath = join(files.directory, held.pack);
    const delta = { changes, sha256: file.sha256, basePath, base: held };
    try {
      return await readDelta(building, feed, delta, { ...options, origin: feedOrigin(options.from) });
    } catch (error) {
      if (!cannotBeHad(error) || file.path !== null) {
        throw error;
      }
      // A record that is listed and cannot be had must not keep the others away: the whole archive has them.
      passage.isDelta = false;
      await fetchWhole(passage, files, options);
    }
  }
  const whole = passage.file ?? file;
  const entry = await readSource(building, feed, { path: whole.path ?? '', sha256: whole.sha256 }, options);
  const cursor = changes?.archivedAt ?? changes?.cursor;
  const mark = cursor === undefined ? {} : { cursor, wholeAt: options.now.toISOString() };
  const archive = { ...entry, detail: { ...entry.detail, ...mark } };
  const isOlder = changes !== null && changes.archivedAt !== null;
  return isOlder ? catchUp(building, feed, archive, { ...options, origin: feedOrigin(options.from) }) : archive;
}

/** Runs one step of a source. Its failure becomes its report; a full disk or an abort ends the whole sync. */
async function timed(passage: Passage, options: SyncFeedsOptions, step: () => Promise<void>): Promise<void> {
  const started = performance.now();
  try {
    await step();
  } catch (error) {
    options.signal.throwIfAborted();
    if (isDiskFull(error)) {
      throw error;
    }
    const sentence =
      error instanceof FeedError
        ? error.message
        : `${feedTitle(passage.feed)} could not be read: ${reasonOf(error)}. The earlier content is kept; run the sync again, or complete the mirror that HARRIER_FEEDS names.`;
    passage.report = keptReport(passage, 'failed', sentence);
    options.onProgress({ source: passage.feed, step: 'failed', done: 0, total: null });
  } finally {
    passage.milliseconds += performance.now() - started;
  }
}

function keptReport(passage: Passage, state: 'unchanged' | 'failed', error: string | null): SourceReport {
  return {
    source: passage.feed,
    state,
    records: passage.held?.records ?? 0,
    skipped: passage.held?.skipped ?? 0,
    skippedReasons: passage.held?.reasons ?? [],
    newestRecord: passage.held?.newest ?? null,
    seconds: passage.milliseconds / 1000,
    error,
  };
}

function recordStates(files: IndexFiles, now: Date, passages: readonly Passage[]): void {
  const states = { ...readSourceStates(files.state) };
  for (const { feed, report } of passages) {
    const failed = report?.state === 'failed';
    states[feed] = {
      checkedAt: failed ? (states[feed]?.checkedAt ?? null) : now,
      lastError: failed ? report.error : null,
      lastErrorAt: failed ? now : null,
    };
  }
  writeSourceStates(files.state, states);
}

function isDiskFull(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function asDiskError(error: unknown, dataDirectory: string): unknown {
  const { code } = error as { code?: string };
  if (isDiskFull(error)) {
    return new AppError(
      'unavailable',
      `The disk of HARRIER_DATA (${dataDirectory}) is full. Free some space and sync again; the earlier advisories stay in force.`,
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new AppError(
      'unavailable',
      `HARRIER_DATA (${dataDirectory}) cannot be written. Give this account the right to, or name another directory.`,
    );
  }
  return error;
}
