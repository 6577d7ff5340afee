import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';
import { programPath } from '../lib/testing/peer-programs.ts';
import { type Benchmark, inTurn } from './benchmark.ts';
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
    const query = ['--admindir', join(root, 'var/lib/dpkg'), '-W', '-f', '$' + '{Package}\t$' + '{Version}\n'];
    const dpkg = programPath('dpkg-query');
    const { ours, peer } = await inTurn(
      5,
      collect,
      dpkg === null ? null : () => execFileSync(dpkg, query, { stdio: 'pipe' }),
    );
    return [
      {
        name: 'host-scan',
        size: `${packages} packages (a third of dpkg, npm, Python each), seed ${SEED}`,
        figure: ours,
        unit: 'ms',
        peer: peer === null ? null : 'dpkg-query -W (the third that it knows)',
        peerFigure: peer,
      },
    ];
  },
};
