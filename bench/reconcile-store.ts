import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { contentHash } from '../lib/core/findings/content-hash.ts';
import { reconcile } from '../lib/core/findings/reconcile.ts';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import type { ScoredObservation } from '../lib/core/model/finding.ts';
import { type ResourceId, resourceId } from '../lib/core/model/ids.ts';
import { assessPackages } from '../lib/core/risk/assess-packages.ts';
import { openAdvisoryIndex } from '../lib/feeds/advisory-index/open-advisory-index.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';
import { type Database, openDatabase } from '../lib/store/client.ts';
import { type OpenStores, openStores } from '../lib/store/open-stores.ts';
import { type Benchmark, type BenchmarkRow, milliseconds } from './benchmark.ts';
import { SEED, writeHost } from './generated-estate.ts';
import { syncedIndex } from './synced-index.ts';

const RESOURCES = 10;
const PACKAGES_EACH = 500;
const NOW = new Date('2026-11-24T12:00:00Z');

/** The reports of several hosts becoming findings, events and counts, beside COPY of the same content into one bare table. */
export const reconcileStore: Benchmark = {
  name: 'reconcile-store',
  async measure({ directory, freshDatabase }) {
    const reports = await makeReports(directory);
    const findings = reports.reduce((sum, [, observations]) => sum + observations.length, 0);
    const database = openDatabase(await freshDatabase());
    const stores = openStores(database);
    try {
      await addResources(stores, [...reports.map(([resource]) => resource)]);
      const first = await milliseconds(() => write(stores, reports));
      const copied = await milliseconds(() => copy(database, reports));
      const again = await milliseconds(() => write(stores, reports));
      const size = `${findings} findings of ${RESOURCES} hosts, seed ${SEED}`;
      const perFinding = (total: number): number => (total * 1_000) / findings;
      const row = (name: string, figure: number): BenchmarkRow => ({
        name,
        size,
        figure: perFinding(figure),
        unit: 'µs/finding',
        peer: 'COPY of the same content into a table without index',
        peerFigure: perFinding(copied),
      });
      return [row('reconcile-store, first scan', first), row('reconcile-store, nothing new', again)];
    } finally {
      await stores.close();
      await database.close();
    }
  },
};

type Report = readonly [resource: ResourceId, observations: readonly ScoredObservation[]];

async function makeReports(directory: string): Promise<readonly Report[]> {
  const index = openAdvisoryIndex(await syncedIndex(directory));
  const signal = new AbortController().signal;
  const reports: Report[] = [];
  try {
    for (let n = 0; n < RESOURCES; n += 1) {
      const root = join(directory, `root-${n}`);
      writeHost(root, PACKAGES_EACH, SEED + n);
      const inventory = await collectHost(openHostDirectory(root, { signal, exclude: [] }), signal);
      const resource = resourceId(`host:bench-${n}`);
      reports.push([
        resource,
        assessPackages(inventory, index, { resource, environment: null, now: NOW }).observations,
      ]);
    }
  } finally {
    index.close();
  }
  return reports;
}

async function addResources(stores: OpenStores, resources: readonly ResourceId[]): Promise<void> {
  await stores.resources.upsertAccounts([{ id: 'local', name: 'Bench', organizationalUnit: '', sample: false }], NOW);
  await stores.resources.upsert(
    resources.map((id) => ({
      id,
      accountId: 'local',
      region: 'local',
      kind: 'host' as const,
      name: id,
      environment: null,
      tags: {},
      sample: false,
    })),
    NOW,
  );
}

async function write(stores: OpenStores, reports: readonly Report[]): Promise<void> {
  await stores.atomically(async ({ findings }) => {
    const resources = reports.map(([resource]) => resource);
    const stored = await findings.current(resources, 'package', 'harrier');
    const decided = reports.flatMap(([resource, observations]) => {
      const held = stored.get(resource);
      const report = { resource, scanType: 'package', origin: 'harrier', outcome: 'complete', at: NOW } as const;
      return held === undefined
        ? []
        : [{ ...report, changes: reconcile(held, { ...report, observations, diagnostics: [] }) }];
    });
    await findings.apply(decided, NOW);
  });
}

async function copy(database: Database, reports: readonly Report[]): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('create table plain (key text, resource text, hash text, body jsonb)');
    const stream = client.query(copyFrom('copy plain from stdin'));
    await pipeline(Readable.from(copyLines(reports)), stream);
  } finally {
    client.release();
  }
}

function* copyLines(reports: readonly Report[]): Generator<string> {
  for (const [resource, observations] of reports) {
    for (const observation of observations) {
      const body = JSON.stringify(observation).replaceAll('\\', '\\\\');
      const key = createHash('sha256').update(observation.key).digest('hex');
      yield `${key}\t${resource}\t${contentHash(observation)}\t${body}\n`;
    }
  }
}
