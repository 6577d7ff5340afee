import type { FeedView } from '../../core/model/views.ts';
import { indexFiles } from './index-files.ts';
import { openRevision } from './open-advisory-index.ts';
import { revisionOf } from './schema.ts';
import { readSourceStates } from './source-state.ts';
import { type StoredSource, storedSources } from './stored-source.ts';

/** What the index holds of each source and how its last sync went, failures of sources that never succeeded included. */
export function feedStatus(dataDirectory: string): readonly FeedView[] {
  const states = readSourceStates(indexFiles(dataDirectory).state);
  const stored = new Map(sourcesInForce(dataDirectory).map((source) => [source.name, source]));
  return [...new Set([...stored.keys(), ...Object.keys(states)])].sort().map((name) => {
    const source = stored.get(name);
    const state = states[name];
    return {
      source: name,
      records: source?.records ?? 0,
      newestRecord: source?.newest ?? null,
      syncedAt: source === undefined ? null : (state?.checkedAt ?? source.syncedAt),
      lastError: state?.lastError ?? null,
      lastErrorAt: state?.lastErrorAt ?? null,
    };
  });
}

/** The sources of the revision in force; empty where there is none. */
export function sourcesInForce(dataDirectory: string): readonly StoredSource[] {
  const database = openRevision(dataDirectory);
  if (database === null) {
    return [];
  }
  try {
    return revisionOf(database) === null ? [] : storedSources(database, 'main');
  } finally {
    database.close();
  }
}
