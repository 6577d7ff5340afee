import type { NetworkChange } from '../../model/network-change.ts';
import { ruleName } from '../../model/revoke-rule.ts';
import { readBlock } from './address.ts';
import { toIngressRule } from './explain.ts';
import { inclusive, subtract } from './intervals.ts';
import { memo } from './memo.ts';
import { byWay, isSameWay, type Opening, type Way } from './opening.ts';
import { portsBy, type Reach } from './reach.ts';
import { ruleOf } from './read-rules.ts';
import { portsOf, subtractRegions, unionOf } from './region.ts';
import type { PortRange } from './services.ts';
import type { AclEntry, NetworkAcl, NetworkInterface, SecurityGroup, Topology } from './topology.ts';

/** Ports of one way into an interface that are closed, or opened, by a change. */
export interface ChangedPorts extends Way {
  readonly interface: string;
  readonly ports: readonly PortRange[];
}

/** What a change does to the ports of a topology. */
export interface Difference {
  readonly closed: readonly ChangedPorts[];
  readonly opened: readonly ChangedPorts[];
  /** Ports that stay open, and that somebody who could call them cannot call any more. */
  readonly narrowed: readonly ChangedPorts[];
  /** Ports that are open already, and that somebody can call who could not. */
  readonly widened: readonly ChangedPorts[];
}

/** What some changes do, tried on the whole topology. Nothing is changed. */
export function tryChanges(before: Reach, changes: readonly NetworkChange[]): Difference {
  return differenceBetween(before, reachAfter(before, changes), touchedBy(before, changes));
}

/** The topology as it would be after some changes, solved. */
export function reachAfter(before: Reach, changes: readonly NetworkChange[]): Reach {
  const groups = changedGroups(before.topology, changes);
  if (changes.every(isOfRules)) return before.withGroups(groups);
  return before.withTopology({
    ...before.topology,
    groups: new Map([...before.topology.groups, ...groups.map((group) => [group.id, group] as const)]),
    interfaces: before.topology.interfaces.map((one) => detached(one, changes)),
    ...changedLists(before.topology, changes),
  });
}

const isOfRules = ({ kind }: NetworkChange): boolean => kind === 'revoke' || kind === 'authorize';

/** Interfaces that changes may open or close; no other can differ. */
function touchedBy(before: Reach, changes: readonly NetworkChange[]): readonly NetworkInterface[] {
  const groupIds = changes.flatMap((change) => ('rule' in change ? [change.rule.groupId] : []));
  if (changes.every(isOfRules)) return before.touchedBy(groupIds);
  const wearing = new Set(before.touchedBy(groupIds));
  const lists = new Set(changes.flatMap((change) => (change.kind === 'deny' ? [change.aclId] : [])));
  const under = memo<boolean>();
  const isUnder = (id: string): boolean => under(id, () => lists.has(before.view.aclOf(id)?.id ?? ''));
  // Interfaces of one kind share their openings.
  const passing = new Map<Opening, boolean>();
  const passesUnder = (opening: Opening): boolean => {
    const passes = passing.get(opening) ?? subnetsOf(before.topology, opening).some(isUnder);
    passing.set(opening, passes);
    return passes;
  };
  const detachedFrom = changes.filter((change) => change.kind === 'detach');
  const gone = new Set(detachedFrom.map(({ groupId }) => groupId));
  return before.topology.interfaces.filter(
    (one) =>
      wearing.has(one) ||
      isUnder(one.subnetId) ||
      detachedFrom.some(({ interfaceId }) => interfaceId === one.id) ||
      // Rules that name a group admit one interface less.
      one.groupIds.some((id) =>
        before.topology.groups.get(id)?.ingress.some(({ party }) => party.kind === 'group' && gone.has(party.id)),
      ) ||
      (lists.size > 0 && before.of(one).openings.some(passesUnder)),
  );
}

/** Subnets besides the target's that an opening passes. */
function subnetsOf(topology: Topology, { passes }: Opening): readonly string[] {
  const balancers = (passes.listeners ?? []).flatMap(
    ({ balancerId }) => topology.loadBalancers.find(({ id }) => id === balancerId)?.subnetIds ?? [],
  );
  const attached = (passes.attachments ?? []).flatMap(({ subnetId }) => subnetId ?? []);
  return [...(passes.fromSubnetIds ?? []), ...attached, ...balancers];
}

function changedGroups(topology: Topology, changes: readonly NetworkChange[]): readonly SecurityGroup[] {
  const rules = changes.filter((change) => 'rule' in change);
  const ids = [...new Set(rules.map(({ rule }) => rule.groupId))];
  return ids.flatMap((id) => {
    const group = topology.groups.get(id);
    if (group === undefined) return [];
    const own = rules.filter(({ rule }) => rule.groupId === id);
    const gone = new Set(own.filter(({ kind }) => kind === 'revoke').map(({ rule }) => ruleName(rule)));
    const added = own.filter(({ kind }) => kind === 'authorize').map(({ rule }) => ruleOf(rule));
    const kept = group.ingress.filter((rule) => !gone.has(ruleName(toIngressRule(rule))));
    return [{ ...group, ingress: [...kept, ...added.filter((rule) => rule !== null)] }];
  });
}

function detached(one: NetworkInterface, changes: readonly NetworkChange[]): NetworkInterface {
  const gone = changes.flatMap((change) =>
    change.kind === 'detach' && change.interfaceId === one.id ? [change.groupId] : [],
  );
  return gone.length === 0 ? one : { ...one, groupIds: one.groupIds.filter((id) => !gone.includes(id)) };
}

function changedLists(
  { aclOfSubnet, defaultAclOf }: Topology,
  changes: readonly NetworkChange[],
): Pick<Topology, 'aclOfSubnet' | 'defaultAclOf'> {
  const known = new Map<NetworkAcl, NetworkAcl>();
  const changed = (acl: NetworkAcl): NetworkAcl => {
    const after =
      known.get(acl) ??
      withEntries(
        acl,
        changes.flatMap((change) => entryOf(change, acl)),
      );
    known.set(acl, after);
    return after;
  };
  const each = (lists: ReadonlyMap<string, NetworkAcl>): ReadonlyMap<string, NetworkAcl> =>
    new Map([...lists].map(([id, acl]) => [id, changed(acl)]));
  return { aclOfSubnet: each(aclOfSubnet), defaultAclOf: each(defaultAclOf) };
}

function entryOf(change: NetworkChange, acl: NetworkAcl): readonly AclEntry[] {
  if (change.kind !== 'deny' || change.aclId !== acl.id) return [];
  const block = readBlock(change.source);
  if (block === null) return [];
  const ports = { protocols: [change.protocol], from: change.begin, to: change.end + 1 };
  return [{ number: change.number, allow: false, block, text: change.source, ports }];
}

function withEntries(acl: NetworkAcl, entries: readonly AclEntry[]): NetworkAcl {
  if (entries.length === 0) return acl;
  return { ...acl, ingress: [...acl.ingress, ...entries].toSorted((a, b) => a.number - b.number) };
}

/** What differs between two solved topologies, in some of their interfaces. */
export function differenceBetween(before: Reach, after: Reach, interfaces: readonly NetworkInterface[]): Difference {
  const parts: Record<keyof Difference, ChangedPorts[]> = { closed: [], opened: [], narrowed: [], widened: [] };
  const later = new Map(after.topology.interfaces.map((one) => [one.id, one]));
  // Interfaces of one kind share their openings, and what changes about them.
  const compared = new Map<readonly Opening[], Map<readonly Opening[], OpeningsDifference>>();
  for (const one of interfaces) {
    const then = before.of(one).openings;
    const now = after.of(later.get(one.id) ?? one).openings;
    const others = compared.get(then) ?? new Map<readonly Opening[], OpeningsDifference>();
    compared.set(then, others);
    const difference = others.get(now) ?? compare(then, now);
    others.set(now, difference);
    for (const key of ['closed', 'opened', 'narrowed', 'widened'] as const)
      parts[key].push(...difference[key].map((part) => ({ interface: one.id, ...part })));
  }
  return parts;
}

type WayPorts = Omit<ChangedPorts, 'interface'>;
type OpeningsDifference = Readonly<Record<keyof Difference, readonly WayPorts[]>>;

function compare(then: readonly Opening[], now: readonly Opening[]): OpeningsDifference {
  return {
    closed: portsOnlyIn(then, now),
    opened: portsOnlyIn(now, then),
    narrowed: callersOnlyIn(then, now),
    widened: callersOnlyIn(now, then),
  };
}

function portsOnlyIn(first: readonly Opening[], second: readonly Opening[]): readonly WayPorts[] {
  return byWay(first).flatMap((way) => {
    const other = portsBy(second, (one) => isSameWay(one, way[0]));
    const ports = inclusive(
      subtract(
        portsBy(way, () => true),
        other,
      ),
    );
    return ports.length === 0 ? [] : [wayPorts(way[0], ports)];
  });
}

/** Ports that are open in both, and that somebody may call in the first alone. */
function callersOnlyIn(first: readonly Opening[], second: readonly Opening[]): readonly WayPorts[] {
  return byWay(first).flatMap((way) => {
    const others = second.filter((one) => isSameWay(one, way[0]));
    const only = subtractRegions(regionOf(way), regionOf(others));
    const closed = subtract(
      portsOf(only),
      portsBy(others, () => true),
    );
    const ports = inclusive(subtract(portsOf(only), closed));
    return ports.length === 0 ? [] : [wayPorts(way[0], ports)];
  });
}

const regionOf = (openings: readonly Opening[]) => unionOf(openings.flatMap(({ region }) => region));

function wayPorts({ category, via, family, protocol }: Way, ports: readonly PortRange[]): WayPorts {
  return { category, via, family, protocol, ports };
}
