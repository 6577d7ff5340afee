import { type Dice, type Draft, IPV4_POOL, IPV6_POOL, type Net, PORT_RANGES, WORLD } from './random-parts.ts';
import type { AclEntry, GroupRule } from './topology-file.ts';

/** Two security groups for the VPC. */
export function addGroups(draft: Draft, net: Net): void {
  for (let number = 1; number <= 2; number++) {
    const id = `sg-${net.index}-${number}`;
    net.groups.push(id);
    const rules = Array.from({ length: 1 + draft.dice.below(4) }, () => randomGroupRule(draft));
    draft.file.SecurityGroups.push({
      GroupId: id,
      VpcId: net.id,
      IpPermissions: rules,
      IpPermissionsEgress: randomEgress(draft),
    });
  }
}

function randomGroupRule(draft: Draft): GroupRule {
  const { dice } = draft;
  const protocol = dice.one(['tcp', 'tcp', 'tcp', 'udp', '6', '17', '-1', 'icmp', '50']);
  const [from, to] = protocol === 'icmp' ? [8, -1] : dice.one(PORT_RANGES);
  const rule: GroupRule = { IpProtocol: protocol, ...randomSources(draft) };
  if (protocol === '-1' || dice.chance(0.05)) return rule;
  return dice.chance(0.04) ? { ...rule, FromPort: -1, ToPort: -1 } : { ...rule, FromPort: from, ToPort: to };
}

function randomSources(draft: Draft): Partial<GroupRule> {
  const { dice } = draft;
  const sources: Partial<GroupRule> = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  const kind = dice.unit();
  if (kind < 0.5) sources.IpRanges?.push({ CidrIp: dice.chance(0.5) ? WORLD.ipv4 : dice.one(IPV4_POOL) });
  if (kind > 0.3 && kind < 0.75) {
    sources.Ipv6Ranges?.push({ CidrIpv6: dice.chance(0.6) ? WORLD.ipv6 : dice.one(IPV6_POOL) });
  }
  if (kind > 0.7 && kind < 0.85) sources.PrefixListIds?.push({ PrefixListId: dice.one(['pl-v4', 'pl-v6']) });
  if (kind > 0.8 || dice.chance(0.1)) sources.UserIdGroupPairs?.push({ GroupId: anyGroup(draft) });
  return sources;
}

function anyGroup({ dice, nets }: Draft): string {
  if (dice.chance(0.04)) return 'sg-gone';
  return `sg-${dice.below(nets.length)}-${1 + dice.below(2)}`;
}

function randomEgress(draft: Draft): GroupRule[] {
  const { dice } = draft;
  const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: WORLD.ipv4 }], Ipv6Ranges: [{ CidrIpv6: WORLD.ipv6 }] };
  return dice.chance(0.75) ? [all] : [randomGroupRule(draft), randomGroupRule(draft)];
}

/** The default network ACL of the VPC and, often, another one for some of its subnets. */
export function addLists(draft: Draft, net: Net): void {
  const { dice, file } = draft;
  const own = net.subnets.filter(() => dice.chance(0.45));
  file.NetworkAcls.push({
    NetworkAclId: `acl-${net.index}-default`,
    VpcId: net.id,
    IsDefault: true,
    Associations: net.subnets.filter((each) => !own.includes(each)).map(({ SubnetId }) => ({ SubnetId })),
    Entries: dice.chance(0.6) ? openEntries(dice) : randomEntries(draft),
  });
  if (own.length === 0) return;
  file.NetworkAcls.push({
    NetworkAclId: `acl-${net.index}-own`,
    VpcId: net.id,
    IsDefault: false,
    Associations: own.map(({ SubnetId }) => ({ SubnetId })),
    Entries: randomEntries(draft),
  });
}

function openEntries(dice: Dice): AclEntry[] {
  const isBoth = dice.chance(0.85);
  return [false, true].flatMap((egress) => [
    ...finalDenies(egress),
    allow(100, egress, '-1', 'ipv4'),
    ...(isBoth ? [allow(101, egress, '-1', 'ipv6')] : []),
  ]);
}

function finalDenies(Egress: boolean): AclEntry[] {
  const deny = { Egress, Protocol: '-1', RuleAction: 'deny' as const };
  return [
    { RuleNumber: 32767, ...deny, CidrBlock: WORLD.ipv4 },
    { RuleNumber: 32768, ...deny, Ipv6CidrBlock: WORLD.ipv6 },
  ];
}

function allow(RuleNumber: number, Egress: boolean, Protocol: string, family: 'ipv4' | 'ipv6'): AclEntry {
  const block = family === 'ipv4' ? { CidrBlock: WORLD.ipv4 } : { Ipv6CidrBlock: WORLD.ipv6 };
  return { RuleNumber, Egress, Protocol, RuleAction: 'allow', ...block };
}

function randomEntries({ dice }: Draft): AclEntry[] {
  const entries: AclEntry[] = [];
  for (const egress of [false, true]) {
    const numbers = dice.shuffle([90, 80, 70, 60, 110, 120, 130]);
    const count = 1 + dice.below(3);
    entries.push(...finalDenies(egress));
    for (const number of numbers.slice(0, count)) entries.push(randomEntry(dice, number, egress));
    entries.push(...backEntries(dice, egress));
  }
  return dice.shuffle(entries);
}

function randomEntry(dice: Dice, RuleNumber: number, Egress: boolean): AclEntry {
  const [From, To] = dice.one(PORT_RANGES);
  const protocol = dice.one(['6', '6', '6', '17', '17', '-1', '1']);
  const isIpv4 = dice.chance(0.6);
  const block = isIpv4
    ? { CidrBlock: dice.chance(0.3) ? WORLD.ipv4 : dice.one(IPV4_POOL) }
    : { Ipv6CidrBlock: dice.chance(0.3) ? WORLD.ipv6 : dice.one(IPV6_POOL) };
  const hasPorts = ['6', '17'].includes(protocol) && dice.chance(0.93);
  const RuleAction = dice.chance(0.6) ? 'deny' : 'allow';
  const entry: AclEntry = { RuleNumber, Egress, Protocol: protocol, RuleAction, ...block };
  return hasPorts ? { ...entry, PortRange: { From, To } } : entry;
}

/** The allows that keep a list from shutting everything. */
function backEntries(dice: Dice, egress: boolean): AclEntry[] {
  const style = dice.unit();
  if (style < 0.08) return [];
  if (style < 0.7) return [allow(200, egress, '-1', 'ipv4'), allow(201, egress, '-1', 'ipv6')];
  const [From, To] = dice.one(PORT_RANGES.filter(([first, last]) => last - first > 1000));
  return (['6', '17'] as const).flatMap((protocol, index) => [
    { ...allow(200 + index, egress, protocol, 'ipv4'), PortRange: { From, To } },
    { ...allow(210 + index, egress, protocol, 'ipv6'), PortRange: { From, To } },
  ]);
}
