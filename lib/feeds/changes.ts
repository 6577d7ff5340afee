import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Advisory } from '../core/model/advisory.ts';
import { PassingError, type RequestTimes } from '../http/retrying.ts';
import { FeedError } from './feed-error.ts';
import type { SkipCount } from './skip-count.ts';
import type { FeedOrigin } from './source.ts';
import { textAt } from './text-at.ts';

/** What a publisher's list says has changed since an earlier look at it. */
export interface ChangeList {
  /** Ids of records that are new or changed after the cursor. */
  readonly ids: readonly string[];
  /** Ids of records that are no more. */
  readonly removed: readonly string[];
  /** When the newest record of the whole list was changed; where the next list goes on. */
  readonly cursor: string;
  /** Where the list goes on after the whole archive was read, where that is older than the list. */
  readonly archivedAt: string | null;
}

export interface FeedAccess {
  readonly origin: FeedOrigin;
  readonly signal: AbortSignal;
  readonly times?: RequestTimes | undefined;
}

/** How a publisher lists what changed, and keeps each record by itself. */
export interface FeedChanges {
  /** The changes after `cursor` (ISO 8601); null where there is no list, which makes the whole archive the way. */
  since(place: string, cursor: string | null, access: FeedAccess): Promise<ChangeList | null>;
  /** The changed records. Throws an error of which `cannotBeHad` is true when one is listed and not there. */
  records(place: string, ids: readonly string[], skips: SkipCount, access: FeedAccess): AsyncIterable<Advisory>;
  /** OSV ecosystem of the records, without release. */
  ecosystemOf(place: string): string;
}

/** More changed records than this are quicker brought in with the whole archive. */
const CHANGED_MAX = 2_000;
/** Once a week everything is read anew, so that whatever a list of changes left out comes right. */
const WHOLE_DAYS = 7;
const CONCURRENCY = 8;

/** True where a list of changes may stand for the archive: few changes on top of an archive that was read lately. */
export function mayApply({ ids, removed }: ChangeList, wholeAt: string | undefined, now: Date): boolean {
  const at = wholeAt === undefined ? Number.NaN : Date.parse(wholeAt);
  return ids.length + removed.length <= CHANGED_MAX && now.getTime() - at < WHOLE_DAYS * 86_400_000;
}

/** Names the content that an earlier one becomes by the changes. */
export function digestAfter(sha256: string, { cursor, ids, removed }: ChangeList): string {
  return createHash('sha256')
    .update([sha256, cursor, ids.join(' '), ...(removed.length === 0 ? [] : [removed.join(' ')])].join(' '))
    .digest('hex');
}

/** True for what only keeps a list or a record away, so that the whole archive can stand for it. */
export function cannotBeHad(error: unknown): boolean {
  return error instanceof FeedError || error instanceof PassingError;
}

/** A file beside the archive: where a mirror has it, and where its publisher has it. */
export interface SmallFile {
  readonly mirrorPath: string;
  readonly url: URL;
  readonly bytesMax: number;
}

/** The text of a file of the mirror, or of the publisher. Throws an error of which `cannotBeHad` is true. */
export async function smallFile({ mirrorPath, url, bytesMax }: SmallFile, access: FeedAccess): Promise<string> {
  const { origin, signal, times } = access;
  if (origin !== null && 'directory' in origin) {
    try {
      return await readFile(join(origin.directory, mirrorPath), { encoding: 'utf8', signal });
    } catch (error) {
      signal.throwIfAborted();
      throw new FeedError(`${mirrorPath} cannot be read (${(error as Error).message})`);
    }
  }
  const target = origin === null ? url : new URL(mirrorPath.split('/').map(encodeURIComponent).join('/'), origin.url);
  return textAt(target, { bytesMax, signal, times });
}

/** The same, or null where it cannot be had: a mirror need not keep lists, and without them the archive is compared. */
export async function smallFileOrNull(file: SmallFile, access: FeedAccess): Promise<string | null> {
  try {
    return await smallFile(file, access);
  } catch (error) {
    access.signal.throwIfAborted();
    if (error instanceof FeedError) return null;
    throw error;
  }
}

/** The texts of many files, in order, a few at a time. */
export async function* smallFiles(files: readonly SmallFile[], access: FeedAccess): AsyncGenerator<string> {
  for (let at = 0; at < files.length; at += CONCURRENCY) {
    yield* await Promise.all(files.slice(at, at + CONCURRENCY).map((file) => smallFile(file, access)));
  }
}
