import { openDatabase } from '../lib/store/client.ts';
import { findingsPage } from '../lib/store/queries/findings-page.ts';
import { openCounts } from '../lib/store/queries/severity-counts.ts';
import { sqlOfPool } from '../lib/store/sql.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { DEFAULT_CRITERIA, EVERYTHING } from '../lib/testing/whole-estate.ts';
import { type Benchmark, inTurn } from './benchmark.ts';

const FINDINGS = 300_000;
const ACCOUNTS = 100;
const RESOURCES = 5_000;
const DEEP_PAGES = 400;
const ROWS = 100;
const NOW = new Date('2026-11-24T12:00:00Z');

/** A page far down the list by its key, beside the same page by OFFSET; kept counts beside counting. */
export const findingsPages: Benchmark = {
  name: 'findings-page',
  async measure({ freshDatabase }) {
    const database = openDatabase(await freshDatabase());
    try {
      await fillFindings(database.pool, { findings: FINDINGS, accounts: ACCOUNTS, resources: RESOURCES, at: NOW });
      const sql = sqlOfPool(database.pool);
      const size = `${FINDINGS.toLocaleString('en')} generated findings`;
      const pageAt = (cursor: string | null, limit = ROWS) =>
        findingsPage(sql, EVERYTHING, DEFAULT_CRITERIA, { cursor, limit }, NOW);
      let cursor: string | null = null;
      for (let page = 0; page < DEEP_PAGES / 2; page += 1) {
        cursor = (await pageAt(cursor, 2 * ROWS)).nextCursor;
      }
      const byOffset = (offset: number) =>
        sql.query(
          `select f.*, v.title, r.name from finding f join vulnerability v on v.id = f.vulnerability_id
           join resource r on r.id = f.resource_id where f.status = 'ACTIVE'
           order by f.score_order desc, f.id desc limit $1::int offset $2::int`,
          [ROWS, offset],
        );
      const first = await inTurn(
        9,
        () => pageAt(null),
        () => byOffset(0),
      );
      const deep = await inTurn(
        9,
        () => pageAt(cursor),
        () => byOffset(DEEP_PAGES * ROWS),
      );
      const counts = await inTurn(
        9,
        () => openCounts(sql, EVERYTHING),
        () => sql.query(`select severity, count(*)::int from finding where status = 'ACTIVE' group by severity`),
      );
      return [
        {
          name: 'findings-page, first',
          size,
          figure: first.ours,
          unit: 'ms',
          peer: 'OFFSET 0, without any count',
          peerFigure: first.peer,
        },
        {
          name: `findings-page, row ${(DEEP_PAGES * ROWS).toLocaleString('en')}`,
          size,
          figure: deep.ours,
          unit: 'ms',
          peer: 'OFFSET, without any count',
          peerFigure: deep.peer,
        },
        {
          name: 'severity counts',
          size,
          figure: counts.ours,
          unit: 'ms',
          peer: 'count(*) group by severity',
          peerFigure: counts.peer,
        },
      ];
    } finally {
      await database.close();
    }
  },
};
