import type { IngressRule, NetworkEvidence } from '../../model/network.ts';
import type { NetworkChange } from '../../model/network-change.ts';
import { ruleName } from '../../model/revoke-rule.ts';
import { addressesOf, type Block, INTERNET, readBlock } from './address.ts';
import { type ChangedPorts, type Difference, reachAfter, tryChanges } from './change.ts';
import { partyText, toIngressRule } from './explain.ts';
import { subtract, touch } from './intervals.ts';
import type { Reach } from './reach.ts';
import { rangesOf } from './services.ts';
import type { GroupRule, NetworkInterface, Protocol } from './topology.ts';

/** A way to close a path, or to leave it to fewer, that was tried on the topology. */
export interface Cut {
  readonly kind: 'revoke' | 'limit-ports' | 'limit-sources' | 'detach' | 'deny';
  readonly changes: readonly NetworkChange[];
  /** For `limit-sources`: who may still call, and how many other groups admit the same to these ports; 0 for rules of the path itself. */
  readonly left: { readonly block: string; readonly rules: number } | null;
  readonly difference: Difference;
}

const WORLD = ['0.0.0.0/0', '::/0'];

/**
 * Ways to close a path, those first that close the least besides, and then those of fewest changes. Each was tried: what
 * would not close the path, or would open anything, is not among them.
 */
export function cutsOf(solved: Reach, network: NetworkEvidence): readonly Cut[] {
  const to = solved.topology.interfaces.find(({ id }) => id === network.interfaceId);
  if (to === undefined) return [];
  const rules = network.revokes.filter((rule) => isThere(solved, rule));
  const proposals = [
    revoking(rules),
    limitingPorts(rules, network),
    limitingSources(solved, rules, network),
    detaching(solved, to, rules),
    denying(solved, to, network),
  ];
  return proposals
    .filter((one) => one !== null)
    .map((one): Cut => ({ ...one, difference: tryChanges(solved, one.changes) }))
    .filter((one) => one.difference.opened.length === 0 && one.difference.widened.length === 0)
    .filter((one) => (one.left === null ? closes(one, network) : leaves(solved, one, to, network)))
    .toSorted((a, b) => lossOf(a) - lossOf(b) || a.changes.length - b.changes.length);
}

/** Whether the rule is still as the finding has it. */
function isThere(solved: Reach, rule: IngressRule): boolean {
  const own = solved.topology.groups.get(rule.groupId)?.ingress ?? [];
  return own.some((one) => ruleName(toIngressRule(one)) === ruleName(rule));
}

type Proposal = Omit<Cut, 'difference'>;

function revoking(rules: readonly IngressRule[]): Proposal | null {
  if (rules.length === 0) return null;
  return { kind: 'revoke', left: null, changes: rules.map((rule) => ({ kind: 'revoke', rule })) };
}

/** Rules of a wider range are written again without the ports of the path. */
function limitingPorts(rules: readonly IngressRule[], { begin, end }: NetworkEvidence): Proposal | null {
  const parts = rules.map((rule) => ({ rule, rest: restOf(rule, begin, end) }));
  if (parts.every(({ rest }) => rest.length === 0)) return null;
  const changes = parts.flatMap(({ rule, rest }): readonly NetworkChange[] => [
    { kind: 'revoke', rule },
    ...rest.map(([from, to]) => ({ kind: 'authorize', rule: { ...rule, from, to } }) as const),
  ]);
  return { kind: 'limit-ports', left: null, changes };
}

function restOf(
  { from, to, protocol }: IngressRule,
  begin: number,
  end: number,
): readonly (readonly [number, number])[] {
  const isNamed = ['tcp', 'udp', '6', '17'].includes(protocol.toLowerCase());
  if (!isNamed || from === null || to === null || from < 0) return [];
  const parts: readonly (readonly [number, number])[] = [
    [from, begin - 1],
    [end + 1, to],
  ];
  return parts.filter(([first, last]) => first <= last);
}

/** Rules for everybody go: whoever narrower rules admit stays, else the block that most other rules admit to these ports. */
function limitingSources(solved: Reach, rules: readonly IngressRule[], network: NetworkEvidence): Proposal | null {
  const open = rules.filter(({ source }) => WORLD.includes(source));
  const [first] = open;
  if (first === undefined) return null;
  const revokes = open.map((rule): NetworkChange => ({ kind: 'revoke', rule }));
  const narrower = rules.find(({ source }) => isCaller(readBlock(source), network));
  if (narrower !== undefined) {
    return { kind: 'limit-sources', left: { block: narrower.source, rules: 0 }, changes: revokes };
  }
  const left = knownBlock(solved, network);
  if (left === null) return null;
  const authorize: NetworkChange = { kind: 'authorize', rule: { ...first, source: left.block } };
  return { kind: 'limit-sources', left, changes: [...revokes, authorize] };
}

/** The block of callers that is admitted to these ports by rules of most groups, and by how many. */
function knownBlock({ topology }: Reach, network: NetworkEvidence): Cut['left'] {
  const { protocol, begin, end } = network;
  const wanted = protocol.toLowerCase() as Protocol;
  const admits = ({ ports, party }: GroupRule): boolean =>
    ports.protocols.includes(wanted) &&
    ports.from <= begin &&
    end < ports.to &&
    party.kind === 'block' &&
    isCaller(party.block, network);
  const counts = new Map<string, number>();
  for (const { ingress } of topology.groups.values()) {
    const blocks = ingress.filter(admits).map(({ party }) => partyText(party));
    for (const block of new Set(blocks)) counts.set(block, (counts.get(block) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  return most === undefined ? null : { block: most[0], rules: most[1] };
}

/** An IPv4 block that is no large part of the internet, of addresses that the path may come from. */
const NARROW_BITS = 16;
function isCaller(block: Block | null, { category }: NetworkEvidence): boolean {
  if (block === null || block.family !== 'ipv4' || block.length < NARROW_BITS) return false;
  const isOfInternet = touch(INTERNET.ipv4, [block.start, block.end]);
  return isOfInternet === (category === 'internet');
}

/** The interface takes off the groups that admit the path, where it has others. */
function detaching(solved: Reach, to: NetworkInterface, rules: readonly IngressRule[]): Proposal | null {
  const gone = [...new Set(rules.map(({ groupId }) => groupId))].filter((id) => to.groupIds.includes(id));
  const left = to.groupIds.filter((id) => !gone.includes(id) && solved.topology.groups.has(id));
  if (gone.length === 0 || left.length === 0) return null;
  const changes = gone.map((groupId): NetworkChange => ({ kind: 'detach', interfaceId: to.id, groupId, left }));
  return { kind: 'detach', left: null, changes };
}

/** An entry of the subnet's list, before all that are there. */
function denying({ view }: Reach, to: NetworkInterface, network: NetworkEvidence): Proposal | null {
  const acl = view.aclOf(to.subnetId);
  if (acl === undefined) return null;
  const first = Math.min(...acl.ingress.map(({ number }) => number));
  const sources = network.families.map((family) => (family === 'ipv4' ? '0.0.0.0/0' : '::/0'));
  const numbers = sources.map((_, at) => first - sources.length + at);
  if (!Number.isFinite(first) || numbers.some((number) => number < 1)) return null;
  const { begin, end } = network;
  const protocol = network.protocol.toLowerCase() as Protocol;
  const changes = sources.map(
    (source, at): NetworkChange => ({
      kind: 'deny',
      aclId: acl.id,
      number: numbers[at] ?? 1,
      protocol,
      begin,
      end,
      source,
    }),
  );
  return { kind: 'deny', left: null, changes };
}

/** Whether a changed way is the way of a path. */
export function isWayOf(network: NetworkEvidence, one: Omit<ChangedPorts, 'ports'>): boolean {
  return (
    one.interface === network.interfaceId && one.via === network.via && one.protocol.toUpperCase() === network.protocol
  );
}

function closes({ difference }: Cut, network: NetworkEvidence): boolean {
  return network.families.every((family) =>
    difference.closed.some(
      (one) =>
        isWayOf(network, one) &&
        one.family === family &&
        one.ports.some(([first, last]) => first <= network.begin && network.end <= last),
    ),
  );
}

/** Whether afterwards nobody may call but the block and whoever narrower rules admit, and somebody who could cannot any more. */
function leaves(
  solved: Reach,
  { changes, left, difference }: Cut,
  to: NetworkInterface,
  network: NetworkEvidence,
): boolean {
  const isLess = [...difference.narrowed, ...difference.closed].some((one) => isWayOf(network, one));
  const after = reachAfter(solved, changes).of(to).openings;
  const kept = [
    left?.block ?? '',
    ...network.revokes.map(({ source }) => source).filter((one) => !WORLD.includes(one)),
  ];
  const blocks = kept.map(readBlock).filter((block) => block !== null);
  const strangers = network.families.flatMap((family) => {
    const allowed = addressesOf(blocks.filter((block) => block.family === family));
    const own = after.filter((one) => one.family === family && isWayOf(network, { ...one, interface: to.id }));
    return own.flatMap(({ region }) =>
      region
        .filter(({ from, to: end }) => from <= network.end && network.begin < end)
        .flatMap(({ addresses }) => subtract(addresses, allowed)),
    );
  });
  return isLess && strangers.length === 0;
}

/** How many exposures it closes besides that of the path. */
function lossOf({ difference, left }: Cut): number {
  return closedBy(difference) - (left === null ? 1 : 0);
}

/** Exposures that are closed: ports as findings tell them. */
export function closedBy({ closed }: Difference): number {
  return closed.reduce((sum, { protocol, ports }) => sum + rangesOf(protocol, ports).length, 0);
}
