import { join } from 'node:path';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { ECOSYSTEMS, writeMirror } from './generated-estate.ts';

const RECORDS_EACH = 10_000;

/** A data directory with an advisory index of generated records in force. */
export async function syncedIndex(directory: string): Promise<string> {
  const mirror = join(directory, 'mirror');
  const dataDirectory = join(directory, 'data');
  writeMirror(mirror, RECORDS_EACH);
  await syncFeeds({
    dataDirectory,
    from: mirror,
    ecosystems: [...ECOSYSTEMS],
    now: new Date('2026-11-24T12:00:00Z'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return dataDirectory;
}
