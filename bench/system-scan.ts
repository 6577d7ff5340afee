import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';
import { programPath } from '../lib/testing/peer-programs.ts';
import { type Benchmark, type BenchmarkRow, inTurn } from './benchmark.ts';
import { writeDpkgSystem, writeFiles, writeRpmSystem } from './generated-system.ts';

const PACKAGES = 3_000;
const FILES_EACH = 68;

/** The inventory of a whole machine by each kind of package database, beside a walk over its files with `find`. */
export const systemScan: Benchmark = {
  name: 'system-scan',
  async measure({ directory }) {
    const root = join(directory, 'root');
    const files = writeFiles(root, PACKAGES, FILES_EACH);
    const rows: BenchmarkRow[] = [];
    for (const [database, write] of [
      ['dpkg', writeDpkgSystem],
      ['rpm (SQLite)', writeRpmSystem],
    ] as const) {
      write(root, files);
      const collect = async (): Promise<void> => {
        const tree = openHostDirectory(root, { signal: new AbortController().signal, exclude: [] });
        const { packages, outcome } = await collectHost(tree, new AbortController().signal);
        if (packages.length !== PACKAGES || outcome !== 'complete') {
          throw new Error(`${packages.length} packages, ${outcome}: the figure would be of something else`);
        }
      };
      const walk = (): void => void execFileSync('find', [root, '-type', 'f', '-name', 'METADATA'], { stdio: 'pipe' });
      const { ours, peer } = await inTurn(5, collect, programPath('find') === null ? null : walk);
      rows.push({
        name: `system-scan, ${database}`,
        size: `${PACKAGES} packages, ${files.flat().length} files`,
        figure: ours,
        unit: 'ms',
        peer: peer === null ? null : 'find -name METADATA (the walk alone)',
        peerFigure: peer,
      });
    }
    return rows;
  },
};
