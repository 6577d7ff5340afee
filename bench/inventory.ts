import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programPath } from '../lib/testing/peer-programs.ts';
import { type RealRegistry, startRealRegistry } from '../lib/testing/real-registry.ts';
import { type Benchmark, type BenchmarkRow, inTurn, median, milliseconds } from './benchmark.ts';
import { trivyProgram } from './inventory/trivy.ts';
import { hostInventory } from './inventory-host.ts';
import { makeImages } from './inventory-image.ts';

const RUNS = 5;
const COMMAND = fileURLToPath(new URL('measured-command.ts', import.meta.url));

/** Images of a registry on this machine, whole and on a known base, beside Trivy; and a large host beside dpkg-query and find. */
export const inventory: Benchmark = {
  name: 'inventory',
  async measure({ directory }) {
    return [...(await imageRows(directory)), ...(await hostInventory(join(directory, 'host')))];
  },
};

async function imageRows(directory: string): Promise<readonly BenchmarkRow[]> {
  const program = programPath('docker-registry');
  const skopeo = programPath('skopeo');
  if (program === null || skopeo === null) {
    process.stderr.write('  docker-registry or skopeo is not installed: no images are measured.\n');
    return [];
  }
  const { layout, size } = await makeImages(directory);
  const registry = await startRealRegistry(program, join(directory, 'registry'), null);
  try {
    for (const name of ['base', 'app']) {
      const flags = ['--insecure-policy', 'copy', '--preserve-digests', '--dest-tls-verify=false'];
      const to = `docker://${registry.host}/bench/app:${name}`;
      execFileSync(skopeo, [...flags, `oci:${layout}:${name}`, to], { stdio: 'ignore' });
    }
    return await measured(directory, registry, size);
  } finally {
    await registry.stop();
  }
}

async function measured(directory: string, { host }: RealRegistry, size: string): Promise<readonly BenchmarkRow[]> {
  const data = join(directory, 'data');
  const cache = join(directory, 'trivy');
  const memory: number[] = [];
  const ours = (name: string) => memory.push(pull(`image:${host}/bench/app:${name}`, data));
  const peer = trivy(host, cache);
  const first = await inTurn(
    RUNS,
    () => {
      rmSync(data, { recursive: true, force: true });
      ours('base');
    },
    peer === null
      ? null
      : () => {
          rmSync(cache, { recursive: true, force: true });
          peer('base');
        },
  );
  const peak = Math.max(...memory) / 1024;
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    rmSync(data, { recursive: true, force: true });
    ours('base');
    seconds.push(await milliseconds(() => ours('app')));
  }
  return [
    {
      name: 'image pulled',
      size,
      figure: first.ours,
      unit: 'ms',
      peer: first.peer === null ? null : 'Trivy, image --image-src remote',
      peerFigure: first.peer,
    },
    { name: 'image pulled, peak memory', size, figure: peak, unit: 'MB', peer: 'the limit', peerFigure: 400 },
    {
      name: 'second image on a known base',
      size,
      figure: median(seconds),
      unit: 'ms',
      peer: 'the first image',
      peerFigure: first.ours,
    },
  ];
}

/** Makes the inventory in a process of its own; returns its peak memory in KB. */
function pull(target: string, data: string): number {
  const flags = ['--disable-warning=ExperimentalWarning', COMMAND];
  const { status, stderr } = spawnSync(process.execPath, [...flags, 'inventory', target], {
    env: { ...process.env, HARRIER_DATA: data },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) {
    throw new Error(`${target} could not be read: ${stderr}`);
  }
  return Number(stderr.trim().split('\n').at(-1));
}

/** Trivy, which keeps what it read of layers in the folder; null where there is none. */
function trivy(host: string, cache: string): ((name: string) => void) | null {
  const program = trivyProgram();
  if (program === null) {
    process.stderr.write('  Trivy is neither on the path nor named by TRIVY: images are measured without a peer.\n');
    return null;
  }
  const flags = ['image', '--image-src', 'remote', '--format', 'cyclonedx', '--quiet', '--cache-dir', cache];
  return (name) => {
    const env = { ...process.env, TRIVY_NON_SSL: 'true' };
    execFileSync(program, [...flags, `${host}/bench/app:${name}`], { stdio: 'ignore', env });
  };
}
