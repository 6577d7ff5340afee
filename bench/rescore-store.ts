import type { OpenRange } from '../lib/core/model/resource-facts.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { loadTerms } from '../lib/store/scoring/load-terms.ts';
import { rescore } from '../lib/store/scoring/rescore.ts';
import { sqlOfPool } from '../lib/store/sql.ts';
import { fillFindings } from '../lib/testing/fill-findings.ts';
import { type Benchmark, median, milliseconds } from './benchmark.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
/** One in ten is closed. */
const FINDINGS = 111_112;
const RESOURCES = 1_000;
const RUNS = 7;

/** Stored findings scored anew where no score moves: of instances whose ports are not known, and of such with three, in turn. */
export const rescoreStore: Benchmark = {
  name: 'rescore-store',
  async measure({ freshDatabase }) {
    const database = openDatabase(await freshDatabase());
    try {
      const estate = { findings: FINDINGS, accounts: 10, resources: RESOURCES, vulnerabilities: 20_000, at: NOW };
      await fillFindings(database.pool, estate);
      await database.pool.query(RATE);
      await database.pool.query("update finding set package_name = 'openssh-server' where package_name ~ '0$'");
      await timed(database, null);
      const times = { unknown: [] as number[], known: [] as number[] };
      for (let run = 0; run < RUNS; run += 1) {
        times.unknown.push(await timed(database, null));
        times.known.push(await timed(database, [22, 443, 8443].map(portOf)));
      }
      const size = `100,000 findings of ${RESOURCES.toLocaleString('en')} instances`;
      const alone = { size, unit: 'ms', peer: null, peerFigure: null };
      return [
        { name: 'rescore stored, ports not known', figure: median(times.unknown), ...alone },
        { name: 'rescore stored, three ports known', figure: median(times.known), ...alone },
      ];
    } finally {
      await database.close();
    }
  },
};

function portOf(port: number): OpenRange {
  return { protocol: 'tcp', begin: port, end: port, reach: 'internet' };
}

async function timed({ pool }: Database, ports: readonly OpenRange[] | null): Promise<number> {
  const facts = JSON.stringify({ reach: 'internet', path: 'Internet, 22/tcp, 443/tcp and 1 more', ports });
  const { rows } = await pool.query<{ id: string }>('update resource set facts = $1::jsonb returning id::text as id', [
    facts,
  ]);
  const sql = sqlOfPool(pool);
  const all = { where: 'f.resource_id = any($1::bigint[])', ids: rows.map(({ id }) => id) };
  const terms = await loadTerms(sql);
  return milliseconds(() => rescore(sql, { ...all, terms }, NOW));
}

// Three packages in each finding, all of OpenSSH in one of ten.
const RATE = `
update finding_content set
  rating = '{"cvss": [{"version": "3.1", "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U", "score": 7.5, "source": "nvd"}], "word": null}',
  packages = (
    select jsonb_agg(case when title ~ '0$' then jsonb_set(packages->0, '{name}', to_jsonb(name)) else packages->0 end)
    from unnest(array['openssh-server', 'openssh-client', 'openssh-sftp-server']) as name)`;
