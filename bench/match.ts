import { join } from 'node:path';
import { collectHost } from '../lib/core/inventory/host-filesystem.ts';
import { resourceId } from '../lib/core/model/ids.ts';
import { assessPackages } from '../lib/core/risk/assess-packages.ts';
import { openAdvisoryIndex } from '../lib/feeds/advisory-index/open-advisory-index.ts';
import { openHostDirectory } from '../lib/filesystem/host-directory.ts';
import { type Benchmark, inTurn } from './benchmark.ts';
import { SEED, writeHost } from './generated-estate.ts';
import { syncedIndex } from './synced-index.ts';

const PACKAGES_EACH = 1_000;

/** From an inventory to scored observations, beside bare look-ups of the same keys in the same file. */
export const match: Benchmark = {
  name: 'match',
  async measure({ directory }) {
    const data = await syncedIndex(directory);
    const root = join(directory, 'root');
    writeHost(root, PACKAGES_EACH);
    const signal = new AbortController().signal;
    const inventory = await collectHost(openHostDirectory(root, { signal, exclude: [] }), signal);
    const index = openAdvisoryIndex(data);
    const plain = openRevision(data);
    if (plain === null) {
      throw new Error('the index did not open');
    }
    try {
      const facts = { resource: resourceId('host:bench'), environment: null, now: new Date('2026-11-24T12:00:00Z') };
      const keys = inventory.packages.map(({ ecosystem, name }) => `${OSV_NAMES[ecosystem] ?? ecosystem}/${name}`);
      let found = 0;
      const { ours, peer } = await inTurn(
        5,
        () => {
          found = assessPackages(inventory, index, facts).observations.length;
        },
        () => lookUp(plain, keys),
      );
      return [
        {
          name: 'match',
          size: `${inventory.packages.length} packages, ${found} findings, seed ${SEED}`,
          figure: ours,
          unit: 'ms',
          peer: 'node:sqlite look-ups of the same keys, nothing decided',
          peerFigure: peer,
        },
      ];
    } finally {
      index.close();
      plain.close();
    }
  },
};

const OSV_NAMES: Readonly<Record<string, string>> = { debian: 'Debian:12', npm: 'npm', pypi: 'PyPI' };

function lookUp(database: DatabaseSync, keys: readonly string[]): number {
  const select = database.prepare(
    'SELECT f.body, a.head FROM affects f JOIN advisory a ON a.n = f.advisory WHERE f.key = ?',
  );
  let rows = 0;
  for (const key of keys) {
    rows += select.all(key).length;
  }
  return rows;
}
