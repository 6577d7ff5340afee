import type { FeedView } from '../../core/model/views.ts';
import { indexFiles } from './index-files.ts';
import { revisionInForce } from './revision.ts';
import { readSourceStates } from './source-state.ts';

/** What the index holds of each source and how its last sync went, failures of sources that never succeeded included. */
export function feedStatus(dataDirectory: string): readonly FeedView[] {
  const files = indexFiles(dataDirectory);
  const states = readSourceStates(files.state);
  const stored = new Map((revisionInForce(files)?.sources ?? []).map((source) => [source.name, source]));
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
