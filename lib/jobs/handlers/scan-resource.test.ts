import { expect, it } from 'vitest';
import { collectTree } from '../../core/inventory/collect-tree.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { Resource } from '../../core/model/resource.ts';
import type { FileTree } from '../../core/ports/file-tree.ts';
import { DEFAULT_SCORING_TERMS } from '../../core/risk/scoring-terms.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { deniedTree } from '../../sample/denied-tree.ts';
import { memoryTree } from '../../sample/memory-tree.ts';
import { openSampleIndex } from '../../sample/sample-index.ts';
import { SAMPLE_WAVES } from '../../sample/sample-thing.ts';
import { type MemoryStores, memoryStores } from '../../testing/memory-stores.ts';
import { type ScanResourceOutcome, type ScanStep, scanResource } from './scan-resource.ts';

const MONDAY = new Date('2026-11-16T09:00:00Z');
const TUESDAY = new Date('2026-11-17T09:00:00Z');
const RELEASE = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n';

function status(opensslVersion: string): string {
  return `Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl\nVersion: ${opensslVersion}\n\n`;
}

function host(opensslVersion: string): FileTree {
  return memoryTree(
    new Map([
      ['etc/os-release', RELEASE],
      ['var/lib/dpkg/status', status(opensslVersion)],
    ]),
  );
}

const server: Resource = {
  id: resourceId('host:1'),
  accountId: 'local',
  region: 'local',
  kind: 'host',
  name: 'server',
  environment: null,
  tags: {},
  sample: false,
};

function scan(
  stores: MemoryStores,
  tree: FileTree,
  now: Date,
  changes: Partial<Parameters<typeof scanResource>[1]> = {},
): Promise<ScanResourceOutcome> {
  const dependencies = {
    ...stores,
    atomically: (work: (deps: Dependencies) => Promise<unknown>) => work(dependencies),
  } as unknown as Dependencies;
  return scanResource(dependencies, {
    resource: server,
    collect: (signal) => collectTree(changes.resource?.kind ?? 'ec2', tree, signal),
    advisories: openSampleIndex(SAMPLE_WAVES - 1, now),
    now,
    jobId: null,
    signal: new AbortController().signal,
    ...changes,
  });
}

function statuses(stores: MemoryStores): readonly string[] {
  return [...stores.findingRows.values()].map((finding) => `${finding.observation.vulnerability.id} ${finding.status}`);
}

it('a vulnerable package opens a finding, and its upgrade closes it', async () => {
  const stores = memoryStores();

  const first = await scan(stores, host('3.0.9-1'), MONDAY);
  const opened = statuses(stores);
  const second = await scan(stores, host('3.0.11-1~deb12u2'), TUESDAY);

  expect(first).toMatchObject({ opened: 1, closed: 0, reason: null });
  expect(opened).toEqual(['CVE-2023-5363 ACTIVE']);
  expect(second).toMatchObject({ opened: 0, closed: 1 });
  expect(statuses(stores)).toEqual(['CVE-2023-5363 CLOSED']);
  expect(stores.scans.map((record) => [record.outcome, record.packages, record.findings])).toEqual([
    ['complete', 1, 1],
    ['complete', 1, 0],
  ]);
});

it('the same scan again changes nothing', async () => {
  const stores = memoryStores();
  await scan(stores, host('3.0.9-1'), MONDAY);

  const again = await scan(stores, host('3.0.9-1'), TUESDAY);

  expect(again).toMatchObject({ opened: 0, reopened: 0, closed: 0, kept: 1 });
});

it('a failed collection records a failed scan with its reason and closes nothing', async () => {
  const stores = memoryStores();
  await scan(stores, host('3.0.9-1'), MONDAY);
  const inventory = stores.currentInventory.get(server.id);

  const failed = await scan(stores, deniedTree('the volume is locked'), TUESDAY);

  expect(failed).toMatchObject({ opened: 0, closed: 0 });
  expect(failed.result.outcome).toBe('failed');
  expect(statuses(stores)).toEqual(['CVE-2023-5363 ACTIVE']);
  expect(stores.currentInventory.get(server.id)).toBe(inventory);
  expect(stores.scans.at(-1)).toMatchObject({ outcome: 'failed', reason: 'the volume is locked', packages: 0 });
});

it('a missing package database makes the scan partial and closes nothing', async () => {
  const stores = memoryStores();
  await scan(stores, host('3.0.9-1'), MONDAY);

  const partial = await scan(stores, memoryTree(new Map([['etc/os-release', RELEASE]])), TUESDAY);

  expect(partial.result.outcome).toBe('partial');
  expect(partial.closed).toBe(0);
  expect(statuses(stores)).toEqual(['CVE-2023-5363 ACTIVE']);
  expect(stores.scans.at(-1)?.reason).toContain('package database missing');
});

it('a function needs no operating system to be complete', async () => {
  const stores = memoryStores();
  const tree = memoryTree(new Map([['node_modules/minimist/package.json', '{"name":"minimist","version":"1.2.5"}']]));

  const outcome = await scan(stores, tree, MONDAY, { resource: { ...server, kind: 'lambda' } });

  expect(outcome.result.outcome).toBe('complete');
  expect(statuses(stores)).toEqual(['CVE-2021-44906 ACTIVE']);
});

it('a cancelled scan writes nothing', async () => {
  const stores = memoryStores();
  const abort = new AbortController();
  const steps: ScanStep[] = [];

  const scanning = scan(stores, host('3.0.9-1'), MONDAY, {
    signal: abort.signal,
    onStep: async (step) => {
      steps.push(step);
      abort.abort();
    },
  });

  await expect(scanning).rejects.toThrow();
  expect(steps).toEqual(['collect']);
  expect(stores.scans).toEqual([]);
  expect(stores.resourceRows.size).toBe(0);
});

it('tells each step as it ends, and records when the scan ended', async () => {
  const stores = memoryStores();
  const steps: [ScanStep, number][] = [];

  await scan(stores, host('3.0.9-1'), MONDAY, {
    endedAt: () => TUESDAY,
    onStep: async (step, count) => {
      steps.push([step, count]);
    },
  });

  expect(steps).toEqual([
    ['collect', 1],
    ['match', 1],
    ['write', 1],
  ]);
  expect(stores.scans[0]).toMatchObject({ startedAt: MONDAY, endedAt: TUESDAY });
});

it('a scan during which somebody changed the points of the score is written with the new ones', async () => {
  const stores = memoryStores();
  const changed = { ...DEFAULT_SCORING_TERMS, version: 'v2.1' };
  const scoring = { terms: async () => DEFAULT_SCORING_TERMS, hold: async () => changed };

  const { result } = await scan({ ...stores, scoring }, host('3.0.9-1'), MONDAY);

  expect(result.observations.map(({ score }) => score.formula)).toEqual(['v2.1']);
  expect([...stores.findingRows.values()].map(({ observation }) => observation.score.formula)).toEqual(['v2.1']);
});
