import { addressesOf, type Family, holds } from '../address.ts';
import { type Intervals, NOTHING } from '../intervals.ts';
import { type Region, type Slab, unionOf } from '../region.ts';
import type { GroupRule, Party, Protocol, Topology } from '../topology.ts';

/** Addresses of interfaces by the group that they wear. */
export type Wearers = ReadonlyMap<string, Intervals>;

const NOBODY: Wearers = new Map();

/**
 * What the rules of some groups admit: the union of all, without order and without denial. A rule that names a group
 * admits the addresses in `wearers`; one whose prefix list cannot be read admits nobody, or everybody where `open`.
 */
export function admittedBy(
  rules: readonly GroupRule[],
  family: Family,
  protocol: Protocol,
  topology: Topology,
  unread: Intervals,
  wearers: Wearers = NOBODY,
): Region {
  const slabs = rules
    .filter((rule) => rule.ports.protocols.includes(protocol))
    .map((rule): Slab => {
      const addresses = addressesOfParty(rule.party, family, topology, unread, wearers);
      return { from: rule.ports.from, to: rule.ports.to, addresses };
    });
  return unionOf(slabs.filter(({ addresses }) => addresses.length > 0));
}

/** Whom a party means, of one family; `unread` where that cannot be known. */
export function addressesOfParty(
  party: Party,
  family: Family,
  topology: Topology,
  unread: Intervals,
  wearers: Wearers = NOBODY,
): Intervals {
  if (party.kind === 'block') return party.block.family === family ? [party.block.start, party.block.end] : NOTHING;
  if (party.kind === 'group') return wearers.get(party.id) ?? NOTHING;
  const blocks = party.kind === 'prefix-list' ? topology.prefixLists.get(party.id) : null;
  if (blocks === null || blocks === undefined) return unread;
  return addressesOf(blocks.filter((block) => block.family === family));
}

/** Ports that some groups may open a connection to, towards an address or towards whoever wears one of some groups. */
export function portsTowards(
  rules: readonly GroupRule[],
  protocol: Protocol,
  towards: { readonly family: Family; readonly point: number | bigint },
  wears: readonly string[],
  topology: Topology,
): readonly GroupRule[] {
  return rules.filter(({ ports, party }) => {
    if (!ports.protocols.includes(protocol)) return false;
    if (party.kind === 'block') return holds(party.block, towards);
    if (party.kind === 'group') return wears.includes(party.id);
    if (party.kind === 'unreadable') return false;
    return (topology.prefixLists.get(party.id) ?? []).some((block) => holds(block, towards));
  });
}
