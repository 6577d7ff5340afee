import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toAdvisory } from '../core/advisories/osv.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { REQUEST_TIMES, type RequestTimes, retrying } from '../http/retrying.ts';
import { FeedError } from './feed-error.ts';
import { type FeedName, OSV_BUCKET } from './feed-name.ts';
import { get } from './request.ts';
import type { SkipCount } from './skip-count.ts';
import type { FeedOrigin } from './source.ts';
import { zipRecords } from './zip-records.ts';

/** More changed records than this are quicker brought in with the whole archive. */
const CHANGED_MAX = 2_000;
const LIST_BYTES_MAX = 256 * 1024 * 1024;
const RECORD_BYTES_MAX = 32 * 1024 * 1024;
const CONCURRENCY = 8;
/** Once a week everything is read anew, so that whatever a list of changes left out comes right. */
const WHOLE_DAYS = 7;
const LINE = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?),([^\s,]{2,128})$/;

export interface ChangeList {
  /** Ids changed after the cursor. */
  readonly ids: readonly string[];
  /** When the newest record of the whole list was changed; where the next list goes on. */
  readonly cursor: string;
}

interface Access {
  readonly origin: FeedOrigin;
  readonly signal: AbortSignal;
  readonly times?: RequestTimes | undefined;
}

/** Records of an ecosystem that changed after `cursor` (ISO 8601), from its modified_id.csv; null where there is none. */
export async function changesSince(feed: FeedName, cursor: string | null, access: Access): Promise<ChangeList | null> {
  const text = await textOf(`${feed}/modified_id.csv`, LIST_BYTES_MAX, access).catch((error: unknown) => {
    access.signal.throwIfAborted();
    // A mirror need not keep the list, and without it the whole archive is compared.
    if (error instanceof FeedError) return null;
    throw error;
  });
  if (text === null) {
    return null;
  }
  const ids: string[] = [];
  let newest = cursor ?? '';
  for (const line of text.split('\n')) {
    const [, at, id] = LINE.exec(line.trim()) ?? [];
    if (at !== undefined && id !== undefined) {
      if (at > newest) {
        newest = at;
      }
      if (cursor !== null && at > cursor) {
        ids.push(id);
      }
    }
  }
  return newest === '' ? null : { ids, cursor: newest };
}

/** True where a list of changes may stand for the archive: few changes on top of an archive that was read lately. */
export function mayApply(changes: ChangeList, wholeAt: string | undefined, now: Date): boolean {
  const at = wholeAt === undefined ? Number.NaN : Date.parse(wholeAt);
  return changes.ids.length <= CHANGED_MAX && now.getTime() - at < WHOLE_DAYS * 86_400_000;
}

/** Names the content that an earlier one becomes by the changes. */
export function digestAfter(sha256: string, changes: ChangeList): string {
  return createHash('sha256')
    .update(`${sha256} ${changes.cursor} ${changes.ids.join(' ')}`)
    .digest('hex');
}

/** The changed records, read from the archive of a mirror directory or fetched one by one. */
export async function* changedRecords(
  feed: FeedName,
  ids: readonly string[],
  skips: SkipCount,
  access: Access,
): AsyncGenerator<Advisory> {
  for await (const raw of rawRecords(feed, ids, skips, access)) {
    const advisory = toAdvisory(raw);
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}

async function* rawRecords(
  feed: FeedName,
  ids: readonly string[],
  skips: SkipCount,
  access: Access,
): AsyncGenerator<unknown> {
  const { origin } = access;
  if (origin !== null && 'directory' in origin) {
    const wanted = new Set(ids.map((id) => `${id}.json`));
    for await (const { content } of zipRecords(join(origin.directory, feed, 'all.zip'), wanted)) {
      const text = content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : content;
      yield* parsed(text, skips);
    }
    return;
  }
  for (let at = 0; at < ids.length; at += CONCURRENCY) {
    const texts = await Promise.all(
      ids.slice(at, at + CONCURRENCY).map((id) => textOf(`${feed}/${id}.json`, RECORD_BYTES_MAX, access)),
    );
    for (const text of texts) {
      yield* parsed(text, skips);
    }
  }
}

function* parsed(text: string | { readonly refused: string }, skips: SkipCount): Generator<unknown> {
  if (typeof text !== 'string') {
    skips.add(text.refused);
    return;
  }
  try {
    yield JSON.parse(text);
  } catch {
    skips.add('is not JSON');
  }
}

/** A small file of the mirror, or of the publisher's bucket. Throws FeedError when it is not there or too large. */
async function textOf(path: string, bytesMax: number, { origin, signal, times }: Access): Promise<string> {
  if (origin !== null && 'directory' in origin) {
    try {
      return await readFile(join(origin.directory, path), { encoding: 'utf8', signal });
    } catch (error) {
      signal.throwIfAborted();
      throw new FeedError(`${path} cannot be read (${(error as Error).message})`);
    }
  }
  const place = path.split('/').map(encodeURIComponent).join('/');
  const url = origin === null ? new URL(place.slice('osv/'.length), OSV_BUCKET) : new URL(place, origin.url);
  const settings = times ?? REQUEST_TIMES;
  return retrying(
    async () => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(settings.silenceMilliseconds)]);
      const response = await get(url, {}, limit);
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new FeedError(`${url.host} answered ${response.status} for ${path}`);
      }
      if (Number(response.headers.get('content-length') ?? 0) > bytesMax) {
        await response.body?.cancel();
        throw new FeedError(`${path} is larger than ${bytesMax} bytes`);
      }
      return response.text();
    },
    settings,
    signal,
  );
}
