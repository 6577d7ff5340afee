import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Fixes } from '../lib/core/scan/network/fix.ts';
import { Paths } from '../lib/core/scan/network/paths.ts';
import { Reach } from '../lib/core/scan/network/reach.ts';
import { readTopology } from '../lib/core/scan/network/read-topology.ts';
import { generatedNetwork } from '../lib/testing/network/generated-network.ts';
import { reachByPackets } from '../lib/testing/network/packet-by-packet.ts';
import { randomTopology } from '../lib/testing/network/random-topology.ts';
import { type Benchmark, type BenchmarkRow, inTurn } from './benchmark.ts';

const SIZE = { vpcs: 40, subnetsPerVpc: 10, interfacesPerSubnet: 25 } as const;
const INTERFACES = SIZE.vpcs * SIZE.subnetsPerVpc * SIZE.interfacesPerSubnet;
const SEED = 1;
const RUNS = 5;
/** Random topologies that a packet after the other is tried in; beyond them nobody would wait. */
const SMALL = 100;
/** Fixes that are tried, each on the whole changed topology. */
const FIXES = 200;

/** Which ports can be reached in a large region, with and without the paths, and what one changed group costs. */
export const reach: Benchmark = {
  name: 'reach',
  async measure() {
    const file = generatedNetwork(SIZE, SEED);
    const { topology } = readTopology(file);
    const size = `${INTERFACES.toLocaleString('en-US')} interfaces in ${SIZE.vpcs} VPCs, seed ${SEED}`;
    const alone = { peer: null, peerFigure: null };
    const rows: BenchmarkRow[] = [];
    const solve = await inTurn(RUNS, () => new Reach(topology).all(), null);
    rows.push({ name: 'reach, solved without paths', size, figure: solve.ours, unit: 'ms', ...alone });

    let count = 0;
    const explained = await inTurn(
      RUNS,
      () => {
        const solved = new Reach(topology);
        const paths = new Paths(solved.view);
        count = solved.all().reduce((sum, one) => sum + paths.of(one).length, 0);
      },
      null,
    );
    const withPaths = `${size}, ${count.toLocaleString('en-US')} paths`;
    rows.push({ name: 'reach, solved with paths', size: withPaths, figure: explained.ours, unit: 'ms', ...alone });

    const solved = new Reach(topology);
    const all = solved.all();
    const [group] = [...topology.groups.values()];
    if (group === undefined) throw new Error('the network has no group');
    const changed = await inTurn(
      RUNS,
      () => {
        const after = solved.withGroups([{ ...group, ingress: group.ingress.slice(1) }]);
        for (const one of after.touchedBy([group.id])) after.of(one);
      },
      null,
    );
    rows.push({ name: 'reach, one group changed', size, figure: changed.ours, unit: 'ms', ...alone });

    const paths = new Paths(solved.view);
    const some = all.flatMap((one) => paths.of(one)).filter((_, at) => at % Math.ceil(count / FIXES) === 0);
    const fixed = await inTurn(
      1,
      () => {
        const fixes = new Fixes(solved);
        for (const path of some) fixes.of(path);
      },
      null,
    );
    rows.push({
      name: 'reach, one fix proposed and tried',
      size: withPaths,
      figure: fixed.ours / some.length,
      unit: 'ms',
      ...alone,
    });
    rows.push({
      name: 'reach, heap that a solved network holds',
      size,
      figure: heapOf(topology),
      unit: 'MB',
      ...alone,
    });

    const small = Array.from({ length: SMALL }, (_, seed) => randomTopology(seed));
    const beside = await inTurn(
      3,
      () => {
        for (const one of small) new Reach(readTopology(one).topology).all();
      },
      () => {
        for (const one of small) reachByPackets(one);
      },
    );
    rows.push({
      name: 'reach, small topologies read and solved',
      size: `${SMALL} random topologies`,
      figure: beside.ours,
      unit: 'ms',
      peer: 'one packet after the other, same answers',
      peerFigure: beside.peer,
    });
    return rows;
  },
};

/** What stays in memory of a network, its solution and the shared parts of its paths. Megabytes. */
function heapOf(topology: ReturnType<typeof readTopology>['topology']): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().heapUsed;
  const solved = new Reach(topology);
  const paths = new Paths(solved.view);
  for (const one of solved.all()) paths.of(one);
  collect();
  const held = process.memoryUsage().heapUsed - before;
  // Asked once more, so that it is still there.
  if (solved.all().length === 0 || paths === null) throw new Error('nothing was solved');
  return held / 1e6;
}
