import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { packageKey } from '../lib/core/model/ids.ts';
import { openAdvisoryIndex } from '../lib/feeds/advisory-index/open-advisory-index.ts';
import { type Benchmark, type BenchmarkRow, inTurn, milliseconds } from './benchmark.ts';
import { keysOfIndex } from './packs.ts';
import { largestMirror, syncMirror } from './synced-index.ts';

const MISSES = 200_000;

/** Building, opening and asking the advisory index, beside SQLite with the same keys. */
export const indexFile: Benchmark = {
  name: 'index',
  async measure({ directory }) {
    const mirror = largestMirror(directory);
    const data = join(directory, 'data');
    let records = 0;
    const built = await milliseconds(async () => {
      records = await syncMirror(mirror, data);
    });
    const size = `${records.toLocaleString('en')} ${mirror.what}`;
    const keys = keysOfIndex(data);
    const database = sqliteOf(join(directory, 'peer.sqlite'), keys);
    const select = database.prepare('SELECT body FROM affects WHERE key = ?');
    const index = openAdvisoryIndex(data);
    const misses = Array.from({ length: MISSES }, (_, n) => packageKey('npm', `absent-package-${n}`));
    const lookUp = (list: readonly string[]): void => {
      for (const key of list) select.all(key);
    };
    try {
      const opened = await inTurn(
        9,
        () => openAdvisoryIndex(data).close(),
        () => new DatabaseSync(join(directory, 'peer.sqlite'), { readOnly: true }).close(),
      );
      const missed = await inTurn(
        5,
        () => index.find(misses),
        () => lookUp(misses),
      );
      const found = await inTurn(
        5,
        () => index.find(keys),
        () => lookUp(keys),
      );
      const row = (
        name: string,
        unit: string,
        figure: number,
        peer: string | null,
        peerFigure: number | null,
      ): BenchmarkRow => ({
        name: `index, ${name}`,
        size,
        figure,
        unit,
        peer,
        peerFigure,
      });
      return [
        row('built whole', 's', built / 1000, null, null),
        row('memory while building', 'MB', process.resourceUsage().maxRSS / 1000, null, null),
        row('size', 'MB', indexBytes(data) / 1e6, 'the zips that it came from', zipBytes(mirror.directory) / 1e6),
        row('opened', 'ms', opened.ours, 'opening a SQLite file of the same keys', opened.peer),
        row(
          'package absent',
          'ns',
          (missed.ours * 1e6) / MISSES,
          'SQLite, prepared statement',
          (missed.peer * 1e6) / MISSES,
        ),
        row(
          'package present',
          'ns',
          (found.ours * 1e6) / keys.length,
          'SQLite, prepared statement',
          (found.peer * 1e6) / keys.length,
        ),
      ];
    } finally {
      index.close();
      database.close();
    }
  },
};

function sqliteOf(path: string, keys: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(
    'PRAGMA synchronous = OFF; CREATE TABLE affects (key TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID; BEGIN',
  );
  const insert = database.prepare('INSERT OR IGNORE INTO affects VALUES (?, ?)');
  for (const key of keys) {
    insert.run(key, '[["ECOSYSTEM",[{"introduced":"0"},{"fixed":"1.0"}]]]');
  }
  database.exec('COMMIT');
  return database;
}

function indexBytes(data: string): number {
  const folder = join(data, 'advisories');
  return sum(
    readdirSync(folder)
      .filter((name) => name.endsWith('.pack'))
      .map((name) => join(folder, name)),
  );
}

function zipBytes(mirror: string): number {
  const zips = readdirSync(join(mirror, 'osv'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(mirror, 'osv', entry.name, 'all.zip'));
  return sum([
    ...zips,
    join(mirror, 'kev/known_exploited_vulnerabilities.json'),
    join(mirror, 'epss/epss_scores.csv.gz'),
  ]);
}

function sum(paths: readonly string[]): number {
  return paths.reduce((total, path) => total + statSync(path).size, 0);
}
