import { type NetworkEvidence, portsWord } from '../../core/model/network.ts';
import type { NetworkChange } from '../../core/model/network-change.ts';
import type { ChangedPorts } from '../../core/scan/network/change.ts';
import { type Cut, closedBy, cutsOf, isWayOf } from '../../core/scan/network/cuts.ts';
import type { Reach } from '../../core/scan/network/reach.ts';
import { idInput, parseInput } from '../console/input.ts';
import type { Operation } from '../operation.ts';
import { recentNetwork } from './open-network.ts';
import { visibleExposure } from './visible-exposure.ts';

/** Ports of an instance that a change closes, opens, or leaves to fewer or to more. */
export interface MovedPorts {
  readonly instanceId: string;
  /** `443/tcp`, `20-25/tcp`. */
  readonly ports: readonly string[];
}

/** A way to close a path, tried on the configuration as it was last read. */
export interface PathCut extends Pick<Cut, 'kind' | 'left'> {
  readonly changes: readonly NetworkChange[];
  /** How many exposures it closes, with that of the path. */
  readonly closes: number;
  /** Other ports that it closes, those of the path's own instance first. */
  readonly besides: readonly (MovedPorts & { readonly isOwn: boolean })[];
}

/** Ways to close the path of an exposure, the one with the least side effects first; none where it is not there any more. */
export const getPathCuts: Operation<{ readonly id: string }, readonly PathCut[]> = {
  name: 'GetPathCuts',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const finding = await visibleExposure(deps, caller, id);
    const { network } = finding;
    const { solved } = await recentNetwork(deps, finding.accountId, finding.region);
    return cutsOf(solved, network).map(({ kind, left, changes, difference }) => ({
      kind,
      left,
      changes,
      closes: closedBy(difference),
      besides: besidesOf(solved, difference.closed, network),
    }));
  },
};

function besidesOf(solved: Reach, closed: readonly ChangedPorts[], network: NetworkEvidence): PathCut['besides'] {
  const own = solved.topology.interfaces.find(({ id }) => id === network.interfaceId)?.instanceId ?? '';
  return movedPorts(solved, closed, network)
    .map((moved) => ({ ...moved, isOwn: moved.instanceId === own }))
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.instanceId < b.instanceId ? -1 : 1));
}

/** Changed ports by instance, without those of a path. */
export function movedPorts(
  { topology }: Reach,
  moved: readonly ChangedPorts[],
  asked: NetworkEvidence | null,
): readonly MovedPorts[] {
  const instanceOf = new Map(topology.interfaces.map((one) => [one.id, one.instanceId ?? one.id]));
  const byInstance = new Map<string, Set<string>>();
  for (const one of moved) {
    const instance = instanceOf.get(one.interface) ?? one.interface;
    const words = byInstance.get(instance) ?? new Set<string>();
    const isAsked = asked !== null && isWayOf(asked, one);
    // The same port by another way is another path.
    const by = asked !== null && !isAsked && one.interface === asked.interfaceId ? ` by ${one.via}` : '';
    for (const range of one.ports)
      for (const word of wordsOf(range, one.protocol, isAsked ? asked : null)) words.add(word + by);
    if (words.size > 0) byInstance.set(instance, words);
  }
  return [...byInstance].map(([instanceId, ports]) => ({ instanceId, ports: [...ports] }));
}

/** A range in words without what was asked for. */
function wordsOf(
  [first, last]: readonly [number, number],
  protocol: string,
  asked: NetworkEvidence | null,
): readonly string[] {
  const rest: readonly (readonly [number, number])[] =
    asked === null
      ? [[first, last]]
      : [
          [first, Math.min(last, asked.begin - 1)],
          [Math.max(first, asked.end + 1), last],
        ];
  return rest.filter(([from, to]) => from <= to).map(([begin, end]) => portsWord({ begin, end, protocol }));
}
