import type { Diagnostic } from '../../core/model/diagnostic.ts';
import type { NetworkLists } from '../../core/model/network.ts';
import type { ExposedInstance, NetworkRevision } from '../../core/ports/network-store.ts';
import { joinLists } from '../../core/scan/network/join-lists.ts';
import { Reach } from '../../core/scan/network/reach.ts';
import { readTopology } from '../../core/scan/network/read-topology.ts';
import type { Dependencies } from '../dependencies.ts';

interface SolvedNetwork {
  readonly solved: Reach;
  readonly diagnostics: readonly Diagnostic[];
}

interface OpenNetwork extends SolvedNetwork {
  readonly instances: readonly ExposedInstance[];
}

/** Networks that somebody looked at last stay solved, so that the next question to them is answered at once. */
const KEPT_NETWORKS = 4;
const KEPT_INTERFACES = 10_000;
const kept = new Map<string, SolvedNetwork>();

/** The network of an account in a region as it was last read, joined with those of the accounts that decide over it. */
export async function openNetwork(deps: Dependencies, accountId: string, region: string): Promise<OpenNetwork> {
  const instances = await deps.network.instances(accountId, region);
  const { network } = await solve(deps, { accountId, region }, instances);
  return { ...network, instances };
}

/** The same for somebody who looks at it and asks more than once. */
export async function recentNetwork(deps: Dependencies, accountId: string, region: string): Promise<OpenNetwork> {
  const [instances, own] = await Promise.all([
    deps.network.instances(accountId, region),
    deps.network.revisions(region, [accountId]),
  ]);
  const neighbours = await neighboursOf(own, (ids) => deps.network.revisions(region, ids));
  const known = kept.get(nameOf({ accountId, region }, [...own, ...neighbours], instances));
  if (known !== undefined) return { ...known, instances };
  const { network, revisions } = await solve(deps, { accountId, region }, instances);
  keep(nameOf({ accountId, region }, revisions, instances), network);
  return { ...network, instances };
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

function nameOf(
  { accountId, region }: Place,
  revisions: readonly NetworkRevision[],
  instances: readonly ExposedInstance[],
): string {
  const hashes = revisions.map(({ hash }) => hash);
  const states = instances.map(({ instanceId, state }) => `${instanceId} ${state}`);
  return [accountId, region, ...hashes, ...states].join('\n');
}

/** The networks used last stay, as far as they are not too large together. */
function keep(name: string, network: SolvedNetwork): void {
  kept.set(name, network);
  let interfaces = 0;
  for (const [at, [key, { solved }]] of [...kept].toReversed().entries()) {
    interfaces += solved.topology.interfaces.length;
    if (at >= KEPT_NETWORKS || interfaces > KEPT_INTERFACES) kept.delete(key);
  }
}

async function solve(
  deps: Dependencies,
  { accountId, region }: Place,
  instances: readonly ExposedInstance[],
): Promise<{ readonly network: SolvedNetwork; readonly revisions: readonly NetworkRevision[] }> {
  const own = await deps.network.load(region, [accountId]);
  const neighbours = await neighboursOf(own, (ids) => deps.network.load(region, ids));
  const lists: NetworkLists = own[0] ?? { lists: {}, unread: {} };
  const joined = joinLists(lists, neighbours);
  const Instances = instances.map(({ instanceId, state }) => ({ InstanceId: instanceId, State: { Name: state } }));
  const { topology, diagnostics } = readTopology({ ...joined.lists, Instances }, joined.unread);
  return { network: { solved: new Reach(topology), diagnostics }, revisions: [...own, ...neighbours] };
}

async function neighboursOf<T extends NetworkRevision>(
  [own]: readonly T[],
  load: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const ids = own?.neighbours ?? [];
  return ids.length === 0 ? [] : load(ids);
}
