import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology, rule } from '../../../testing/network/build-topology.ts';
import { resourceId } from '../../model/ids.ts';
import type { NetworkEvidence } from '../../model/network.ts';
import { OPEN_RANGES_MAX, REACHES } from '../../model/resource-facts.ts';
import { openRangesOf, reachOfPath } from './open-ports.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';
import { exposureOf } from './scanner.ts';

type Way = 'internet' | 'load-balancer' | 'internet-restricted' | 'peer';

function path(begin: number, end: number, way: Way, protocol: 'TCP' | 'UDP' = 'TCP'): NetworkEvidence {
  const balancer = { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', id: 'front', because: '' };
  return {
    interfaceId: 'eni-a',
    subnetId: 'subnet-a',
    subnetName: '',
    category: way === 'peer' ? 'peer' : 'internet',
    via: 'igw-a',
    protocol,
    begin,
    end,
    services: [],
    families: ['ipv4'],
    isWorld: way === 'internet' || way === 'load-balancer',
    sourceCount: '1',
    sourceBlocks: [],
    hops: way === 'load-balancer' ? [balancer] : [],
    revokes: [],
  };
}

describe('the open ports of an instance', () => {
  it('are told once each, by the widest way, and side by side as one range', () => {
    const paths = [
      path(20, 30, 'peer'),
      path(22, 22, 'internet'),
      path(23, 24, 'internet'),
      path(8080, 8080, 'load-balancer'),
      path(8080, 8081, 'internet-restricted'),
      path(53, 53, 'internet', 'UDP'),
    ];
    expect(openRangesOf(paths, false)).toEqual([
      { protocol: 'tcp', begin: 22, end: 24, reach: 'internet' },
      { protocol: 'tcp', begin: 8080, end: 8080, reach: 'load-balancer' },
      { protocol: 'tcp', begin: 8081, end: 8081, reach: 'internet-restricted' },
      { protocol: 'tcp', begin: 20, end: 21, reach: 'peer' },
      { protocol: 'tcp', begin: 25, end: 30, reach: 'peer' },
      { protocol: 'udp', begin: 53, end: 53, reach: 'internet' },
    ]);
  });

  it('are not known where another could be open, or where they are too many', () => {
    const apart = (count: number) => Array.from({ length: count }, (_, at) => path(at * 2, at * 2, 'internet'));
    expect(openRangesOf([path(22, 22, 'internet')], true)).toBeNull();
    expect(openRangesOf(apart(OPEN_RANGES_MAX), false)).toHaveLength(OPEN_RANGES_MAX);
    expect(openRangesOf(apart(OPEN_RANGES_MAX + 1), false)).toBeNull();
    expect(openRangesOf([], false)).toEqual([]);
  });

  it('have at each port the widest of the paths that lead to it', () => {
    const ways = fc.constantFrom<Way>('internet', 'load-balancer', 'internet-restricted', 'peer');
    const one = fc
      .tuple(fc.nat(40), fc.nat(12), ways, fc.constantFrom('TCP' as const, 'UDP' as const))
      .map(([begin, size, way, protocol]) => path(begin, begin + size, way, protocol));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (paths) => {
        const ranges = openRangesOf(paths, false) ?? [];
        for (const protocol of ['tcp', 'udp'] as const) {
          for (let port = 0; port < 60; port += 1) {
            const holds = (from: { readonly protocol: string; readonly begin: number; readonly end: number }) =>
              from.protocol.toLowerCase() === protocol && from.begin <= port && port <= from.end;
            const there = paths.filter(holds).map(reachOfPath);
            const widest = REACHES.find((reach) => there.includes(reach));
            expect(ranges.filter(holds).map(({ reach }) => reach)).toEqual(widest === undefined ? [] : [widest]);
          }
        }
      }),
    );
  });

  it('are those of its network as it was read', () => {
    const file = buildTopology((base) => {
      base.group.IpPermissions = [rule('tcp', [20, 26], '0.0.0.0/0'), rule('tcp', [443, 445], '198.51.100.0/24')];
    });
    const [one] = exposureOf(new Reach(readTopology(file).topology), () => resourceId('i-a'));
    expect(one?.ports).toEqual([
      { protocol: 'tcp', begin: 20, end: 26, reach: 'internet' },
      { protocol: 'tcp', begin: 443, end: 445, reach: 'internet-restricted' },
    ]);
  });
});
