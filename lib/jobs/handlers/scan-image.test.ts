import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../core/model/app-error.ts';
import { jobId } from '../../core/model/ids.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { JobPhase } from '../../core/model/views.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { openSampleIndex } from '../../sample/sample-index.ts';
import { SAMPLE_WAVES } from '../../sample/sample-thing.ts';
import { buildPackage } from '../../testing/build-inventory.ts';
import { type MemoryStores, memoryStores } from '../../testing/memory-stores.ts';
import { type JobContext, type JobResult, PermanentJobError } from '../contracts.ts';
import { type PullOptions, scanImageHandler } from './scan-image.ts';

const NOW = new Date('2026-11-24T09:00:00Z');
const PASSWORD = 'do not show this';

let stores: MemoryStores;
let logged: string[];
let phases: (readonly JobPhase[])[];
let pulled: PullOptions[];
let now: Date;

beforeEach(() => {
  stores = memoryStores();
  logged = [];
  phases = [];
  pulled = [];
  now = NOW;
});

function imageOf(version: string): Inventory {
  const minimist = buildPackage({ ecosystem: 'npm', name: 'minimist', version });
  return { distro: null, packages: [minimist], outcome: 'complete', diagnostics: [] };
}

function scan(
  reference: string,
  pull: () => Promise<Inventory>,
  platform = 'linux/amd64',
  password: string | null = null,
): Promise<JobResult> {
  const dependencies = {
    ...stores,
    jobs: { enqueue: async () => jobId('00000000-0000-4000-8000-000000000009') },
    clock: { now: () => now },
    advisories: () => openSampleIndex(SAMPLE_WAVES - 1, NOW),
    atomically: (work: (deps: Dependencies) => Promise<unknown>) => work(dependencies),
    registryCredentials: { open: async () => (password === null ? null : { username: 'ines', password }) },
    reads: { resource: async (_scope: unknown, id: never) => stores.resourceRows.get(id) ?? null },
  } as unknown as Dependencies;
  const context: JobContext = {
    id: jobId('00000000-0000-4000-8000-000000000002'),
    signal: new AbortController().signal,
    progress: async (now) => void phases.push(now),
    log: async (_level, text) => void logged.push(text),
  };
  return scanImageHandler({
    dependencies,
    readVex: async () => ({ statements: [], problems: [] }),
    pull: async (_reference, options) => {
      pulled.push(options);
      await options.onLayer(3, 7);
      return pull();
    },
  }).run({ reference, platform }, context);
}

const openFindings = () => [...stores.findingRows.values()].filter(({ status }) => status === 'ACTIVE').length;

describe('an image that was named', () => {
  it('opens findings, which the next build under the same name closes', async () => {
    await scan('r.example/team/app:1', async () => imageOf('1.2.5'));
    const opened = openFindings();
    now = new Date(NOW.getTime() + 60_000);
    await scan('r.example/team/app:1', async () => imageOf('1.2.8'));

    expect(opened).toBe(1);
    expect(openFindings()).toBe(0);
    expect([...stores.resourceRows.values()]).toMatchObject([
      { id: 'image:r.example/team/app:1', kind: 'image', name: 'r.example/team/app:1', accountId: 'local' },
    ]);
  });

  it('is the same thing however short its name was put', async () => {
    await scan('nginx', async () => imageOf('1.2.5'));
    await scan('docker.io/library/nginx:latest', async () => imageOf('1.2.5'));

    expect([...stores.resourceRows.keys()]).toEqual(['image:docker.io/library/nginx:latest']);
  });

  it('of another platform is another thing, and closes nothing of the first', async () => {
    await scan('r.example/app', async () => imageOf('1.2.5'));
    await scan('r.example/app', async () => imageOf('1.2.8'), 'linux/arm64');

    expect([...stores.resourceRows.keys()]).toEqual([
      'image:r.example/app:latest',
      'image:r.example/app:latest#linux/arm64',
    ]);
    expect(openFindings()).toBe(1);
  });

  it('that nobody knows and nobody can read is no resource', async () => {
    const failing = scan('r.example/typo', async () => {
      throw new AppError('not-found', 'r.example has no image typo.');
    });

    await expect(failing).rejects.toThrow(PermanentJobError);
    await expect(failing).rejects.toThrow('The image could not be scanned: r.example has no image typo.');
    expect(stores.resourceRows.size).toBe(0);
    expect(stores.scans).toEqual([]);
  });

  it('that is known and cannot be read keeps its findings, and its coverage says why', async () => {
    await scan('r.example/app', async () => imageOf('1.2.5'));

    const failing = scan('r.example/app', async () => {
      throw new AppError('unavailable', 'r.example does not answer.');
    });

    await expect(failing).rejects.toThrow('r.example does not answer.');
    expect(openFindings()).toBe(1);
    expect(stores.scans.at(-1)).toMatchObject({ outcome: 'failed', reason: 'r.example does not answer.' });
  });

  it('shows how much of it was pulled', async () => {
    await scan('r.example/app', async () => imageOf('1.2.5'));

    expect(phases.some(([first]) => first?.done === 3 && first.total === 7)).toBe(true);
    expect(phases.at(-1)?.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('is pulled with the password of its registry, which nothing repeats', async () => {
    const result = await scan('r.example/app', async () => imageOf('1.2.5'), 'linux/amd64', PASSWORD);

    expect(pulled[0]?.credentials).toEqual({ username: 'ines', password: PASSWORD });
    const said = JSON.stringify([result, logged, phases, stores.scans, [...stores.resourceRows.values()]]);
    expect(said).not.toContain(PASSWORD);
  });
});
