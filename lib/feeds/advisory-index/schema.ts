import type { DatabaseSync } from 'node:sqlite';

/** Raised whenever tables, encoding or the meaning of a stored value change: older files are then built anew. */
export const INDEX_FORMAT = 1;

/** Key ranges of one source follow one another, so every table is filled nearly in order and stays dense. */
export const CREATE_TABLES = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE source (
    n INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    records INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    newest INTEGER,
    synced_at INTEGER NOT NULL,
    detail TEXT NOT NULL,
    first_advisory INTEGER NOT NULL,
    last_advisory INTEGER NOT NULL
  );
  CREATE TABLE ecosystem (
    name TEXT PRIMARY KEY,
    source INTEGER NOT NULL,
    records INTEGER NOT NULL,
    newest INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE advisory (n INTEGER PRIMARY KEY, head TEXT NOT NULL);
  CREATE TABLE affects (key TEXT NOT NULL, advisory INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (key, advisory))
    WITHOUT ROWID;
  CREATE TABLE rating (
    vulnerability TEXT NOT NULL,
    source INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    publisher TEXT NOT NULL,
    PRIMARY KEY (vulnerability, source, type, value, publisher)
  ) WITHOUT ROWID;
  CREATE TABLE epss (cve TEXT PRIMARY KEY, probability REAL NOT NULL, percentile REAL NOT NULL) WITHOUT ROWID;
  CREATE TABLE kev (cve TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID;
`;

/** The revision that a file says it is; null when it is of another format or no index at all. */
export function revisionOf(database: DatabaseSync): string | null {
  try {
    const rows = database.prepare('SELECT name, value FROM meta').all();
    const meta = new Map(rows.map((row) => [String(row.name), String(row.value)]));
    return meta.get('format') === String(INDEX_FORMAT) ? (meta.get('revision') ?? null) : null;
  } catch {
    return null;
  }
}
