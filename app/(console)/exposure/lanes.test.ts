import { describe, expect, it } from 'vitest';
import type { ExposedPath } from '@/lib/core/model/exposure-view.ts';
import type { BlockedExposure } from '@/lib/operations/network/get-blocked-paths.ts';
import { OPEN_SSH } from '@/lib/testing/network-evidence.ts';
import { drawLanes, edgePath, NODE } from './lanes.ts';

function path(n: number, subnet: string, groups: readonly string[]): ExposedPath {
  return {
    id: `p${n}`,
    severity: 'MEDIUM',
    score: 5,
    resourceId: `i-${n}`,
    resourceName: `machine-${n}`,
    accountId: '111122223333',
    accountName: 'own',
    region: 'eu-west-1',
    openedAt: new Date(0),
    version: 1,
    status: 'ACTIVE',
    teamStatus: 'open',
    acceptedUntil: null,
    intended: null,
    network: {
      ...OPEN_SSH,
      interfaceId: `eni-${n}`,
      subnetId: subnet,
      subnetName: '',
      hops: [
        { type: 'AWS::EC2::NetworkAcl', id: 'acl-0', because: 'rule 90 lets 22/tcp out' },
        { type: 'AWS::EC2::InternetGateway', id: 'igw-1', because: '' },
        { type: 'AWS::EC2::NetworkAcl', id: 'acl-1', because: 'rule 100 lets 22/tcp in, and answers out' },
        ...groups.map((id) => ({ type: 'AWS::EC2::SecurityGroup', id, because: '' })),
      ],
    },
  };
}

describe('lanes', () => {
  it('share what paths have in common, and join what follows upon each other', () => {
    const { nodes, edges } = drawLanes([
      path(1, 'subnet-a', ['sg-1']),
      path(2, 'subnet-a', ['sg-1']),
      path(3, 'subnet-b', ['sg-1', 'sg-2']),
    ]);
    const byLane = Map.groupBy(nodes, ({ lane }) => lane);
    expect([0, 1, 2, 3, 4].map((lane) => byLane.get(lane)?.length)).toEqual([1, 1, 2, 2, 3]);
    expect(byLane.get(2)?.[0]?.detail).toBe('NACL 100 allows');
    const toGroups = edges.filter(({ to }) => to.id === 'sg-1').map(({ from }) => from.id);
    expect(toGroups.toSorted()).toEqual(['subnet-a', 'subnet-b']);
    expect(edges.find(({ to }) => to.id === 'sg-2')?.paths).toEqual(['p3']);
  });

  it('do not lie over each other', () => {
    const { nodes } = drawLanes(Array.from({ length: 25 }, (_, n) => path(n, `subnet-${n % 4}`, [`sg-${n % 7}`])));
    for (const one of nodes) {
      for (const other of nodes) {
        if (one === other || one.lane !== other.lane) continue;
        expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(NODE.height);
      }
    }
  });

  it('cross as little as they must: what can be drawn without a crossing is', () => {
    const paths = [2, 0, 3, 1].map((n) => path(n, `subnet-${n}`, [`sg-${n}`]));
    const rows = (lane: number) =>
      drawLanes(paths)
        .nodes.filter((node) => node.lane === lane)
        .toSorted((a, b) => a.y - b.y)
        .map(({ paths: [id] }) => id);
    expect(rows(3)).toEqual(rows(2));
    expect(rows(4)).toEqual(rows(3));
  });

  it('have many targets behind the same groups as one', () => {
    const { nodes } = drawLanes(Array.from({ length: 58 }, (_, n) => path(n, 'subnet-a', ['sg-1'])));
    expect(nodes.filter(({ lane }) => lane === 4)).toMatchObject([{ title: '58 instances', targets: 58 }]);
  });

  it('show beside them what one thing alone keeps shut, cut where it is', () => {
    const shut = (n: number, type: string): BlockedExposure => ({
      instanceId: `i-${n}`,
      interfaceId: `eni-${n}`,
      gatewayId: 'igw-1',
      subnetId: 'subnet-b',
      subnetName: 'private-b',
      groupIds: ['sg-1'],
      blocker: { type, id: 'x', because: 'it does', change: 'another' },
      resourceId: `i-${n}`,
      resourceName: `machine-${n}`,
      accountId: '111122223333',
      region: 'eu-west-1',
    });
    const cutOf = (type: string) => {
      const { nodes, edges } = drawLanes([path(1, 'subnet-a', ['sg-1'])], [shut(9, type)]);
      const cuts = edges.filter(({ isCut }) => isCut);
      expect(nodes.find(({ blockedResource }) => blockedResource === 'i-9')?.paths).toEqual([]);
      expect(edges.find(({ to }) => to.id === 'target i-1')?.paths).toEqual(['p1']);
      return cuts.map(({ from, to }) => [from.id, to.id, to.detail]);
    };
    expect(cutOf('AWS::EC2::RouteTable')).toEqual([['igw-1', 'subnet-b', 'No route to it']]);
    expect(cutOf('AWS::EC2::SecurityGroup')).toEqual([['subnet-b', 'sg-1', '22/tcp, any source']]);
    expect(cutOf('AWS::EC2::NetworkInterface')).toEqual([['sg-1', 'target i-9', 'No public address']]);
    expect(cutOf('AWS::EC2::VPC')).toEqual([['source internet', 'igw-1', 'Internet gateway']]);
    const many = Array.from({ length: 40 }, (_, n) => shut(100 + n, 'AWS::EC2::RouteTable'));
    expect(drawLanes([path(1, 'subnet-a', ['sg-1'])], many).nodes.filter(({ lane }) => lane === 4)).toHaveLength(7);
    expect(drawLanes([], many).nodes).toEqual([]);
  });

  it('are drawn of nothing as nothing, and of five thousand boxes too', () => {
    expect(drawLanes([])).toMatchObject({ nodes: [], edges: [], height: 0 });
    const many = Array.from({ length: 4_000 }, (_, n) => path(n, `subnet-${n % 500}`, [`sg-${n % 490}`]));
    expect(drawLanes(many).nodes.length).toBeGreaterThan(4_900);
  });

  it('are joined by lines that begin and end at their boxes', () => {
    const [edge] = drawLanes([path(1, 'subnet-a', ['sg-1'])]).edges;
    if (edge === undefined) throw new Error('no edge');
    expect(edgePath(edge, NODE.narrow)).toBe(
      `M${edge.from.x + NODE.narrow} ${edge.from.y + NODE.height / 2}H${edge.to.x}`,
    );
    const bent = edgePath({ ...edge, to: { ...edge.to, y: edge.to.y + 100 } }, NODE.narrow);
    expect(bent.endsWith(`H${edge.to.x}`)).toBe(true);
  });
});
