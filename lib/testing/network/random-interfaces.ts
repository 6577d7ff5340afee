import type { Draft, Net } from './random-parts.ts';
import type { NetworkInterface, Subnet } from './topology-file.ts';

/** At least one interface in every subnet, each with an instance and, often, a public address. */
export function addInterfaces(draft: Draft): void {
  const { dice, nets } = draft;
  const places = nets.flatMap((net) => net.subnets.map((subnet) => ({ net, subnet })));
  const count = Math.max(places.length, 3 + dice.below(5));
  for (let number = 0; number < count; number++) {
    const place = places[number % places.length] as (typeof places)[number];
    addInterface(draft, place.net, place.subnet, number);
  }
}

function addInterface(draft: Draft, net: Net, subnet: Subnet, number: number): void {
  const { dice, file } = draft;
  const instanceId = `i-${number}`;
  const face: NetworkInterface = {
    NetworkInterfaceId: `eni-${number}`,
    SubnetId: subnet.SubnetId,
    VpcId: net.id,
    ...privateAddresses(draft, subnet),
    Groups: dice.some(net.groups, dice.chance(0.4) ? 2 : 1).map((GroupId) => ({ GroupId })),
  };
  if (dice.chance(0.95)) face.Attachment = { InstanceId: instanceId, DeviceIndex: 0, Status: 'attached' };
  if (face.Attachment && dice.chance(0.04)) face.Attachment.Status = 'detaching';
  addPublicAddress(draft, face, number);
  file.NetworkInterfaces.push(face);
  const state = dice.chance(0.93) ? dice.one(['running', 'running', 'pending']) : dice.one(['stopped', 'stopping']);
  file.Instances.push({ InstanceId: instanceId, State: { Name: state } });
  if (face.Attachment && dice.chance(0.12)) addSecondInterface(draft, face, number);
}

function addSecondInterface(draft: Draft, first: NetworkInterface, number: number): void {
  const subnet = draft.file.Subnets.find((each) => each.SubnetId === first.SubnetId) as Subnet;
  const face: NetworkInterface = {
    ...first,
    NetworkInterfaceId: `eni-${number}-second`,
    ...privateAddresses(draft, subnet),
    Attachment: { InstanceId: `i-${number}`, DeviceIndex: 1, Status: 'attached' },
  };
  delete face.Association;
  addPublicAddress(draft, face, number + 100);
  draft.file.NetworkInterfaces.push(face);
}

function privateAddresses(draft: Draft, subnet: Subnet): Partial<NetworkInterface> {
  const { dice } = draft;
  const base = (subnet.CidrBlock as string).replace('0/24', '');
  draft.lastHost += 3;
  const host = draft.lastHost;
  const addresses = [{ PrivateIpAddress: `${base}${host}`, Primary: true }];
  if (dice.chance(0.3)) addresses.push({ PrivateIpAddress: `${base}${host + 1}`, Primary: false });
  const [ipv6] = subnet.Ipv6CidrBlockAssociationSet ?? [];
  const global = ipv6?.Ipv6CidrBlock.replace('/64', host.toString(16));
  return {
    PrivateIpAddress: `${base}${host}`,
    PrivateIpAddresses: addresses,
    Ipv6Addresses: global !== undefined && dice.chance(0.8) ? [{ Ipv6Address: global }] : [],
  };
}

function addPublicAddress({ dice, file }: Draft, face: NetworkInterface, number: number): void {
  const PublicIp = `54.0.${number}.1`;
  const [primary, secondary] = face.PrivateIpAddresses ?? [];
  const kind = dice.unit();
  if (kind < 0.5 && primary !== undefined) {
    primary.Association = { PublicIp };
    face.Association = { PublicIp };
  } else if (kind < 0.6 && secondary !== undefined) {
    secondary.Association = { PublicIp };
  } else if (kind < 0.7) {
    file.Addresses.push({ AllocationId: `eip-${number}`, PublicIp, NetworkInterfaceId: face.NetworkInterfaceId });
  } else if (kind < 0.78 && secondary !== undefined) {
    const { NetworkInterfaceId } = face;
    file.Addresses.push({ PublicIp, NetworkInterfaceId, PrivateIpAddress: secondary.PrivateIpAddress });
  } else if (kind < 0.83) {
    face.Association = { CarrierIp: PublicIp };
  }
}
