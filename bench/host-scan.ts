import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';
import { type Benchmark, type BenchmarkRow, inTurn, milliseconds } from './benchmark.ts';
import { SEED, writeHost } from './generated-estate.ts';

const PACKAGES_EACH = 1_000;

/** The inventory of a host's files, beside the system's own list of its packages. */
export const hostScan: Benchmark = {
  name: 'host-scan',
  async measure({ directory }) {
    const root = join(directory, 'root');
    writeHost(root, PACKAGES_EACH);
    const signal = new AbortController().signal;
    let packages = 0;
    const collect = async (): Promise<void> => {
      const inventory = await collectHost(openHostDirectory(root, { signal, exclude: [] }), signal);
      packages = inventory.packages.length;
    };
    const row: Omit<BenchmarkRow, 'figure' | 'peer' | 'peerFigure' | 'size'> = { name: 'host-scan', unit: 'ms' };
    const query = ['--admindir', join(root, 'var/lib/dpkg'), '-W', '-f', '$' + '{Package}\t$' + '{Version}\n'];
    if (!hasDpkg()) {
      await collect();
      const figure = await milliseconds(collect);
      return [{ ...row, size: `${packages} packages, seed ${SEED}`, figure, peer: null, peerFigure: null }];
    }
    const { ours, peer } = await inTurn(5, collect, () => execFileSync('dpkg-query', query, { stdio: 'pipe' }));
    return [
      {
        ...row,
        size: `${packages} packages (a third of dpkg, npm, Python each), seed ${SEED}`,
        figure: ours,
        peer: 'dpkg-query -W (the third that it knows)',
        peerFigure: peer,
      },
    ];
  },
};

function hasDpkg(): boolean {
  try {
    execFileSync('dpkg-query', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not a Debian machine: the row is printed without a peer.
    return false;
  }
}
