import type { IngressRule } from '../../model/network.ts';
import { asObject, asText, objectsOf } from '../../model/raw.ts';
import { type Block, readBlock } from './address.ts';
import type { Raw, Reader } from './reader.ts';
import {
  type AclEntry,
  type GroupRule,
  type NetworkAcl,
  type Party,
  type Ports,
  PROTOCOLS,
  type Protocol,
  type Route,
  type SecurityGroup,
} from './topology.ts';

/** The port after the last one. */
export const PORTS_END = 65_536;

export function readGroup(raw: Raw, reader: Reader): SecurityGroup {
  const id = String(raw.GroupId);
  const rules = (key: string): readonly GroupRule[] =>
    objectsOf(raw[key]).flatMap((permission) => readPermission(id, permission, reader));
  return {
    id,
    ingress: rules('IpPermissions'),
    egress: rules('IpPermissionsEgress'),
  };
}

/** A permission as rules of one party each. Fields of ICMP are type and code, so it opens no port. */
function readPermission(groupId: string, raw: Raw, reader: Reader): readonly GroupRule[] {
  const protocol = textOf(raw.IpProtocol);
  const from = portOf(raw.FromPort);
  const to = portOf(raw.ToPort);
  const ports = portsOf(protocol, from, to);
  if (ports === null) return [];
  const parties = partiesOf(raw);
  for (const party of parties) {
    if (party.kind === 'unreadable') {
      reader.tell(`A rule of ${groupId} names "${party.text}", which is no block of addresses.`, groupId);
    }
  }
  return parties.map((party) => ({ groupId, ports, party, permission: { protocol, from, to } }));
}

function partiesOf(raw: Raw): readonly Party[] {
  const blocks = [
    ...objectsOf(raw.IpRanges).map((range) => textOf(range.CidrIp)),
    ...objectsOf(raw.Ipv6Ranges).map((range) => textOf(range.CidrIpv6)),
  ].map(partyOfBlock);
  const lists = objectsOf(raw.PrefixListIds).map(
    (list): Party => ({ kind: 'prefix-list', id: textOf(list.PrefixListId) }),
  );
  const groups = objectsOf(raw.UserIdGroupPairs).map((pair): Party => ({ kind: 'group', id: textOf(pair.GroupId) }));
  return [...blocks, ...lists, ...groups];
}

function partyOfBlock(text: string): Party {
  const block = readBlock(text);
  return block === null ? { kind: 'unreadable', text: text.slice(0, 64) } : { kind: 'block', block, text };
}

/** A rule as it is authorized or revoked; null for one of neither TCP nor UDP. */
export function ruleOf({ groupId, protocol, from, to, source }: IngressRule): GroupRule | null {
  const ports = portsOf(protocol, from, to);
  return ports === null ? null : { groupId, ports, party: partyOf(source), permission: { protocol, from, to } };
}

function partyOf(source: string): Party {
  if (source.startsWith('pl-')) return { kind: 'prefix-list', id: source };
  return source.startsWith('sg-') ? { kind: 'group', id: source } : partyOfBlock(source);
}

/** A list with an entry that cannot be read decides nothing: it is as missing as one that was not read. */
export function readAcl(raw: Raw, reader: Reader): NetworkAcl {
  const id = String(raw.NetworkAclId);
  const sorted = objectsOf(raw.Entries).toSorted((a, b) => Number(a.RuleNumber) - Number(b.RuleNumber));
  const ingress: AclEntry[] = [];
  const egress: AclEntry[] = [];
  for (const entry of sorted) {
    const text = asText(entry.CidrBlock) ?? asText(entry.Ipv6CidrBlock) ?? '';
    const block = readBlock(text);
    const range = asObject(entry.PortRange);
    const ports = portsOf(textOf(entry.Protocol), portOf(range?.From), portOf(range?.To));
    if (block === null) {
      reader.tell(
        `Entry ${textOf(entry.RuleNumber)} of ${id} has no block of addresses, so the list says nothing.`,
        id,
      );
      return { id, isReadable: false, ingress: [], egress: [] };
    }
    if (ports === null) continue;
    const list = entry.Egress === true ? egress : ingress;
    list.push({ number: Number(entry.RuleNumber), allow: entry.RuleAction === 'allow', block, text, ports });
  }
  return { id, isReadable: true, ingress, egress };
}

export function readRoutes(
  raw: Raw,
  lists: ReadonlyMap<string, readonly Block[] | null>,
  reader: Reader,
): readonly Route[] {
  const tableId = String(raw.RouteTableId);
  return objectsOf(raw.Routes).map((route): Route => {
    const list = asText(route.DestinationPrefixListId);
    const text = list ?? asText(route.DestinationCidrBlock) ?? asText(route.DestinationIpv6CidrBlock) ?? '';
    const block = readBlock(text);
    if (list === null && block === null) {
      reader.tell(`Route "${text.slice(0, 64)}" of ${tableId} has no block of addresses.`, tableId);
    }
    const target = targetOf(route);
    const own = block === null ? null : [block];
    return {
      text,
      blocks: list === null ? own : (lists.get(list) ?? null),
      target,
      isLocal: target === 'local',
      isBlackhole: route.State === 'blackhole',
      isPropagated: route.Origin === 'EnableVgwRoutePropagation',
      isList: list !== null,
    };
  });
}

const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'EgressOnlyInternetGatewayId',
  'InstanceId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
];

function targetOf(route: Raw): string {
  return TARGETS.map((key) => asText(route[key])).find((id) => id !== null) ?? '';
}

/** Ports that a rule speaks of; null where it speaks of neither TCP nor UDP. */
export function portsOf(protocol: string, from: number | null, to: number | null): Ports | null {
  const protocols = protocolsOf(protocol);
  if (protocols === null) return null;
  const isAll = protocols.length > 1 || from === null || to === null || from < 0 || to < 0;
  if (isAll) return { protocols, from: 0, to: PORTS_END };
  return from <= to ? { protocols, from, to: Math.min(to + 1, PORTS_END) } : null;
}

function protocolsOf(text: string): readonly Protocol[] | null {
  if (text === '-1' || text === 'all') return PROTOCOLS;
  if (text === '6' || text.toLowerCase() === 'tcp') return ['tcp'];
  if (text === '17' || text.toLowerCase() === 'udp') return ['udp'];
  return null;
}

function portOf(raw: unknown): number | null {
  return typeof raw === 'number' && Number.isInteger(raw) ? raw : null;
}

/** Text, or a number as text: emulators write protocols either way. */
function textOf(raw: unknown): string {
  return typeof raw === 'number' ? String(raw) : (asText(raw) ?? '');
}
