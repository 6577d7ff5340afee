import { DatabaseSync } from 'node:sqlite';
import type { Advisory, AffectedPackage, EpssScore, KevEntry, SeverityStatement } from '../../core/model/advisory.ts';
import type { PackageKey } from '../../core/model/ids.ts';
import type { AdvisoryIndex, VulnerabilitySignals } from '../../core/ports/advisory-index.ts';
import { decodeAffected, decodeHead } from './advisory-record.ts';
import { indexFiles, readPointer, revisionPath } from './index-files.ts';
import { revisionOf } from './schema.ts';
import { readSourceStates, type SourceStates } from './source-state.ts';
import { storedSources } from './stored-source.ts';

const EMPTY: AdvisoryIndex = {
  revision: () => null,
  find: () => new Map(),
  signals: () => new Map(),
  ecosystems: () => [],
  close: () => undefined,
};

/** The index in force, read-only; an empty one (revision null) where nothing was synced or the format is another. */
export function openAdvisoryIndex(dataDirectory: string): AdvisoryIndex {
  const database = openRevision(dataDirectory);
  const revision = database === null ? null : revisionOf(database);
  if (database === null || revision === null) {
    database?.close();
    return EMPTY;
  }
  return {
    revision: () => revision,
    find: finder(database),
    signals: signaller(database),
    ecosystems: () => ecosystemsOf(database, readSourceStates(indexFiles(dataDirectory).state)),
    close() {
      if (database.isOpen) {
        database.close();
      }
    },
  };
}

/** The database of the revision in force; null where there is none. */
export function openRevision(dataDirectory: string): DatabaseSync | null {
  const files = indexFiles(dataDirectory);
  // A sync may replace the pointer and remove the file between the two steps; the second look finds the new one.
  for (let tries = 0; tries < 2; tries += 1) {
    const pointer = readPointer(files);
    if (pointer === null) {
      return null;
    }
    try {
      const database = new DatabaseSync(revisionPath(files, pointer.revision), { readOnly: true });
      database.exec('PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16384');
      return database;
    } catch {
      // Looked at again above; a file that stays unreadable counts as "nothing synced", which every reader reports.
    }
  }
  return null;
}

function finder(database: DatabaseSync): AdvisoryIndex['find'] {
  const select = database.prepare(
    'SELECT f.advisory, f.body, a.head FROM affects f JOIN advisory a ON a.n = f.advisory WHERE f.key = ?',
  );
  select.setReturnArrays(true);
  return (keys) => {
    // An advisory that several of the keys lead to is one object, with what it says of each of them.
    const seen = new Map<number, { readonly advisory: Advisory; readonly affected: AffectedPackage[] }>();
    const found = new Map<PackageKey, readonly Advisory[]>();
    for (const key of new Set(keys)) {
      const advisories: Advisory[] = [];
      for (const row of select.iterate(key) as Iterable<unknown>) {
        const [number, body, head] = row as [number, string, unknown];
        const known = seen.get(number) ?? withAffected(head);
        seen.set(number, known);
        known.affected.push(...decodeAffected(body));
        advisories.push(known.advisory);
      }
      if (advisories.length > 0) {
        found.set(
          key,
          advisories.sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
      }
    }
    return found;
  };
}

function withAffected(head: unknown): { readonly advisory: Advisory; readonly affected: AffectedPackage[] } {
  const affected: AffectedPackage[] = [];
  return { advisory: { ...decodeHead(head), affected }, affected };
}

function signaller(database: DatabaseSync): AdvisoryIndex['signals'] {
  const epss = database.prepare('SELECT probability, percentile FROM epss WHERE cve = ?');
  epss.setReturnArrays(true);
  const kev = database.prepare('SELECT entry FROM kev WHERE cve = ?');
  kev.setReturnArrays(true);
  const ratings = database.prepare(
    'SELECT DISTINCT type, value, publisher FROM rating WHERE vulnerability = ? ORDER BY publisher, type, value',
  );
  ratings.setReturnArrays(true);
  const date = storedSources(database, 'main').find((source) => source.name === 'epss')?.detail.date ?? '';
  return (ids) => {
    const found = new Map<string, VulnerabilitySignals>();
    for (const id of new Set(ids)) {
      const score = epss.get(id) as [number, number] | undefined;
      const entry = kev.get(id) as [string] | undefined;
      const severities = (ratings.all(id) as unknown as [SeverityStatement['type'], string, string][]).map(
        ([type, value, source]) => ({ type, value, source }),
      );
      if (score !== undefined || entry !== undefined || severities.length > 0) {
        found.set(id, {
          epss: score === undefined ? null : toScore(score, date),
          kev: entry === undefined ? null : (JSON.parse(entry[0]) as KevEntry),
          severities,
        });
      }
    }
    return found;
  };
}

function toScore([probability, percentile]: [number, number], date: string): EpssScore {
  return { probability, percentile, date };
}

function ecosystemsOf(database: DatabaseSync, states: SourceStates): ReturnType<AdvisoryIndex['ecosystems']> {
  const sources = new Map(storedSources(database, 'main').map((source) => [source.number, source]));
  const rows = database.prepare('SELECT name, source, records, newest FROM ecosystem ORDER BY name').all();
  return rows.map((row) => {
    const source = sources.get(Number(row.source));
    return {
      ecosystem: String(row.name),
      records: Number(row.records),
      newestRecord: row.newest === null ? null : new Date(Number(row.newest)),
      syncedAt: states[source?.name ?? '']?.checkedAt ?? source?.syncedAt ?? new Date(0),
    };
  });
}
