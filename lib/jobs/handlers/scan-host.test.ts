import { expect, it } from 'vitest';
import { jobId } from '../../core/model/ids.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { AdvisoryIndex } from '../../core/ports/advisory-index.ts';
import type { FileTree } from '../../core/ports/file-tree.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { deniedTree } from '../../sample/denied-tree.ts';
import { memoryTree } from '../../sample/memory-tree.ts';
import { openSampleIndex } from '../../sample/sample-index.ts';
import { SAMPLE_WAVES } from '../../sample/sample-thing.ts';
import { memoryAdvisoryIndex } from '../../testing/memory-advisory-index.ts';
import { type MemoryStores, memoryStores } from '../../testing/memory-stores.ts';
import { type JobContext, type JobResult, PermanentJobError } from '../contracts.ts';
import { scanHostHandler } from './scan-host.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const TEN_MINUTES_LATER = new Date(NOW.getTime() + 600_000);
const AN_HOUR_LATER = new Date(NOW.getTime() + 3_600_000);
const DAY_MS = 24 * 60 * 60 * 1000;

function tree(opensslVersion: string): FileTree {
  return memoryTree(
    new Map([
      ['etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'],
      [
        'var/lib/dpkg/status',
        `Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl\nVersion: ${opensslVersion}\n\n`,
      ],
    ]),
  );
}

const noAdvisories: AdvisoryIndex = {
  revision: () => null,
  find: () => new Map(),
  named: () => [],
  statements: () => [],
  signals: () => new Map(),
  ecosystems: () => [],
  close: () => {},
};

interface Run {
  readonly host?: FileTree;
  readonly advisories?: AdvisoryIndex;
  /** In force from the second time on that somebody asks. */
  readonly laterAdvisories?: AdvisoryIndex;
  readonly root?: string;
  readonly phases?: (readonly JobPhase[])[];
  /** When it runs; one moment unless given. */
  readonly now?: Date;
}

function run(
  stores: MemoryStores,
  { host, advisories, laterAdvisories, root, phases = [], now = NOW }: Run = {},
): Promise<JobResult> {
  let asked = 0;
  const dependencies = {
    ...stores,
    jobs: { enqueue: async () => undefined },
    clock: { now: () => now },
    advisories: () => {
      asked += 1;
      return (asked > 1 ? laterAdvisories : null) ?? advisories ?? openSampleIndex(SAMPLE_WAVES - 1, NOW);
    },
    atomically: (work: (deps: Dependencies) => Promise<unknown>) => work(dependencies),
  } as unknown as Dependencies;
  const context: JobContext = {
    id: jobId('00000000-0000-4000-8000-000000000002'),
    signal: new AbortController().signal,
    progress: async (now) => {
      phases.push(now);
    },
    log: async () => {},
  };
  return scanHostHandler({
    dependencies,
    openHost: () => host ?? tree('3.0.9-1'),
    readVex: async () => ({ statements: [], problems: [] }),
    identify: async () => ({ machineId: 'c0ffee', name: 'workshop' }),
  }).run({ root: root ?? '/' }, context);
}

it('scans this machine into the account of things outside AWS', async () => {
  const stores = memoryStores();

  const result = await run(stores);

  expect(result).toEqual({ outcome: 'done', message: '1 package, 1 finding: 1 opened, 0 fixed.' });
  expect([...stores.accounts.values()]).toEqual([
    { id: 'local', name: 'This machine', organizationalUnit: '', sample: false },
  ]);
  expect([...stores.resourceRows.values()]).toMatchObject([
    { id: 'host:c0ffee', name: 'workshop', kind: 'host', accountId: 'local', region: 'local', sample: false },
  ]);
});

it('run twice, it changes nothing; after an upgrade it says what was fixed', async () => {
  const stores = memoryStores();
  await run(stores);

  const again = await run(stores, { now: TEN_MINUTES_LATER });
  const upgraded = await run(stores, { host: tree('3.0.11-1~deb12u2'), now: AN_HOUR_LATER });

  expect(again.message).toBe('1 package, 1 finding: 0 opened, 0 fixed.');
  expect(upgraded.message).toBe('1 package, 0 findings: 0 opened, 1 fixed.');
  expect(stores.resourceRows.size).toBe(1);
  expect(stores.findingRows.size).toBe(1);
});

it('another root directory is another thing', async () => {
  const stores = memoryStores();
  await run(stores);

  await run(stores, { root: '/mnt/backup', host: tree('3.0.11-1~deb12u2') });

  expect([...stores.resourceRows.keys()]).toEqual(['host:c0ffee', 'host:c0ffee:/mnt/backup']);
  expect([...stores.findingRows.values()].map((finding) => finding.status)).toEqual(['ACTIVE']);
});

it('without advisories it is partial, and says that nothing was matched and why', async () => {
  const result = await run(memoryStores(), { advisories: noAdvisories });

  expect(result.outcome).toBe('partial');
  expect(result.message).toMatch(/^1 package, 0 findings: 0 opened, 0 fixed\. Nothing could be matched, because /);
});

it('with advisories of other ecosystems only it names what could not be matched', async () => {
  const others = openSampleIndex(SAMPLE_WAVES - 1, NOW);
  const advisories = {
    ...others,
    ecosystems: () => others.ecosystems().filter((status) => status.ecosystem !== 'Debian:12'),
    find: () => new Map(),
    named: () => [],
  };

  const result = await run(memoryStores(), { advisories });

  expect(result.outcome).toBe('partial');
  expect(result.message).toContain('Packages of Debian:12 could not be matched');
});

it('with old advisories it says so', async () => {
  const advisories = openSampleIndex(SAMPLE_WAVES - 1, new Date(NOW.getTime() - 400 * DAY_MS));

  const result = await run(memoryStores(), { advisories });

  expect(result.outcome).toBe('partial');
  expect(result.message).toContain('The advisories for Debian:12 are out of date');
});

it('a machine that cannot be read at all fails for good, with the reason, and keeps its record', async () => {
  const stores = memoryStores();

  const failing = run(stores, { host: deniedTree('permission denied') });

  await expect(failing).rejects.toThrow(PermanentJobError);
  await expect(failing).rejects.toThrow('permission denied');
  expect(stores.scans).toMatchObject([{ outcome: 'failed', reason: 'permission denied' }]);
});

it('shows its three phases and ends with all of them done', async () => {
  const phases: (readonly JobPhase[])[] = [];

  await run(memoryStores(), { phases });

  expect(phases[0]?.map((phase) => phase.state)).toEqual(['running', 'waiting', 'waiting']);
  expect(phases.at(-1)).toEqual([
    { name: 'Read files', done: 2, total: 2, state: 'done' },
    { name: 'Match advisories', done: 1, total: 1, state: 'done' },
    { name: 'Write findings', done: 1, total: 1, state: 'done' },
  ]);
});

it('is held against advisories that came into force while it ran', async () => {
  const stores = memoryStores();

  await run(stores, { advisories: memoryAdvisoryIndex([]), laterAdvisories: openSampleIndex(SAMPLE_WAVES - 1, NOW) });

  expect([...stores.findingRows.values()].map((finding) => finding.status)).toEqual(['ACTIVE']);
  expect(stores.scans).toHaveLength(1);
});
