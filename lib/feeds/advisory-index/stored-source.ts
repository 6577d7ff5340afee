import type { DatabaseSync } from 'node:sqlite';

/** What is recorded of a source once all its content is in. */
export interface SourceEntry {
  readonly name: string;
  readonly sha256: string;
  readonly records: number;
  readonly skipped: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly newest: Date | null;
  readonly syncedAt: Date;
  /** What only this kind of source knows, such as the date of the scores. */
  readonly detail: Readonly<Record<string, string>>;
}

/** A source as a finished revision holds it. */
export interface StoredSource extends SourceEntry {
  readonly number: number;
  readonly firstAdvisory: number;
  readonly lastAdvisory: number;
}

export function storedSources(database: DatabaseSync, schema: 'main' | 'previous'): readonly StoredSource[] {
  const rows = database.prepare(`SELECT * FROM ${schema}.source ORDER BY name`).all();
  return rows.map((row) => ({
    number: Number(row.n),
    name: String(row.name),
    sha256: String(row.sha256),
    records: Number(row.records),
    skipped: Number(row.skipped),
    reasons: JSON.parse(String(row.reasons)) as SourceEntry['reasons'],
    newest: row.newest === null ? null : new Date(Number(row.newest)),
    syncedAt: new Date(Number(row.synced_at)),
    detail: JSON.parse(String(row.detail)) as SourceEntry['detail'],
    firstAdvisory: Number(row.first_advisory),
    lastAdvisory: Number(row.last_advisory),
  }));
}

/** Copies the content of one source from the attached revision; advisories are numbered anew from `first` on. */
export function copySource(database: DatabaseSync, source: StoredSource, number: number, first: number): void {
  if (source.name === 'kev') {
    database.exec('INSERT INTO main.kev SELECT * FROM previous.kev');
    return;
  }
  if (source.name === 'epss') {
    database.exec('INSERT INTO main.epss SELECT * FROM previous.epss');
    return;
  }
  const shift = first - source.firstAdvisory;
  const range = [source.firstAdvisory, source.lastAdvisory] as const;
  database
    .prepare('INSERT INTO main.advisory SELECT n + ?, head FROM previous.advisory WHERE n BETWEEN ? AND ?')
    .run(shift, ...range);
  // Keys of an ecosystem start with its name and `/` or `:`; in between lie names such as `npm2`, hence the second test.
  const ecosystem = source.name.slice('osv/'.length);
  database
    .prepare(
      `INSERT INTO main.affects SELECT key, advisory + ?, body FROM previous.affects
       WHERE key >= ? AND key < ? AND advisory BETWEEN ? AND ? ORDER BY key, advisory`,
    )
    .run(shift, `${ecosystem}/`, `${ecosystem};`, ...range);
  database
    .prepare(
      `INSERT INTO main.rating SELECT vulnerability, ?, type, value, publisher FROM previous.rating
       WHERE source = ?`,
    )
    .run(number, source.number);
  database
    .prepare('INSERT INTO main.ecosystem SELECT name, ?, records, newest FROM previous.ecosystem WHERE source = ?')
    .run(number, source.number);
}
