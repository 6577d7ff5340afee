// `npm run bench [-- NAME]`: prints the table; a run of all benchmarks also writes docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheMegabytes, type EmbeddedPostgres, startEmbeddedPostgres } from '../lib/store/embedded-postgres.ts';
import { migrate } from '../lib/store/migrate.ts';
import { awsEstate } from './aws-estate.ts';
import { awsScale } from './aws-scale.ts';
import type { Benchmark, BenchmarkRow } from './benchmark.ts';
import { feedDelta } from './feed-delta.ts';
import { feedsSync } from './feeds-sync.ts';
import { findingGroupsBenchmark } from './finding-groups.ts';
import { findings } from './findings.ts';
import { findingsPages } from './findings-page.ts';
import { history } from './history.ts';
import { hostScan } from './host-scan.ts';
import { indexFile } from './index-file.ts';
import { inventory } from './inventory.ts';
import { matching } from './matching.ts';
import { plan } from './plan.ts';
import { reach } from './reach.ts';
import { reconcileStore } from './reconcile-store.ts';
import { rescore } from './rescore.ts';
import { rescoreStore } from './rescore-store.ts';
import { scanNetworkBenchmark } from './scan-network.ts';
import { systemScan } from './system-scan.ts';
import { toMarkdown } from './table.ts';
import { triage } from './triage.ts';
import { usageBenchmark } from './usage.ts';
import { versions } from './versions.ts';
import { volumeBlocks } from './volume-blocks.ts';

const BENCHMARKS: readonly Benchmark[] = [
  versions,
  indexFile,
  matching,
  hostScan,
  systemScan,
  inventory,
  feedsSync,
  feedDelta,
  rescore,
  rescoreStore,
  reconcileStore,
  findingsPages,
  findingGroupsBenchmark,
  findings,
  triage,
  history,
  awsEstate,
  awsScale,
  volumeBlocks,
  reach,
  scanNetworkBenchmark,
  usageBenchmark,
  plan,
];
const ROOT = fileURLToPath(new URL('..', import.meta.url));

const [wanted] = process.argv.slice(2);
const chosen = BENCHMARKS.filter(({ name }) => wanted === undefined || name === wanted);
if (chosen.length === 0) {
  process.stderr.write(
    `There is no benchmark "${wanted}". There are: ${BENCHMARKS.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const table = toTable(await measureAll(chosen));
  process.stdout.write(`${table}\n`);
  if (wanted === undefined) {
    writeFileSync(join(ROOT, 'docs', 'benchmarks.md'), page(table));
  }
}

async function measureAll(benchmarks: readonly Benchmark[]): Promise<readonly BenchmarkRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'harrier-bench-'));
  let server: EmbeddedPostgres | null = null;
  let databases = 0;
  const rows: BenchmarkRow[] = [];
  try {
    for (const { name, measure } of benchmarks) {
      process.stderr.write(`${name} …\n`);
      const directory = mkdtempSync(join(root, `${name}-`));
      const found = await measure({
        directory,
        isNamed: wanted !== undefined,
        async freshDatabase() {
          server ??= await startEmbeddedPostgres({
            directory: join(root, 'postgres'),
            durable: false,
            cacheMegabytes: cacheMegabytes(),
          });
          databases += 1;
          const url = await server.databaseUrl(`bench_${databases}`);
          await migrate(url);
          return url;
        },
      });
      rows.push(...found);
      rmSync(directory, { recursive: true, force: true });
    }
  } finally {
    await (server as EmbeddedPostgres | null)?.stop();
    rmSync(root, { recursive: true, force: true });
  }
  return rows;
}

function toTable(rows: readonly BenchmarkRow[]): string {
  return toMarkdown(
    ['Name', 'Size', 'Figure', 'Unit', 'Peer', 'Peer’s figure', 'Ratio'],
    rows.map((row) => [
      row.name,
      row.size,
      digits(row.figure),
      row.unit,
      row.peer ?? 'none on this machine',
      row.peerFigure === null ? '' : digits(row.peerFigure),
      row.peerFigure === null ? '' : digits(row.figure / row.peerFigure),
    ]),
  );
}

/** Three significant digits. */
function digits(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function page(table: string): string {
  const gib = (totalmem() / 1024 ** 3).toFixed(1);
  const facts = [
    `${new Date().toISOString().slice(0, 10)}`,
    `commit ${git('rev-parse', '--short', 'HEAD')}`,
    `${cpus().length} cores`,
    `${gib} GiB of memory`,
    `Node ${process.versions.node}`,
  ];
  return `# Benchmarks

Made by \`npm run bench\`; measured: ${facts.join(', ')}.

Every figure is a median, and its peer ran in turn with it in the same run. A ratio below 1 means less time than the
peer took. Most peers do only a part of the work and mark how low a figure could go. Ratios carry over to other
machines better than times do.

${table}
`;
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    // An archive without history has no commit to name.
    return 'unknown';
  }
}
