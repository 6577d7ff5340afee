import { join } from 'node:path';
import { toAdvisory } from '../core/advisories/osv.ts';
import type { Advisory } from '../core/model/advisory.ts';
import {
  type ChangeList,
  type FeedAccess,
  type FeedChanges,
  type SmallFile,
  smallFileOrNull,
  smallFiles,
} from './changes.ts';
import type { SkipCount } from './skip-count.ts';
import { zipRecords } from './zip-records.ts';

/** Where OSV publishes: a folder for each ecosystem with its archive, its list of changes and its records. */
export const OSV_BUCKET = new URL('https://osv-vulnerabilities.storage.googleapis.com/');

const LIST_BYTES_MAX = 256 * 1024 * 1024;
const RECORD_BYTES_MAX = 32 * 1024 * 1024;
const LINE = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?),([^\s,]{2,128})$/;

/** OSV keeps a list of the ids of an ecosystem with the time of their last change, and each record by its id. */
export const osvChanges: FeedChanges = { since, records, ecosystemOf: (place) => place };

async function since(place: string, cursor: string | null, access: FeedAccess): Promise<ChangeList | null> {
  const text = await smallFileOrNull(fileOf(place, 'modified_id.csv', LIST_BYTES_MAX), access);
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
  return newest === '' ? null : { ids, removed: [], cursor: newest, archivedAt: null };
}

/** The changed records, read from the archive of a mirror directory or fetched one by one. */
async function* records(
  place: string,
  ids: readonly string[],
  skips: SkipCount,
  access: FeedAccess,
): AsyncGenerator<Advisory> {
  for await (const raw of rawRecords(place, ids, skips, access)) {
    const advisory = toAdvisory(raw);
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}

async function* rawRecords(
  place: string,
  ids: readonly string[],
  skips: SkipCount,
  access: FeedAccess,
): AsyncGenerator<unknown> {
  const { origin } = access;
  if (origin !== null && 'directory' in origin) {
    const wanted = new Set(ids.map((id) => `${id}.json`));
    for await (const { content } of zipRecords(join(origin.directory, 'osv', place, 'all.zip'), wanted)) {
      const text = content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : content;
      yield* parsed(text, skips);
    }
    return;
  }
  const files = ids.map((id) => fileOf(place, `${id}.json`, RECORD_BYTES_MAX));
  for await (const text of smallFiles(files, access)) {
    yield* parsed(text, skips);
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

function fileOf(place: string, name: string, bytesMax: number): SmallFile {
  const url = new URL(`${encodeURIComponent(place)}/${encodeURIComponent(name)}`, OSV_BUCKET);
  return { mirrorPath: `osv/${place}/${name}`, url, bytesMax };
}
