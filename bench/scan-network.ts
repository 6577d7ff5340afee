import { openNetwork, recentNetwork } from '../lib/operations/network/open-network.ts';
import { openDatabase } from '../lib/store/client.ts';
import { openStores } from '../lib/store/open-stores.ts';
import { exposedPaths, exposure } from '../lib/store/queries/exposure.ts';
import { sqlOfPool } from '../lib/store/sql.ts';
import { fillNetwork, NETWORK_PLACE, solveFilledNetwork } from '../lib/testing/fill-network.ts';
import { storeDependencies } from '../lib/testing/store-dependencies.ts';
import { EVERYTHING } from '../lib/testing/whole-estate.ts';
import { type Benchmark, type BenchmarkRow, inTurn } from './benchmark.ts';

const SIZE = { vpcs: 20, subnetsPerVpc: 10, interfacesPerSubnet: 25 } as const;
const INSTANCES = SIZE.vpcs * SIZE.subnetsPerVpc * SIZE.interfacesPerSubnet;
const RUNS = 5;

/** A network of one account and region from what is stored to findings: first, again, and with one rule more. */
export const scanNetworkBenchmark: Benchmark = {
  name: 'scan-network',
  async measure({ freshDatabase }) {
    const database = openDatabase(await freshDatabase());
    const stores = openStores(database);
    try {
      let now = new Date('2026-11-29T12:00:00Z');
      const deps = storeDependencies({ stores, database, url: '', close: async () => undefined }, () => now);
      const sql = sqlOfPool(database.pool);
      const told = await fillNetwork(deps, SIZE);
      const rows: BenchmarkRow[] = [];
      const add = (name: string, size: string, figure: number) =>
        rows.push({ name: `scan-network, ${name}`, size, figure, unit: 'ms', peer: null, peerFigure: null });
      const timed = async <T>(run: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> => {
        const began = performance.now();
        const value = await run();
        return { ms: performance.now() - began, value };
      };
      const first = await timed(() => solveFilledNetwork(deps, sql));
      const size = `${INSTANCES.toLocaleString('en')} instances, ${first.value.opened.toLocaleString('en')} findings`;
      add('first', size, first.ms);
      now = new Date(now.getTime() + 3_600_000);
      await deps.network.unsolve(NETWORK_PLACE, now);
      add('again', size, (await timed(() => solveFilledNetwork(deps, sql))).ms);
      now = new Date(now.getTime() + 3_600_000);
      const groups = (told.lists.SecurityGroups as { IpPermissions: unknown[] }[]).map((group, at) =>
        at === 0 ? { ...group, IpPermissions: [...group.IpPermissions, OPEN_TELNET] } : group,
      );
      await deps.network.save(NETWORK_PLACE, { ...told, lists: { ...told.lists, SecurityGroups: groups } }, now);
      const changed = await timed(() => solveFilledNetwork(deps, sql));
      add('one rule more', `${size}; ${changed.value.opened} more`, changed.ms);
      const { accountId, region } = NETWORK_PLACE;
      add('opened to be looked at', size, (await inTurn(RUNS, () => openNetwork(deps, accountId, region), null)).ours);
      await recentNetwork(deps, accountId, region);
      add('looked at again', size, (await inTurn(RUNS, () => recentNetwork(deps, accountId, region), null)).ours);
      add('Exposure', size, (await inTurn(RUNS, () => exposure(sql, EVERYTHING, 'internet'), null)).ours);
      const paths = () => exposedPaths(sql, EVERYTHING, 'NET-22-TCP-INTERNET');
      add('paths to one port', size, (await inTurn(RUNS, paths, null)).ours);
      return rows;
    } finally {
      await stores.close();
      await database.close();
    }
  },
};

const OPEN_TELNET = { IpProtocol: 'tcp', FromPort: 23, ToPort: 23, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
