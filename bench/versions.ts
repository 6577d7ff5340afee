import semverPeer from 'semver';
import { compareVersions } from '../lib/core/versions/compare-versions.ts';
import { schemes } from '../lib/core/versions/registry.ts';
import { createRandom, pick } from '../lib/testing/random.ts';
import { type Benchmark, type BenchmarkRow, inTurn } from './benchmark.ts';
import { SEED } from './generated-estate.ts';

const PAIRS = 50_000;

/** Whole comparisons, parsing included, as `harrier versions compare` does them. */
export const versions: Benchmark = {
  name: 'versions',
  async measure() {
    const rows: BenchmarkRow[] = [];
    const collator = new Intl.Collator('en', { numeric: true });
    for (const [id, make] of Object.entries(MAKERS) as [keyof typeof MAKERS, (typeof MAKERS)[keyof typeof MAKERS]][]) {
      const random = createRandom(SEED);
      const pairs = Array.from({ length: PAIRS }, () => [make(random), make(random)] as const);
      const peerOf =
        id === 'semver'
          ? (a: string, b: string) => semverPeer.compare(a, b)
          : (a: string, b: string) => collator.compare(a, b);
      let sum = 0;
      const { ours, peer } = await inTurn(
        5,
        () => {
          for (const [a, b] of pairs) sum += compareVersions(schemes[id], a, b) ?? 0;
        },
        () => {
          for (const [a, b] of pairs) sum += peerOf(a, b);
        },
      );
      if (Number.isNaN(sum)) {
        throw new Error('a comparison gave no number');
      }
      rows.push({
        name: `versions ${id}`,
        size: `${PAIRS / 1_000},000 pairs, seed ${SEED}`,
        figure: (ours * 1e6) / PAIRS,
        unit: 'ns/pair',
        peer: id === 'semver' ? 'npm semver' : 'Intl.Collator, numeric (another order)',
        peerFigure: (peer * 1e6) / PAIRS,
      });
    }
    return rows;
  },
};

type Make = (random: () => number) => string;
const number = (random: () => number, below: number) => String(Math.floor(random() * below));
const release: Make = (random) => `${number(random, 4)}.${number(random, 20)}.${number(random, 30)}`;

const MAKERS = {
  semver: (random) => release(random) + pick(random, ['', '', '', '-rc.1', '-beta.2', '+build.5']),
  deb: (random) =>
    pick(random, ['', '', '1:']) +
    release(random) +
    pick(random, ['', '~rc1', '+dfsg', '+git20260101']) +
    pick(random, ['-1', '-2+deb12u3', '-0ubuntu1.4', '']),
  pep440: (random) => release(random) + pick(random, ['', '', '', 'rc1', '.post2', '.dev3', 'a1', '+local.1']),
} satisfies Partial<Record<keyof typeof schemes, Make>>;
