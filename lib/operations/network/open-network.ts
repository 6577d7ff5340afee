import type { Diagnostic } from '../../core/model/diagnostic.ts';
import type { NetworkLists } from '../../core/model/network.ts';
import type { ExposedInstance } from '../../core/ports/network-store.ts';
import { joinLists, neighboursOf } from '../../core/scan/network/join-lists.ts';
import { Reach } from '../../core/scan/network/reach.ts';
import { readTopology } from '../../core/scan/network/read-topology.ts';
import type { Dependencies } from '../dependencies.ts';

interface OpenNetwork {
  readonly solved: Reach;
  readonly instances: readonly ExposedInstance[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The network of an account in a region as it was last read, joined with those of the accounts that decide over it. */
export async function openNetwork(deps: Dependencies, accountId: string, region: string): Promise<OpenNetwork> {
  const [instances, [own]] = await Promise.all([
    deps.network.instances(accountId, region),
    deps.network.load(region, [accountId]),
  ]);
  const lists: NetworkLists = own ?? { lists: {}, unread: {} };
  const neighbours = neighboursOf(lists).filter((id) => id !== accountId);
  const joined = joinLists(lists, neighbours.length === 0 ? [] : await deps.network.load(region, neighbours));
  const Instances = instances.map(({ instanceId, state }) => ({ InstanceId: instanceId, State: { Name: state } }));
  const { topology, diagnostics } = readTopology({ ...joined.lists, Instances }, joined.unread);
  return { solved: new Reach(topology), instances, diagnostics };
}
