import { describe, expect, it } from 'vitest';
import { buildTopology, rule } from '../../../testing/network/build-topology.ts';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import { blockedPathsAt } from './blocked.ts';
import { tryChanges } from './change.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';

const SSH = { protocol: 'tcp', port: 22 } as const;
const solve = (file: unknown): Reach => new Reach(readTopology(file).topology);

describe('a blocked path', () => {
  it('is of an instance that one thing alone keeps from the internet', () => {
    const open = buildTopology(() => undefined);
    expect(blockedPathsAt(solve(open), SSH, 10)).toEqual([]);
    const noRoute = buildTopology(({ table }) => {
      table.Routes = (table.Routes ?? []).filter(({ GatewayId }) => GatewayId !== 'igw-a');
    });
    expect(blockedPathsAt(solve(noRoute), SSH, 10)).toMatchObject([
      { instanceId: 'i-a', gatewayId: 'igw-a', subnetId: 'subnet-a', blocker: { type: 'AWS::EC2::RouteTable' } },
    ]);
    expect(blockedPathsAt(solve(noRoute), { ...SSH, port: 443 }, 10)).toEqual([]);
    expect(blockedPathsAt(solve(noRoute), SSH, 0)).toEqual([]);
  });

  it('opens with the rule that is missing where the groups keep it shut, in any topology', () => {
    let opened = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const reach = solve(randomTopology(seed));
      for (const { interfaceId, groupIds, blocker } of blockedPathsAt(reach, SSH, 100)) {
        const [groupId] = groupIds;
        if (!blocker.type.endsWith('::SecurityGroup') || groupId === undefined || !reach.topology.groups.has(groupId))
          continue;
        const world = { groupId, protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0' };
        const difference = tryChanges(reach, [{ kind: 'authorize', rule: world }]);
        expect(
          difference.opened.map((one) => one.interface),
          `seed ${seed}`,
        ).toContain(interfaceId);
        opened += 1;
      }
    }
    expect(opened).toBeGreaterThan(20);
  });

  it('is none where two things block', () => {
    const both = buildTopology(({ table, group }) => {
      table.Routes = [];
      group.IpPermissions = [rule('tcp', [443, 443], '0.0.0.0/0')];
    });
    expect(blockedPathsAt(solve(both), SSH, 10)).toEqual([]);
  });
});
