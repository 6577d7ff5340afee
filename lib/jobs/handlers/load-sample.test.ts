import { beforeAll, describe, expect, it } from 'vitest';
import { jobId } from '../../core/model/ids.ts';
import type { JobPhase } from '../../core/model/views.ts';
import { compareVersions } from '../../core/versions/compare-versions.ts';
import { schemes } from '../../core/versions/registry.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { SAMPLE_ACCOUNTS } from '../../sample/accounts.ts';
import { SAMPLE_ADVISORY_FACTS } from '../../sample/advisories.ts';
import { SAMPLE_NEWEST, SAMPLE_THINGS, sampleWaves } from '../../sample/history.ts';
import { SAMPLE_NETWORKS } from '../../sample/networks.ts';
import { SAMPLE_WAVES } from '../../sample/sample-thing.ts';
import { type MemoryStores, memoryStores } from '../../testing/memory-stores.ts';
import type { JobContext, JobResult } from '../contracts.ts';
import { loadSampleHandler } from './load-sample.ts';
import { removeSampleHandler } from './remove-sample.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

interface Bench {
  readonly stores: MemoryStores;
  readonly phases: (readonly JobPhase[])[];
  now: Date;
  load(signal?: AbortSignal): Promise<JobResult>;
  remove(): Promise<JobResult>;
}

function bench(): Bench {
  const stores = memoryStores();
  const phases: (readonly JobPhase[])[] = [];
  const clock = { now: () => made.now };
  const dependencies = {
    ...stores,
    clock,
    // Packages alone: networks are solved in PostgreSQL, where the integration test looks at them.
    cloud: { saveFacts: async () => {} },
    network: { save: async () => false, due: async () => [] },
    reads: { resource: async (_visible: unknown, id: string) => lastScanOf(stores, id) },
    atomically: (work: (deps: Dependencies) => Promise<unknown>) => work(dependencies),
  } as unknown as Dependencies;
  const context = (signal = new AbortController().signal): JobContext => ({
    id: jobId('00000000-0000-4000-8000-000000000001'),
    signal,
    progress: async (now) => {
      phases.push(now);
    },
    log: async () => {},
  });
  const made: Bench = {
    stores,
    phases,
    now: NOW,
    load: (signal) => loadSampleHandler({ dependencies }).run({}, context(signal)),
    remove: () => removeSampleHandler({ dependencies }).run({}, context()),
  };
  return made;
}

function lastScanOf(stores: MemoryStores, id: string): { readonly lastScan: { readonly endedAt: Date } | null } | null {
  const scan = stores.scans.findLast((record) => record.resource === id);
  return [...stores.resourceRows.keys()].some((row) => row === id) ? { lastScan: scan ?? null } : null;
}

function open(stores: MemoryStores) {
  return [...stores.findingRows.values()].filter((finding) => finding.status === 'ACTIVE');
}

function openAt(stores: MemoryStores, at: Date): number {
  return [...stores.findingRows.values()].filter(
    (finding) => finding.firstSeenAt <= at && (finding.closedAt === null || finding.closedAt > at),
  ).length;
}

describe('a loaded sample estate', () => {
  const one = bench();
  let result: JobResult;

  beforeAll(async () => {
    result = await one.load();
  });

  it('says what a recount of the stores says', () => {
    const rows = [...one.stores.findingRows.values()];
    const closed = rows.filter((finding) => finding.status === 'CLOSED');
    const counted = (amount: number): string => amount.toLocaleString('en-US');

    expect(result.outcome).toBe('done');
    expect(result.message).toBe(
      `Sample estate loaded: ${SAMPLE_ACCOUNTS.length} accounts, ${SAMPLE_NETWORKS.length} networks and ${SAMPLE_THINGS.length} resources, ` +
        `${counted(one.stores.scans.length)} scans over ${SAMPLE_WAVES} weeks: ${counted(rows.length)} findings opened, ` +
        `${counted(closed.length)} fixed, ${counted(rows.length - closed.length)} open now.`,
    );
  });

  it('has as many open findings as the last scans of its resources saw, where they saw everything', () => {
    // A partial scan closes nothing, so its resource keeps what earlier scans saw.
    const last = new Map(
      one.stores.scans.filter((scan) => scan.outcome !== 'failed').map((scan) => [scan.resource, scan]),
    );
    const whole = [...last.values()].filter((scan) => scan.outcome === 'complete');
    const seen = new Set(whole.map((scan) => scan.resource));
    const sum = whole.reduce((total, scan) => total + scan.findings, 0);

    expect(open(one.stores).filter((finding) => seen.has(finding.resource))).toHaveLength(sum);
  });

  it('is alive: hundreds of findings, known-exploited ones, old ones, and a downward trend', () => {
    const findings = open(one.stores);
    const quarterAgo = new Date(NOW.getTime() - (SAMPLE_WAVES - 1) * 7 * DAY_MS);
    const halfway = new Date(NOW.getTime() - 6 * 7 * DAY_MS);

    expect(findings.length).toBeGreaterThan(300);
    expect(findings.length).toBeLessThan(2500);
    expect(openAt(one.stores, NOW)).toBe(findings.length);
    expect(openAt(one.stores, halfway)).toBeLessThan(openAt(one.stores, quarterAgo));
    expect(findings.length).toBeLessThan(openAt(one.stores, halfway));
    const exploited = findings.filter((finding) => finding.observation.vulnerability.kev);
    const urgent = exploited.filter(({ observation }) => /^(CRITICAL|HIGH)$/.test(observation.vulnerability.severity));
    expect(urgent.length).toBeGreaterThan(0);
    expect(findings.some((finding) => finding.firstSeenAt < halfway)).toBe(true);
    const severities = new Set(findings.map((finding) => finding.observation.vulnerability.severity));
    expect(severities.size).toBeGreaterThanOrEqual(4);
  });

  it('is covered for the most part, and shows why the rest is not', () => {
    const fresh = new Map(one.stores.scans.map((scan) => [scan.resource, scan]));
    const complete = [...fresh.values()].filter(
      (scan) => scan.outcome === 'complete' && NOW.getTime() - scan.endedAt.getTime() < 48 * HOUR_MS,
    );
    const share = complete.length / SAMPLE_THINGS.length;

    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.92);
    const others = [...fresh.values()].filter((scan) => scan.outcome !== 'complete');
    expect(new Set(others.map((scan) => scan.outcome))).toEqual(new Set(['partial', 'failed']));
    for (const scan of others) expect(scan.reason).toMatch(/\S/);
    expect(one.stores.resourceRows.size).toBe(SAMPLE_THINGS.length);
    expect(fresh.size).toBeLessThan(SAMPLE_THINGS.length);
  });

  it('uses every advisory, and never against a version that has the fix', () => {
    const matched = new Set<string>();
    for (const finding of one.stores.findingRows.values()) {
      for (const { ecosystem, evidence, fixedVersion } of finding.observation.packages) {
        matched.add(evidence.advisory);
        const scheme = { npm: schemes.semver, pypi: schemes.pep440 }[ecosystem] ?? schemes.deb;
        if (fixedVersion) expect(compareVersions(scheme, evidence.installed, fixedVersion)).toBe(-1);
      }
    }
    const unused = SAMPLE_ADVISORY_FACTS.filter((fact) => !matched.has(fact.id));
    expect(unused.map((fact) => fact.id)).toEqual([]);
  });

  it('leaves nothing open that was known when a resource was last brought up to date', () => {
    const waveOf = new Map(SAMPLE_ADVISORY_FACTS.map((fact) => [fact.id, fact.wave]));
    const patchedIn = new Map<string, number>();
    for (const { resource, patchedIn: waves, scanning, contents } of SAMPLE_THINGS) {
      const last = waves.at(-1);
      const isSeen = scanning.kind === 'regular' && contents.state === 'whole';
      if (last !== undefined && isSeen) patchedIn.set(resource.id, last);
    }
    for (const { resource, observation } of open(one.stores)) {
      const patched = patchedIn.get(resource);
      if (patched === undefined) continue;
      for (const { evidence } of observation.packages) {
        expect(waveOf.get(evidence.advisory), `${evidence.advisory} on ${resource}`).toBeGreaterThan(patched);
      }
    }
  });

  it('ends its progress with every phase done', () => {
    expect(one.phases.at(-1)).toEqual([
      { name: 'Accounts', done: SAMPLE_ACCOUNTS.length, total: SAMPLE_ACCOUNTS.length, state: 'done' },
      { name: 'Networks', done: 0, total: 0, state: 'done' },
      { name: 'Scans', done: one.stores.scans.length, total: one.stores.scans.length, state: 'done' },
    ]);
  });

  it('is left alone when it is asked for again', async () => {
    const before = structuredClone([...one.stores.findingRows]);
    const scans = one.stores.scans.length;

    const again = await one.load();

    expect(again.message).toContain('loaded already');
    expect(one.stores.scans).toHaveLength(scans);
    expect([...one.stores.findingRows]).toEqual(before);
  });
});

it('an aged sample is scanned once more, and nothing opens or closes', async () => {
  const aged = bench();
  await aged.load();
  const before = [...aged.stores.findingRows.values()].map(({ key, status }) => [key, status]);
  const scans = aged.stores.scans.length;
  aged.now = new Date(NOW.getTime() + 3 * DAY_MS);

  const again = await aged.load();

  expect(again.message).toContain('brought up to date');
  expect(aged.stores.scans.length - scans).toBe(sampleWaves(NOW).at(-1)?.scans.length);
  expect([...aged.stores.findingRows.values()].map(({ key, status }) => [key, status])).toEqual(before);
});

it('a load that was cut short starts over and ends the same', async () => {
  const whole = bench();
  await whole.load();
  const cut = bench();
  const abort = new AbortController();
  const record = cut.stores.resources.recordScans;
  cut.stores.resources.recordScans = async (scans) => {
    if (cut.stores.scans.length === 400) abort.abort();
    await record(scans);
  };
  await expect(cut.load(abort.signal)).rejects.toThrow();
  cut.stores.resources.recordScans = record;

  await cut.load();

  expect([...cut.stores.findingRows.values()].map(({ key, status }) => `${key} ${status}`).sort()).toEqual(
    [...whole.stores.findingRows.values()].map(({ key, status }) => `${key} ${status}`).sort(),
  );
  expect(cut.stores.scans).toHaveLength(whole.stores.scans.length);
});

it('removing the sample leaves nothing of it, and says when there was none', async () => {
  const one = bench();
  await one.load();
  expect(one.stores.resourceRows.has(SAMPLE_NEWEST.resource.id)).toBe(true);

  const removed = await one.remove();
  const again = await one.remove();

  expect(removed.message).toContain(`${SAMPLE_THINGS.length} resources`);
  expect(one.stores.resourceRows.size + one.stores.findingRows.size + one.stores.scans.length).toBe(0);
  expect(one.stores.accounts.size).toBe(0);
  expect(again.message).toBe('There was no sample estate to remove.');
});
