import type { Diagnostic } from '../../model/diagnostic.ts';
import { asObject, asText, objectsOf } from '../../model/raw.ts';
import { type Block, readAddress, readBlock } from './address.ts';
import { readBalancers, readTargetGroups } from './read-balancers.ts';
import { readAcl, readGroup, readRoutes } from './read-rules.ts';
import { type Raw, Reader } from './reader.ts';
import type {
  Gateway,
  Instance,
  InterfaceAddress,
  NetworkAcl,
  NetworkInterface,
  Peering,
  PeeringSide,
  PublicAccess,
  RouteTable,
  Subnet,
  Topology,
  TransitAttachment,
  TransitGateway,
  TransitTable,
  Vpc,
} from './topology.ts';

/**
 * The answers of EC2 and Elastic Load Balancing as the API gives them, each list under the name that the API uses, as
 * a topology. Whatever is no such thing is left out and told in a diagnostic; nothing throws. `unread` names lists that
 * nobody could read, and why: they are not empty, they are not known.
 */
export function readTopology(
  file: unknown,
  unread: Readonly<Record<string, string>> = {},
): { readonly topology: Topology; readonly diagnostics: readonly Diagnostic[] } {
  const reader = new Reader(file);
  const prefixLists = readPrefixLists(reader);
  const interfaces = readInterfaces(reader);
  const topology: Topology = {
    vpcs: byId(reader.list('Vpcs', 'VpcId').map(readVpc)),
    subnets: byId(reader.list('Subnets', 'SubnetId').map(readSubnet)),
    groups: byId(reader.list('SecurityGroups', 'GroupId').map((raw) => readGroup(raw, reader))),
    ...readAcls(reader),
    ...readTables(reader),
    gateways: readGateways(reader),
    interfaces,
    instances: readInstances(reader),
    prefixLists,
    peerings: reader.list('VpcPeeringConnections', 'VpcPeeringConnectionId').flatMap(readPeering),
    transitGateways: readTransitGateways(reader),
    loadBalancers: readBalancers(reader),
    targetGroups: byId(readTargetGroups(reader)),
    publicAccess: readPublicAccess(reader),
    unread: new Map(Object.entries(unread)),
  };
  for (const reason of new Set(Object.values(unread))) reader.tell(reason, null);
  reader.tellUnknownLists();
  return { topology, diagnostics: reader.diagnostics };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function nameOf(raw: Raw): string {
  return asText(objectsOf(raw.Tags).find((tag) => tag.Key === 'Name')?.Value) ?? '';
}

function blocksIn(texts: readonly (string | null)[]): readonly Block[] {
  const distinct = [...new Set(texts.filter((text) => text !== null))];
  return distinct.map(readBlock).filter((block) => block !== null);
}

/** Blocks of a list of associations; an emulator writes their state as an object in text. */
function associated(raw: unknown, key: string): readonly (string | null)[] {
  return objectsOf(raw)
    .filter((one) => /associated/.test(JSON.stringify(one[stateKeyOf(one)] ?? 'associated')))
    .filter((one) => !/disassociat/.test(JSON.stringify(one[stateKeyOf(one)] ?? '')))
    .map((one) => asText(one[key]));
}

function stateKeyOf(association: Raw): string {
  return Object.keys(association).find((key) => /CidrBlockState$/.test(key)) ?? '';
}

function readVpc(raw: Raw): Vpc {
  const blocks = blocksIn([
    asText(raw.CidrBlock),
    ...associated(raw.CidrBlockAssociationSet, 'CidrBlock'),
    ...associated(raw.Ipv6CidrBlockAssociationSet, 'Ipv6CidrBlock'),
  ]);
  return { id: String(raw.VpcId), blocks };
}

function readSubnet(raw: Raw): Subnet {
  const blocks = blocksIn([asText(raw.CidrBlock), ...associated(raw.Ipv6CidrBlockAssociationSet, 'Ipv6CidrBlock')]);
  return {
    id: String(raw.SubnetId),
    name: nameOf(raw),
    vpcId: asText(raw.VpcId) ?? '',
    zone: asText(raw.AvailabilityZone) ?? asText(raw.AvailabilityZoneId) ?? '',
    blocks,
  };
}

function readAcls(reader: Reader): Pick<Topology, 'aclOfSubnet' | 'defaultAclOf'> {
  const aclOfSubnet = new Map<string, NetworkAcl>();
  const defaultAclOf = new Map<string, NetworkAcl>();
  for (const raw of reader.list('NetworkAcls', 'NetworkAclId')) {
    const acl = readAcl(raw, reader);
    if (raw.IsDefault === true) defaultAclOf.set(asText(raw.VpcId) ?? '', acl);
    for (const association of objectsOf(raw.Associations)) {
      const subnetId = asText(association.SubnetId);
      if (subnetId !== null) aclOfSubnet.set(subnetId, acl);
    }
  }
  return { aclOfSubnet, defaultAclOf };
}

function readTables(reader: Reader): Pick<Topology, 'tableOfSubnet' | 'mainTableOf' | 'tableOfGateway'> {
  const tableOfSubnet = new Map<string, RouteTable>();
  const mainTableOf = new Map<string, RouteTable>();
  const tableOfGateway = new Map<string, RouteTable>();
  const lists = readPrefixLists(reader);
  for (const raw of reader.list('RouteTables', 'RouteTableId')) {
    const id = String(raw.RouteTableId);
    const vpcId = asText(raw.VpcId) ?? '';
    const table: RouteTable = { id, vpcId, routes: readRoutes(raw, lists, reader) };
    for (const association of objectsOf(raw.Associations)) {
      const state = asText(asObject(association.AssociationState)?.State);
      if (state === 'disassociated' || state === 'failed') continue;
      const subnetId = asText(association.SubnetId);
      const gatewayId = asText(association.GatewayId);
      if (subnetId !== null) tableOfSubnet.set(subnetId, table);
      else if (gatewayId !== null) tableOfGateway.set(gatewayId, table);
      else if (association.Main === true) mainTableOf.set(vpcId, table);
    }
  }
  return { tableOfSubnet, mainTableOf, tableOfGateway };
}

function readPrefixLists(reader: Reader): ReadonlyMap<string, readonly Block[] | null> {
  const lists = reader.list('ManagedPrefixLists', 'PrefixListId').map((raw): [string, readonly Block[] | null] => {
    // Without entries the list was described and not read; an empty one has them as an empty list.
    if (!Array.isArray(raw.Entries)) return [String(raw.PrefixListId), null];
    const blocks = objectsOf(raw.Entries).map((entry) => readBlock(asText(entry.Cidr) ?? ''));
    const isWhole = blocks.every((block) => block !== null);
    return [String(raw.PrefixListId), isWhole ? blocks : null];
  });
  return new Map(lists);
}

function readGateways(reader: Reader): readonly Gateway[] {
  const vpcsOf = (raw: unknown, states: readonly string[]): readonly string[] =>
    objectsOf(raw)
      .filter((one) => states.includes(asText(one.State) ?? ''))
      .map((one) => asText(one.VpcId))
      .filter((id) => id !== null);
  const internet = reader.list('InternetGateways', 'InternetGatewayId').map(
    (raw): Gateway => ({
      id: String(raw.InternetGatewayId),
      kind: 'internet',
      vpcIds: vpcsOf(raw.Attachments, ['available', 'attached']),
    }),
  );
  const vpn = reader.list('VpnGateways', 'VpnGatewayId').map(
    (raw): Gateway => ({
      id: String(raw.VpnGatewayId),
      kind: 'vpn',
      vpcIds: vpcsOf(raw.VpcAttachments, ['attached']),
    }),
  );
  return [...internet, ...vpn];
}

function readInstances(reader: Reader): ReadonlyMap<string, Instance> {
  const instances = reader
    .list('Instances', 'InstanceId')
    .map((raw) => ({ id: String(raw.InstanceId), state: asText(asObject(raw.State)?.Name) ?? '' }));
  return byId(instances);
}

function readInterfaces(reader: Reader): readonly NetworkInterface[] {
  const elastic = new Map<string, readonly Raw[]>();
  for (const raw of reader.list('Addresses', null)) {
    const id = asText(raw.NetworkInterfaceId);
    if (id !== null) elastic.set(id, [...(elastic.get(id) ?? []), raw]);
  }
  return reader.list('NetworkInterfaces', 'NetworkInterfaceId').map((raw): NetworkInterface => {
    const id = String(raw.NetworkInterfaceId);
    const attachment = asObject(raw.Attachment);
    const isAttached = attachment !== null && !/^detach/.test(asText(attachment.Status) ?? '');
    return {
      id,
      vpcId: asText(raw.VpcId) ?? '',
      subnetId: asText(raw.SubnetId) ?? '',
      groupIds: [
        ...new Set(
          objectsOf(raw.Groups)
            .map((group) => asText(group.GroupId))
            .filter((groupId) => groupId !== null),
        ),
      ].toSorted(),
      addresses: addressesOfInterface(raw, elastic.get(id) ?? []),
      description: asText(raw.Description) ?? '',
      instanceId: isAttached ? asText(attachment.InstanceId) : null,
      deviceIndex: typeof attachment?.DeviceIndex === 'number' ? attachment.DeviceIndex : 0,
    };
  });
}

/** Whether an address has a public one is told by its association, never by its look. */
function addressesOfInterface(raw: Raw, elastic: readonly Raw[]): readonly InterfaceAddress[] {
  const primary = asText(raw.PrivateIpAddress);
  const listed = objectsOf(raw.PrivateIpAddresses);
  const rows = listed.length > 0 ? listed : [{ PrivateIpAddress: primary, Primary: true }];
  const addresses: InterfaceAddress[] = [];
  for (const row of rows) {
    const text = asText(row.PrivateIpAddress) ?? '';
    const address = readAddress(text);
    if (address === null) continue;
    const isPrimary = primary === null ? row.Primary === true : text === primary;
    const association = elastic.find((one) => (asText(one.PrivateIpAddress) ?? primary) === text);
    const publicText =
      asText(asObject(row.Association)?.PublicIp) ??
      (isPrimary ? asText(asObject(raw.Association)?.PublicIp) : null) ??
      asText(association?.PublicIp);
    addresses.push({ ...address, text, isPrimary, publicText });
  }
  for (const row of objectsOf(raw.Ipv6Addresses)) {
    const text = asText(row.Ipv6Address) ?? '';
    const address = readAddress(text);
    if (address?.family === 'ipv6') addresses.push({ ...address, text, isPrimary: false, publicText: text });
  }
  return addresses;
}

function readPeering(raw: Raw): readonly Peering[] {
  if (asText(asObject(raw.Status)?.Code) !== 'active') return [];
  const side = (key: string): PeeringSide => {
    const info = asObject(raw[key]) ?? {};
    const blocks = blocksIn([
      ...objectsOf(info.CidrBlockSet).map((one) => asText(one.CidrBlock)),
      ...objectsOf(info.Ipv6CidrBlockSet).map((one) => asText(one.Ipv6CidrBlock)),
      asText(info.CidrBlock),
    ]);
    return { vpcId: asText(info.VpcId) ?? '', region: asText(info.Region), blocks };
  };
  return [{ id: String(raw.VpcPeeringConnectionId), sides: [side('RequesterVpcInfo'), side('AccepterVpcInfo')] }];
}

const isOn = (raw: Raw, key: string): boolean => asText(asObject(raw.Options)?.[key]) === 'enable';

function readTransitGateways(reader: Reader): readonly TransitGateway[] {
  const tables = reader.list('TransitGatewayRouteTables', 'TransitGatewayRouteTableId');
  const attachments = reader.list('TransitGatewayVpcAttachments', 'TransitGatewayAttachmentId');
  return reader.list('TransitGateways', 'TransitGatewayId').map((raw): TransitGateway => {
    const id = String(raw.TransitGatewayId);
    const own = attachments.filter((one) => one.TransitGatewayId === id && one.State === 'available');
    const isOurs = new Set(attachments.filter((one) => one.TransitGatewayId === id).map(attachmentId));
    const tableOf = new Map<string, TransitTable>();
    const others: TransitAttachment[] = [];
    for (const table of tables.filter((one) => one.TransitGatewayId === id)) {
      const read = readTransitTable(table, reader);
      for (const association of objectsOf(table.Associations)) {
        const attached = attachmentId(association);
        if (!/^(associated|associating)$/.test(asText(association.State) ?? 'associated')) continue;
        tableOf.set(attached, read);
        const kind = asText(association.ResourceType) ?? 'vpc';
        // An attachment of a VPC that is not listed belongs to another account; one that is listed but not available is none.
        if (kind === 'vpc' && isOurs.has(attached)) continue;
        const vpcId = kind === 'vpc' ? asText(association.ResourceId) : null;
        others.push({ id: attached, kind, vpcId, subnetIds: [], refersToGroups: false });
      }
    }
    return {
      id,
      refersToGroups: isOn(raw, 'SecurityGroupReferencingSupport'),
      attachments: [...own.map(readAttachment), ...others],
      tables: tableOf,
    };
  });
}

const attachmentId = (raw: Raw): string => asText(raw.TransitGatewayAttachmentId) ?? '';

function readAttachment(raw: Raw): TransitAttachment {
  return {
    id: attachmentId(raw),
    kind: 'vpc',
    vpcId: asText(raw.VpcId),
    subnetIds: Array.isArray(raw.SubnetIds) ? raw.SubnetIds.filter((id) => typeof id === 'string') : [],
    refersToGroups: isOn(raw, 'SecurityGroupReferencingSupport'),
  };
}

function readTransitTable(raw: Raw, reader: Reader): TransitTable {
  const id = String(raw.TransitGatewayRouteTableId);
  const routes = objectsOf(raw.Routes).flatMap((route) => {
    const text = asText(route.DestinationCidrBlock) ?? '';
    const block = readBlock(text);
    if (block === null) {
      reader.tell(`Route "${text}" of ${id} has no block of addresses and is left out.`, id);
      return [];
    }
    if (!/^(active|blackhole)$/.test(asText(route.State) ?? 'active')) return [];
    return {
      text,
      block,
      isBlackhole: route.State === 'blackhole',
      isPropagated: route.Type === 'propagated',
      attachmentIds: objectsOf(route.TransitGatewayAttachments).map(attachmentId),
    };
  });
  return { id, routes };
}

function readPublicAccess(reader: Reader): PublicAccess {
  const options = reader.object('VpcBlockPublicAccessOptions');
  const mode = asText(options?.InternetGatewayBlockMode) ?? 'off';
  const allowed = reader
    .list('VpcBlockPublicAccessExclusions', null)
    .filter((raw) => raw.InternetGatewayExclusionMode === 'allow-bidirectional')
    .filter((raw) => /^(create|update)-complete$/.test(asText(raw.State) ?? 'create-complete'))
    .map((raw) => (asText(raw.ResourceArn) ?? '').split('/').at(-1) ?? '');
  return { isBlocked: mode.startsWith('block-'), allowed: new Set(allowed) };
}
