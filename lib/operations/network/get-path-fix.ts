import { AppError } from '../../core/model/app-error.ts';
import { type NetworkEvidence, portsWord } from '../../core/model/network.ts';
import { ruleName } from '../../core/model/revoke-rule.ts';
import { revokedRule } from '../../core/scan/network/explain.ts';
import { type ChangedPorts, Fixes } from '../../core/scan/network/fix.ts';
import type { Reach } from '../../core/scan/network/reach.ts';
import type { GroupRule } from '../../core/scan/network/topology.ts';
import { idInput, parseInput } from '../console/input.ts';
import { visibleEstate } from '../console/visible-scope.ts';
import type { Operation } from '../operation.ts';
import { openNetwork } from './open-network.ts';

/** Other ports that a change closes. */
interface ClosedBesides {
  readonly instanceId: string;
  /** `443/tcp`, `20-25/tcp`. */
  readonly ports: readonly string[];
  /** True for the instance of the path itself. */
  readonly isOwn: boolean;
}

/** What the removal of a path's rules does, tried on the configuration as it was last read. */
interface PathFix {
  /** False where the configuration has changed meanwhile: the path is not there any more, or other rules admit it too. */
  readonly closes: boolean;
  readonly besides: readonly ClosedBesides[];
}

/** Tries what closes the path of an exposure, and says what else it closes. Nothing is changed. */
export const getPathFix: Operation<{ readonly id: string }, PathFix> = {
  name: 'GetPathFix',
  permission: 'findings:read',
  parse: (input) => parseInput(idInput, input),
  async run(deps, caller, { id }) {
    const finding = await deps.reads.finding(visibleEstate(caller), id);
    if (finding === null || finding.network === null) {
      throw new AppError('not-found', 'There is no such exposure, or you may not see it.');
    }
    const { solved } = await openNetwork(deps, finding.accountId, finding.region);
    return tried(solved, finding.network);
  },
};

function tried(solved: Reach, network: NetworkEvidence): PathFix {
  const rules = rulesOf(solved, network);
  const { closed } = new Fixes(solved).try(rules);
  const isAsked = (one: ChangedPorts): boolean =>
    one.interface === network.interfaceId &&
    one.via === network.via &&
    one.protocol.toUpperCase() === network.protocol &&
    one.ports.some(([first, last]) => first <= network.begin && network.end <= last);
  return { closes: closed.some(isAsked), besides: besidesOf(solved, closed, network) };
}

/** The rules that the finding names, as far as they are still there. */
function rulesOf(solved: Reach, { revokes }: NetworkEvidence): readonly GroupRule[] {
  const wanted = new Set(revokes.map(ruleName));
  const groups = [...new Set(revokes.map(({ groupId }) => groupId))];
  return groups
    .flatMap((id) => solved.topology.groups.get(id)?.ingress ?? [])
    .filter((rule) => wanted.has(ruleName(revokedRule(rule))));
}

function besidesOf(solved: Reach, closed: readonly ChangedPorts[], network: NetworkEvidence): readonly ClosedBesides[] {
  const instanceOf = new Map(solved.topology.interfaces.map((one) => [one.id, one.instanceId ?? one.id]));
  const own = instanceOf.get(network.interfaceId) ?? '';
  const byInstance = new Map<string, Set<string>>();
  for (const { interface: id, protocol, ports } of closed) {
    const instance = instanceOf.get(id) ?? id;
    const words = byInstance.get(instance) ?? new Set<string>();
    for (const range of ports)
      for (const word of wordsOf(range, protocol, id === network.interfaceId ? network : null)) words.add(word);
    if (words.size > 0) byInstance.set(instance, words);
  }
  return [...byInstance]
    .map(([instanceId, ports]) => ({ instanceId, ports: [...ports], isOwn: instanceId === own }))
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.instanceId < b.instanceId ? -1 : 1));
}

/** A range in words without what was asked for. */
function wordsOf(
  [first, last]: readonly [number, number],
  protocol: string,
  asked: NetworkEvidence | null,
): readonly string[] {
  const isAsked = asked !== null && asked.protocol.toLowerCase() === protocol;
  const rest: readonly (readonly [number, number])[] = isAsked
    ? [
        [first, Math.min(last, asked.begin - 1)],
        [Math.max(first, asked.end + 1), last],
      ]
    : [[first, last]];
  return rest.filter(([from, to]) => from <= to).map(([begin, end]) => portsWord({ begin, end, protocol }));
}
