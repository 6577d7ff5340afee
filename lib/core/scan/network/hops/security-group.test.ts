import { describe, expect, it } from 'vitest';
import { buildTopology, rule } from '../../../../testing/network/build-topology.ts';
import { EVERYWHERE, readAddress } from '../address.ts';
import { has, NOTHING } from '../intervals.ts';
import { readTopology } from '../read-topology.ts';
import { addressesAt } from '../region.ts';
import { admittedBy, portsTowards } from './security-group.ts';

/** The rules of a group with these permissions, and their topology. */
function groupWith(...permissions: ReturnType<typeof rule>[]) {
  const { topology } = readTopology(buildTopology((base) => Object.assign(base.group, { IpPermissions: permissions })));
  return { topology, rules: topology.groups.get('sg-a')?.ingress ?? [] };
}

describe('a security group', () => {
  it('admits what any of its rules admits', () => {
    const { topology, rules } = groupWith(
      rule('tcp', [22, 22], '203.0.113.0/24'),
      rule('tcp', [20, 30], '198.51.100.0/24'),
    );
    const region = admittedBy(rules, 'ipv4', 'tcp', topology, NOTHING);
    const admits = (port: number, text: string) => has(addressesAt(region, port), readAddress(text)?.point ?? 0);
    expect([admits(22, '203.0.113.1'), admits(22, '198.51.100.1'), admits(21, '203.0.113.1')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(admittedBy(rules, 'ipv4', 'udp', topology, NOTHING)).toEqual([]);
  });

  it('admits whoever wears a group that a rule names, and nobody else', () => {
    const { topology, rules } = groupWith(rule('tcp', [22, 22], 'sg-other'));
    expect(admittedBy(rules, 'ipv4', 'tcp', topology, NOTHING)).toEqual([]);
    const wearers = new Map([['sg-other', [5, 6]]]);
    expect(addressesAt(admittedBy(rules, 'ipv4', 'tcp', topology, NOTHING, wearers), 22)).toEqual([5, 6]);
  });

  it('admits by a prefix list that could not be read what the asker takes it for', () => {
    const { topology, rules } = groupWith(rule('tcp', [22, 22], 'pl-1'));
    expect(admittedBy(rules, 'ipv4', 'tcp', topology, NOTHING)).toEqual([]);
    expect(addressesAt(admittedBy(rules, 'ipv4', 'tcp', topology, EVERYWHERE.ipv4), 22)).toEqual(EVERYWHERE.ipv4);
  });

  it('leads towards addresses and towards wearers', () => {
    const { topology, rules } = groupWith(rule('tcp', [22, 22], '10.0.0.0/8'), rule('tcp', [80, 80], 'sg-other'));
    const towards = readAddress('10.1.1.1');
    if (towards === null) throw new Error('That is an address.');
    const ports = (wears: string[]) =>
      portsTowards(rules, 'tcp', towards, wears, topology).map((one) => one.ports.from);
    expect([ports([]), ports(['sg-other'])]).toEqual([[22], [22, 80]]);
  });
});
