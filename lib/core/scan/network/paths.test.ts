import { describe, expect, it } from 'vitest';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import { TRAPS } from '../../../testing/network/traps.ts';
import { intersect, subtract } from './intervals.ts';
import { type Path, Paths } from './paths.ts';
import { portsBy, Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';
import type { GroupRule } from './topology.ts';

const FILES = [...Array.from({ length: 100 }, (_, seed) => randomTopology(seed)), ...TRAPS.map((one) => one.topology)];

interface Told {
  readonly file: (typeof FILES)[number];
  readonly text: string;
  readonly reach: Reach;
  readonly path: Path;
}

function* pathsOf(): Generator<Told> {
  for (const file of FILES) {
    const reach = new Reach(readTopology(file).topology);
    const paths = new Paths(reach.view);
    const text = JSON.stringify(file);
    for (const one of reach.all()) {
      for (const path of paths.of(one)) yield { file, text, reach, path };
    }
  }
}

/** Ports of the path that its way has open where the interface's groups have some rules and no others. */
function openWith({ reach, path }: Told, rules: readonly GroupRule[]) {
  const groups = path.interface.groupIds.flatMap((id) => reach.topology.groups.get(id) ?? []);
  const changed = groups.map((group) => ({ ...group, ingress: group.ingress.filter((rule) => rules.includes(rule)) }));
  const { openings } = reach.withGroups(changed).of(path.interface);
  const isWay = ({ category, via, family, protocol }: (typeof openings)[number]): boolean =>
    category === path.category && via === path.via && family === path.family && protocol === path.protocol;
  return intersect(portsBy(openings, isWay), [path.ports[0], path.ports[1] + 1]);
}

const isBalanced = ({ path }: Told): boolean => path.hops.some(({ type }) => type.endsWith('::LoadBalancer'));

describe('a path', () => {
  it('names the rules that admit it: with them alone it is open, and each of them opens some of it', () => {
    let rules = 0;
    for (const told of pathsOf()) {
      // The balancer's own groups may be the same.
      if (isBalanced(told)) continue;
      const { path } = told;
      const asked = [path.ports[0], path.ports[1] + 1];
      expect(subtract(asked, openWith(told, path.admitting))).toEqual([]);
      for (const rule of path.admitting) {
        expect(openWith(told, [rule]).length).toBeGreaterThan(0);
        rules += 1;
      }
    }
    expect(rules).toBeGreaterThan(1_000);
  });

  it('passes components that are there, and lists by entries that allow', () => {
    let lists = 0;
    for (const { file, text, path } of pathsOf()) {
      for (const { type, id, because } of path.hops) {
        expect(text, `${type} of ${path.interface.id}`).toContain(JSON.stringify(id).slice(1, -1));
        if (type !== 'AWS::EC2::NetworkAcl') continue;
        const entries = file.NetworkAcls?.find((acl) => acl.NetworkAclId === id)?.Entries ?? [];
        for (const [, number] of because.matchAll(/rule (\S+) lets/g)) {
          const deciding = entries.filter((entry) => String(entry.RuleNumber) === number);
          expect(deciding.map(({ RuleAction }) => RuleAction)).toContain('allow');
          lists += 1;
        }
      }
    }
    expect(lists).toBeGreaterThan(1_000);
  });
});
