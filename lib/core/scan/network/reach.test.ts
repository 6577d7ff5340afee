import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../../testing/network/apply-changes.ts';
import { reachByPackets } from '../../../testing/network/packet-by-packet.ts';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import { createRandom } from '../../../testing/random.ts';
import { answerOf, type InterfaceAnswer } from './answer.ts';

import { toIngressRule } from './explain.ts';
import { Fixes } from './fix.ts';
import { type Path, Paths } from './paths.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';

type File = ReturnType<typeof randomTopology>;
type Answers = Readonly<Record<string, Omit<InterfaceAnswer, 'unknown'>>>;

const TOPOLOGIES = 1_000;
const BATCHES = 4;
const seedsOf = (batch: number): readonly number[] =>
  Array.from({ length: TOPOLOGIES / BATCHES }, (_, at) => batch * (TOPOLOGIES / BATCHES) + at);

function solve(file: unknown): Reach {
  const { topology, diagnostics } = readTopology(file);
  expect(diagnostics).toEqual([]);
  return new Reach(topology);
}

function answersOf(reach: Reach): Answers {
  return Object.fromEntries(
    reach.all().map((one) => {
      const { unknown, ...answer } = answerOf(one);
      expect(unknown).toEqual([]);
      return [one.interface.id, answer];
    }),
  );
}

function packetsOf(file: File): Answers {
  return Object.fromEntries(
    Object.entries(reachByPackets(file)).map(([id, { unknown: _, ...answer }]) => [id, answer]),
  );
}

/** Whether each port of the first is one of the second. */
function isWithin(first: Answers, second: Answers): boolean {
  const held = flatRanges(second);
  return [...flatRanges(first)].every(([name, ranges]) =>
    ranges.every(([low, high]) => (held.get(name) ?? []).some(([from, to]) => from <= low && high <= to)),
  );
}

/** Every set of ports by its name, as `eni-1 peer pcx-1 ipv4 tcp`. */
function flatRanges(answers: Answers): ReadonlyMap<string, readonly (readonly [number, number])[]> {
  const sets = new Map<string, readonly (readonly [number, number])[]>();
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) sets.set(name, value as [number, number][]);
    else for (const [key, part] of Object.entries(value as object)) add(`${name} ${key}`.trim(), part);
  };
  add('', answers);
  return sets;
}

describe.each([0, 1, 2, 3])(`of ${TOPOLOGIES} random topologies, those of batch %i`, (batch) => {
  it('have the very ports that one packet after the other finds', { timeout: 120_000 }, () => {
    const found = new Map<string, number>();
    for (const seed of seedsOf(batch)) {
      const file = randomTopology(seed);
      const answers = answersOf(solve(file));
      expect(answers, `seed ${seed}`).toEqual(packetsOf(file));
      for (const [name, ranges] of flatRanges(answers)) {
        const [, way = ''] = name.split(' ');
        if (ranges.length > 0) found.set(way, (found.get(way) ?? 0) + 1);
      }
    }
    // Answers that are empty would be equal too.
    for (const way of ['direct', 'conditional', 'loadBalancer', 'peer', 'vgw', 'tgw']) {
      expect(found.get(way) ?? 0, way).toBeGreaterThan(20);
    }
  });
});

describe('a proposed fix', () => {
  it('closes its ports and opens nothing, as packets have it', { timeout: 120_000 }, () => {
    let tried = 0;
    for (const seed of seedsOf(0)) {
      const file = randomTopology(seed);
      const reach = solve(file);
      const paths = reach.all().flatMap((one) => new Paths(reach.view).of(one));
      const random = createRandom(seed);
      for (const path of paths.filter(() => random() < 3 / paths.length)) {
        const fix = new Fixes(reach).of(path);
        if (fix === null) throw new Error(`seed ${seed} has a path that nothing closes`);
        const revokes = fix.revokes.map((rule) => ({ kind: 'revoke', rule: toIngressRule(rule) }) as const);
        const after = packetsOf(applyChanges(file, revokes));
        expect(portsOf(path, after).filter(([from, to]) => from <= path.ports[1] && path.ports[0] <= to)).toEqual([]);
        expect(isWithin(after, packetsOf(file)), `seed ${seed} opens something`).toBe(true);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(300);
  });
});

/** Ports of the path's way in, as an answer tells them. */
function portsOf(path: Path, answers: Answers): readonly (readonly [number, number])[] {
  const answer = answers[path.interface.id];
  if (answer === undefined) return [];
  if (path.category === 'internet') return answer.direct[path.family][path.protocol];
  if (path.category === 'conditional') return answer.conditional[path.family][path.protocol];
  return answer[path.category][path.via]?.[path.family][path.protocol] ?? [];
}

describe('over any topology', () => {
  const seeds = Array.from({ length: 150 }, (_, at) => 5_000 + at);

  it('the order in which the API tells things changes nothing', () => {
    for (const seed of seeds) {
      const file = randomTopology(seed);
      const shuffled = shuffle(file, createRandom(seed)) as File;
      expect(answersOf(solve(shuffled))).toEqual(answersOf(solve(file)));
    }
  });

  it('one more rule of a group closes nothing', () => {
    for (const seed of seeds) {
      const file = randomTopology(seed);
      const more = {
        IpProtocol: 'tcp',
        FromPort: 20,
        ToPort: 9000,
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      };
      const groups = (file.SecurityGroups ?? []).map((group) => ({
        ...group,
        IpPermissions: [...(group.IpPermissions ?? []), more],
      }));
      expect(isWithin(answersOf(solve(file)), answersOf(solve({ ...file, SecurityGroups: groups })))).toBe(true);
    }
  });

  it('one more denial in a list opens nothing', () => {
    for (const seed of seeds) {
      const file = randomTopology(seed);
      const denial = {
        RuleNumber: 1,
        Protocol: '-1',
        Egress: seed % 2 === 0,
        RuleAction: 'deny',
        CidrBlock: '128.0.0.0/1',
      };
      const acls = (file.NetworkAcls ?? []).map((acl) => ({ ...acl, Entries: [...(acl.Entries ?? []), denial] }));
      expect(isWithin(answersOf(solve({ ...file, NetworkAcls: acls })), answersOf(solve(file)))).toBe(true);
    }
  });

  it('a block written as its two halves is the same block', () => {
    for (const seed of seeds) {
      const file = randomTopology(seed);
      const halves = JSON.parse(JSON.stringify(file), (key, value) =>
        key === 'IpRanges'
          ? value.flatMap((range: { CidrIp: string }) =>
              range.CidrIp === '0.0.0.0/0' ? [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }] : [range],
            )
          : value,
      ) as File;
      expect(answersOf(solve(halves))).toEqual(answersOf(solve(file)));
    }
  });

  it('rules of IPv6 decide nothing of IPv4', () => {
    for (const seed of seeds) {
      const file = randomTopology(seed);
      const without = JSON.parse(JSON.stringify(file), (key, value) => (key === 'Ipv6Ranges' ? [] : value)) as File;
      const four = (answers: Answers) =>
        Object.values(answers).map(({ direct, conditional }) => [direct.ipv4, conditional.ipv4]);
      expect(four(answersOf(solve(without)))).toEqual(four(answersOf(solve(file))));
    }
  });
});

/** Lists in another order, however deep they lie. */
function shuffle(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) {
    // What AWS orders by itself stays: of routes of one length the first listed decides.
    const items = value.map((item) => ({ item: shuffle(item, random), at: random() }));
    const isOrdered = value.some(
      (item) =>
        typeof item === 'object' &&
        item !== null &&
        ('DestinationCidrBlock' in item || 'DestinationIpv6CidrBlock' in item || 'DestinationPrefixListId' in item),
    );
    return (isOrdered ? items : items.toSorted((a, b) => a.at - b.at)).map(({ item }) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shuffle(part, random)]));
}
