import { describe, expect, it } from 'vitest';
import {
  addInterface,
  addList,
  addPeer,
  addSubnet,
  addTransit,
  type Base,
  buildTopology,
  entry,
  rule,
} from '../../../testing/network/build-topology.ts';
import { onwardFrom } from './onward.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';

/** What is called from an interface in a changed base world. */
function onward(id: string, change: (base: Base) => void) {
  const reach = new Reach(readTopology(buildTopology(change)).topology);
  const from = reach.topology.interfaces.find((one) => one.id === id);
  if (from === undefined) throw new Error(`${id} is not there`);
  return onwardFrom(reach, from);
}

/** A second machine in the same VPC, which admits 5432 from the group of the first. */
function addDatabase(base: Base, subnet = base.subnet): void {
  addInterface(base.file, subnet, 'db', '10.0.1.20');
  base.file.Instances.push({ InstanceId: 'i-db', State: { Name: 'running' } });
  const IpPermissions = [rule('tcp', [5432, 5432], 'sg-a')];
  base.file.SecurityGroups.push({ GroupId: 'sg-db', VpcId: 'vpc-a', IpPermissions, IpPermissionsEgress: [] });
}

describe('onward from an instance', () => {
  it('goes to whoever admits its group in its own VPC, and not back', () => {
    const own = [{ by: 'vpc-a', kind: 'vpc', instances: ['i-db'] }];
    expect(onward('eni-a', addDatabase)).toEqual(own);
    // The first admits SSH from everywhere, so the way back is SSH.
    expect(onward('eni-db', addDatabase)).toEqual([{ by: 'vpc-a', kind: 'vpc', instances: ['i-a'] }]);
    expect(
      onward('eni-db', (base) => {
        addDatabase(base);
        base.group.IpPermissions = [rule('tcp', [22, 22], '203.0.113.0/24')];
      }),
    ).toEqual([]);
  });

  it('asks the lists between two subnets, in both directions', () => {
    const apart = (base: Base, ...entries: ReturnType<typeof entry>[]): void => {
      const subnet = addSubnet(base.file, base.vpc, 'subnet-db', '10.0.2.0/24');
      addDatabase(base, subnet);
      addList(base.file, subnet, ...entries);
    };
    expect(onward('eni-a', (base) => apart(base))).toHaveLength(1);
    const noAnswer = entry('out', 50, 'deny', '10.0.1.0/24');
    expect(onward('eni-a', (base) => apart(base, noAnswer))).toEqual([]);
    const noCall = entry('in', 50, 'deny', '10.0.1.0/24', [5000, 6000]);
    expect(onward('eni-a', (base) => apart(base, noCall))).toEqual([]);
  });

  it('does not go to a machine that stands', () => {
    expect(
      onward('eni-a', (base) => {
        addDatabase(base);
        for (const one of base.file.Instances) if (one.InstanceId === 'i-db') one.State = { Name: 'stopped' };
      }),
    ).toEqual([]);
  });

  it('goes over a peering and a transit gateway, from where those begin', () => {
    expect(onward('eni-b', addPeer)).toEqual([{ by: 'pcx-1', kind: 'peer', instances: ['i-a'] }]);
    expect(onward('eni-b', addTransit)).toEqual([{ by: 'tgw-1', kind: 'tgw', instances: ['i-a'] }]);
    // Nothing of vpc-b admits vpc-a.
    expect(onward('eni-a', addPeer)).toEqual([]);
  });
});
