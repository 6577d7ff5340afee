import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { zipRecords } from '../lib/feeds/zip-records.ts';
import { type Benchmark, inTurn } from './benchmark.ts';
import { ECOSYSTEMS, SEED, writeMirror } from './generated-estate.ts';

const RECORDS_EACH = 10_000;

/** From mirrored files to an advisory index in force, beside merely unpacking and parsing the same files. */
export const feedsSync: Benchmark = {
  name: 'feeds-sync',
  async measure({ directory }) {
    const mirror = join(directory, 'mirror');
    writeMirror(mirror, RECORDS_EACH);
    let run = 0;
    const { ours, peer } = await inTurn(
      3,
      async () => {
        run += 1;
        const report = await syncFeeds({
          dataDirectory: join(directory, `data-${run}`),
          from: mirror,
          ecosystems: [...ECOSYSTEMS],
          now: new Date('2026-11-24T12:00:00Z'),
          signal: new AbortController().signal,
          onProgress: () => undefined,
        });
        const failed = report.sources.filter(({ state }) => state === 'failed');
        if (failed.length > 0) {
          throw new Error(`${failed[0]?.source}: ${failed[0]?.error}`);
        }
      },
      () => readPlainly(mirror),
    );
    const records = (RECORDS_EACH * ECOSYSTEMS.length) / 1_000;
    return [
      {
        name: 'feeds-sync',
        size: `${records},000 records, seed ${SEED}`,
        figure: ours,
        unit: 'ms',
        peer: 'unzip and JSON.parse alone',
        peerFigure: peer,
      },
    ];
  },
};

async function readPlainly(mirror: string): Promise<number> {
  let records = 0;
  for (const ecosystem of readdirSync(join(mirror, 'osv'))) {
    for await (const { content } of zipRecords(join(mirror, 'osv', ecosystem, 'all.zip'))) {
      if (content instanceof Uint8Array) {
        JSON.parse(Buffer.from(content).toString('utf8'));
        records += 1;
      }
    }
  }
  JSON.parse(readFileSync(join(mirror, 'kev/known_exploited_vulnerabilities.json'), 'utf8'));
  gunzipSync(readFileSync(join(mirror, 'epss/epss_scores.csv.gz')))
    .toString('utf8')
    .split('\n');
  return records;
}
