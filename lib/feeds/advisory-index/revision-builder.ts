import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CREATE_TABLES, INDEX_FORMAT } from './schema.ts';
import { copySource, type SourceEntry, storedSources } from './stored-source.ts';

/** A revision under construction: a file of its own that nobody else opens before it is finished. */
export interface RevisionBuilder {
  readonly database: DatabaseSync;
  /** Fills in one source; when `fill` throws, nothing of it stays and the error goes on. */
  addSource(fill: (sourceNumber: number) => Promise<SourceEntry>): Promise<SourceEntry>;
  /** Takes a source over from the revision in force; false when it holds none of that name. */
  keepSource(name: string, syncedAt: Date | null): boolean;
  /** Writes the revision's name and closes the file. */
  finish(): string;
  /** Closes and removes the file. */
  abandon(): void;
}

const CACHE_KIBIBYTES = 64 * 1024;

export function createRevisionBuilder(path: string, previousPath: string | null): RevisionBuilder {
  rmSync(path, { force: true });
  const database = new DatabaseSync(path);
  // Losing power spoils a file that is not in force yet, so nothing waits for the disk before the very end.
  database.exec(`PRAGMA page_size = 8192; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -${CACHE_KIBIBYTES}; ${CREATE_TABLES}`);
  if (previousPath !== null) {
    database.prepare('ATTACH DATABASE ? AS previous').run(`file:${encodeURI(previousPath)}?mode=ro`);
  }
  let sourceNumber = 0;

  return {
    database,
    async addSource(fill) {
      sourceNumber += 1;
      const first = nextAdvisory(database);
      database.exec('BEGIN');
      try {
        const entry = await fill(sourceNumber);
        insertSource(database, sourceNumber, entry, first, nextAdvisory(database) - 1);
        database.exec('COMMIT');
        return entry;
      } catch (error) {
        if (database.isTransaction) {
          database.exec('ROLLBACK');
        }
        throw error;
      }
    },
    keepSource(name, syncedAt) {
      sourceNumber += 1;
      const source =
        previousPath === null ? undefined : storedSources(database, 'previous').find((one) => one.name === name);
      if (source === undefined) {
        return false;
      }
      database.exec('BEGIN');
      const first = nextAdvisory(database);
      copySource(database, source, sourceNumber, first);
      const entry = { ...source, syncedAt: syncedAt ?? source.syncedAt };
      insertSource(database, sourceNumber, entry, first, nextAdvisory(database) - 1);
      database.exec('COMMIT');
      return true;
    },
    finish() {
      const revision = revisionName(storedSources(database, 'main'));
      const meta = database.prepare('INSERT INTO meta (name, value) VALUES (?, ?)');
      meta.run('format', String(INDEX_FORMAT));
      meta.run('revision', revision);
      database.exec('PRAGMA optimize; PRAGMA journal_mode = DELETE');
      database.close();
      return revision;
    },
    abandon() {
      if (database.isOpen) {
        database.close();
      }
      rmSync(path, { force: true });
      rmSync(`${path}-journal`, { force: true });
    },
  };
}

/** Equal content has an equal name, whoever built it and when. */
export function revisionName(sources: readonly { readonly name: string; readonly sha256: string }[]): string {
  const hash = createHash('sha256').update(`format ${INDEX_FORMAT}\n`);
  for (const { name, sha256 } of [...sources].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${name} ${sha256}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function nextAdvisory(database: DatabaseSync): number {
  return Number(database.prepare('SELECT coalesce(max(n), 0) + 1 AS next FROM main.advisory').get()?.next);
}

function insertSource(
  database: DatabaseSync,
  number: number,
  entry: SourceEntry,
  firstAdvisory: number,
  lastAdvisory: number,
): void {
  database
    .prepare('INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      number,
      entry.name,
      entry.sha256,
      entry.records,
      entry.skipped,
      JSON.stringify(entry.reasons),
      entry.newest?.getTime() ?? null,
      entry.syncedAt.getTime(),
      JSON.stringify(entry.detail),
      firstAdvisory,
      lastAdvisory,
    );
}
