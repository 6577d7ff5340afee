import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { ECOSYSTEMS, SEED, writeMirror } from './generated-estate.ts';

const RECORDS_EACH = 10_000;
const PUBLISHED = fileURLToPath(new URL('../../shared/data', import.meta.url));

export interface Mirror {
  readonly directory: string;
  readonly ecosystems: readonly string[];
  /** In words, for the table. */
  readonly what: string;
}

/** A mirror of generated records. */
export function generatedMirror(directory: string): Mirror {
  const mirror = join(directory, 'mirror');
  writeMirror(mirror, RECORDS_EACH);
  const records = `${(RECORDS_EACH * ECOSYSTEMS.length) / 1_000},000`;
  return { directory: mirror, ecosystems: [...ECOSYSTEMS], what: `${records} generated records, seed ${SEED}` };
}

/** Published records where a mirror of them stands beside the repository, else generated ones. */
export function largestMirror(directory: string): Mirror {
  if (!existsSync(join(PUBLISHED, 'osv'))) {
    return generatedMirror(directory);
  }
  const ecosystems = readdirSync(join(PUBLISHED, 'osv'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return { directory: PUBLISHED, ecosystems, what: 'published records of the shared mirror' };
}

/** Brings a mirror into a data directory. */
export async function syncMirror(mirror: Mirror, dataDirectory: string): Promise<number> {
  const { sources } = await syncFeeds({
    dataDirectory,
    from: mirror.directory,
    ecosystems: mirror.ecosystems,
    now: new Date('2026-11-24T12:00:00Z'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return sources.reduce((sum, { source, records }) => sum + (source.startsWith('osv/') ? records : 0), 0);
}

/** A data directory with an advisory index of generated records in force. */
export async function syncedIndex(directory: string): Promise<string> {
  const data = join(directory, 'data');
  await syncMirror(generatedMirror(directory), data);
  return data;
}
