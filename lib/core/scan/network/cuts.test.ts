import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../../testing/network/apply-changes.ts';
import { addList, buildTopology, openEntries, rule } from '../../../testing/network/build-topology.ts';
import { reachByPackets } from '../../../testing/network/packet-by-packet.ts';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import type { TopologyFile } from '../../../testing/network/topology-file.ts';
import { createRandom, pick } from '../../../testing/random.ts';
import type { ResourceId } from '../../model/ids.ts';
import type { NetworkEvidence } from '../../model/network.ts';
import { changeCommand, type NetworkChange } from '../../model/network-change.ts';
import { answerOf } from './answer.ts';
import { type ChangedPorts, type Difference, differenceBetween, reachAfter, tryChanges } from './change.ts';
import { type Cut, closedBy, cutsOf } from './cuts.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';
import { exposureOf } from './scanner.ts';

const solve = (file: TopologyFile): Reach => new Reach(readTopology(file).topology);

function evidenceOf(reach: Reach): readonly NetworkEvidence[] {
  const all = exposureOf(reach, (id) => id as ResourceId).flatMap(({ observations }) => observations);
  return all.map(({ network }) => network).filter((network) => network !== undefined);
}

/** What the engine and what packets find, without what is not known. */
const answersOf = (reach: Reach) =>
  Object.fromEntries(
    reach.all().map((one) => {
      const { unknown: _, ...answer } = answerOf(one);
      return [one.interface.id, answer];
    }),
  );
const packetsOf = (file: TopologyFile) =>
  Object.fromEntries(Object.entries(reachByPackets(file)).map(([id, { unknown: _, ...answer }]) => [id, answer]));

const sorted = (difference: Difference) =>
  Object.values(difference).map((parts) => parts.map((part: ChangedPorts) => JSON.stringify(part)).toSorted());

describe('a cut', () => {
  it('does to packets what it was told to do, and opens nothing', { timeout: 120_000 }, () => {
    const counts: Record<Cut['kind'], number> = {
      revoke: 0,
      'limit-ports': 0,
      'limit-sources': 0,
      detach: 0,
      deny: 0,
    };
    for (let seed = 0; seed < 80; seed += 1) {
      const file = randomTopology(seed);
      const reach = solve(file);
      const random = createRandom(seed);
      const evidence = evidenceOf(reach);
      for (const network of evidence.filter(() => random() < 2 / evidence.length)) {
        for (const { kind, changes, difference } of cutsOf(reach, network)) {
          counts[kind] += 1;
          const changed = reachAfter(reach, changes);
          expect(answersOf(changed), `seed ${seed} ${kind}`).toEqual(packetsOf(applyChanges(file, changes)));
          expect(sorted(difference)).toEqual(sorted(differenceBetween(reach, changed, reach.topology.interfaces)));
          expect(difference.opened).toEqual([]);
          const isOpen = evidenceOf(changed).some(
            (one) =>
              one.interfaceId === network.interfaceId &&
              one.via === network.via &&
              one.protocol === network.protocol &&
              one.begin <= network.begin &&
              network.end <= one.end,
          );
          if (kind !== 'limit-sources') expect(isOpen, `seed ${seed} ${kind}`).toBe(false);
        }
      }
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(5);
  });

  it('is told beside others by what it costs: ports of others count more than edits', () => {
    const file = buildTopology(({ file: lists, group, subnet }) => {
      group.IpPermissions = [rule('tcp', [20, 25], '0.0.0.0/0'), rule('tcp', [443, 443], '0.0.0.0/0')];
      addList(lists, subnet, ...openEntries());
      lists.SecurityGroups.push({
        GroupId: 'sg-office',
        VpcId: 'vpc-a',
        IpPermissions: [rule('tcp', [22, 22], '203.0.113.0/24')],
      });
    });
    const reach = solve(file);
    const ssh = evidenceOf(reach).find(({ begin }) => begin === 22);
    if (ssh === undefined) throw new Error('port 22 is not open');
    const cuts = cutsOf(reach, ssh);
    expect(cuts.map(({ kind, difference }) => [kind, closedBy(difference)])).toEqual([
      ['deny', 1],
      ['limit-sources', 0],
      ['limit-ports', 1],
      ['revoke', 5],
    ]);
  });
});

describe('any change', () => {
  it('is solved as packets find it after it was made', { timeout: 120_000 }, () => {
    const seen = { opened: 0, closed: 0, narrowed: 0, widened: 0 };
    for (let seed = 300; seed < 500; seed += 1) {
      const file = randomTopology(seed);
      const reach = solve(file);
      const random = createRandom(seed);
      const changes = [randomChange(file, random), randomChange(file, random)];
      const changed = reachAfter(reach, changes);
      expect(answersOf(changed), `seed ${seed}`).toEqual(packetsOf(applyChanges(file, changes)));
      const difference = tryChanges(reach, changes);
      expect(sorted(difference)).toEqual(sorted(differenceBetween(reach, changed, reach.topology.interfaces)));
      for (const key of ['opened', 'closed', 'narrowed', 'widened'] as const) seen[key] += difference[key].length;
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(3);
  });

  it('is a line for the shell in which what a stranger named cannot run', () => {
    const hostile = { groupId: "sg-1'; rm -rf /", protocol: 'tcp', from: 22, to: 22, source: '$(id)' };
    expect(changeCommand({ kind: 'authorize', rule: hostile }, 'eu-west-1')).toBe(
      `aws --region eu-west-1 ec2 authorize-security-group-ingress --group-id 'sg-1'\\''; rm -rf /' --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"$(id)"}]}]'`,
    );
  });
});

function randomChange(file: TopologyFile, random: () => number): NetworkChange {
  const groups = file.SecurityGroups ?? [];
  const group = pick(random, groups);
  const begin = pick(random, [0, 22, 443, 1024, 5432]);
  const source = pick(random, ['0.0.0.0/0', '::/0', '203.0.113.0/24', '10.0.0.0/8', pick(random, groups).GroupId]);
  const rule = { groupId: group.GroupId, protocol: pick(random, ['tcp', 'udp']), from: begin, to: begin + 600, source };
  const faces = (file.NetworkInterfaces ?? []).filter(({ Groups }) => (Groups ?? []).length > 0);
  const acls = file.NetworkAcls ?? [];
  const kind = pick(random, ['authorize', 'authorize', 'revoke', 'detach', 'deny']);
  const [held] = group.IpPermissions ?? [];
  if (kind === 'revoke' && held?.IpRanges?.[0] !== undefined) {
    const { IpProtocol: protocol, FromPort: from = null, ToPort: to = null } = held;
    return { kind, rule: { groupId: group.GroupId, protocol, from, to, source: held.IpRanges[0].CidrIp } };
  }
  if (kind === 'detach' && faces.length > 0) {
    const face = pick(random, faces);
    const gone = pick(random, face.Groups ?? []).GroupId;
    return { kind, interfaceId: face.NetworkInterfaceId, groupId: gone, left: [] };
  }
  if (kind === 'deny' && acls.length > 0) {
    const block = source.startsWith('sg-') ? '0.0.0.0/0' : source;
    return {
      kind,
      aclId: pick(random, acls).NetworkAclId,
      number: 1,
      protocol: 'tcp',
      begin,
      end: begin + 600,
      source: block,
    };
  }
  return { kind: 'authorize', rule };
}
