import type { DatabaseSync } from 'node:sqlite';
import type { Advisory, AffectedPackage, KevEntry } from '../../core/model/advisory.ts';
import { packageKey } from '../../core/model/ids.ts';
import type { EpssRow } from '../epss.ts';
import type { SkipCount } from '../skip-count.ts';
import { encodeAffected, encodeHead } from './advisory-record.ts';

export interface Filled {
  readonly records: number;
  readonly newest: Date | null;
}

interface ReleaseCount {
  records: number;
  newest: number;
}

/** Writes the advisories of one OSV ecosystem. Only its own packages are kept: others come with their own ecosystem. */
export async function fillOsv(
  database: DatabaseSync,
  sourceNumber: number,
  ecosystem: string,
  advisories: AsyncIterable<Advisory>,
  skips: SkipCount,
): Promise<Filled> {
  const write = osvStatements(database, sourceNumber);
  const seen = new Set<string>();
  const releases = new Map<string, ReleaseCount>();
  let newest = 0;
  for await (const advisory of advisories) {
    const own = advisory.affected.filter((one) => isOf(ecosystem, one.ecosystem));
    if (seen.has(advisory.id)) {
      skips.add('its id appeared before');
    } else if (own.length === 0) {
      skips.add('names no package of this ecosystem');
    } else {
      seen.add(advisory.id);
      newest = Math.max(newest, advisory.modified.getTime());
      const number = write.advisory(advisory);
      // A withdrawn record stays known, but it affects nothing and rates nothing any more.
      if (advisory.withdrawn === null) {
        write.affected(number, own);
        write.ratings(advisory);
        countReleases(releases, advisory, own);
      }
    }
  }
  write.releases(releases);
  return { records: seen.size, newest: newest === 0 ? null : new Date(newest) };
}

function osvStatements(database: DatabaseSync, sourceNumber: number) {
  const insertAdvisory = database.prepare('INSERT INTO advisory (head) VALUES (?)');
  const insertAffects = database.prepare('INSERT INTO affects (key, advisory, body) VALUES (?, ?, ?)');
  const insertRating = database.prepare('INSERT OR IGNORE INTO rating VALUES (?, ?, ?, ?, ?)');
  const insertEcosystem = database.prepare('INSERT INTO ecosystem (name, source, records, newest) VALUES (?, ?, ?, ?)');
  return {
    advisory: (advisory: Advisory): number => Number(insertAdvisory.run(encodeHead(advisory)).lastInsertRowid),
    affected(number: number, own: readonly AffectedPackage[]): void {
      for (const [key, entries] of Map.groupBy(own, (one) => packageKey(one.ecosystem, one.name))) {
        insertAffects.run(key, number, encodeAffected(entries));
      }
    },
    ratings(advisory: Advisory): void {
      for (const name of ratedNames(advisory)) {
        for (const { type, value, source } of advisory.severities) {
          insertRating.run(name, sourceNumber, type, value, source);
        }
      }
    },
    releases(releases: ReadonlyMap<string, ReleaseCount>): void {
      for (const [name, count] of releases) {
        insertEcosystem.run(name, sourceNumber, count.records, count.newest);
      }
    },
  };
}

export function fillKev(database: DatabaseSync, entries: ReadonlyMap<string, KevEntry>): void {
  const insert = database.prepare('INSERT INTO kev (cve, entry) VALUES (?, ?)');
  for (const [cve, entry] of entries) {
    insert.run(cve, JSON.stringify(entry));
  }
}

export async function fillEpss(database: DatabaseSync, batches: AsyncIterable<readonly EpssRow[]>): Promise<number> {
  const insert = database.prepare('INSERT OR REPLACE INTO epss (cve, probability, percentile) VALUES (?, ?, ?)');
  for await (const rows of batches) {
    for (const { id, score } of rows) {
      insert.run(id, score.probability, score.percentile);
    }
  }
  return Number(database.prepare('SELECT count(*) AS count FROM epss').get()?.count);
}

/**
 * The names that a record's rating may be borrowed under. A notice that bundles several CVEs rates the worst of them,
 * so its rating is nobody's but its own.
 */
function ratedNames(advisory: Advisory): ReadonlySet<string> {
  return new Set([advisory.id, ...advisory.aliases, ...(advisory.upstream.length === 1 ? advisory.upstream : [])]);
}

function countReleases(releases: Map<string, ReleaseCount>, advisory: Advisory, own: readonly AffectedPackage[]): void {
  for (const name of new Set(own.map((one) => one.ecosystem))) {
    const count = releases.get(name) ?? { records: 0, newest: 0 };
    count.records += 1;
    count.newest = Math.max(count.newest, advisory.modified.getTime());
    releases.set(name, count);
  }
}

function isOf(ecosystem: string, released: string): boolean {
  return released === ecosystem || released.startsWith(`${ecosystem}:`);
}
