import { describe, expect, it } from 'vitest';
import { buildTopology, rule } from '../../../testing/network/build-topology.ts';
import { randomTopology } from '../../../testing/network/random-topology.ts';
import { TRAPS } from '../../../testing/network/traps.ts';
import { FAMILIES } from './address.ts';
import { has } from './intervals.ts';
import type { Opening } from './opening.ts';
import { portsBy, Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';
import { PROTOCOLS } from './topology.ts';
import { blockersOf } from './why-not.ts';

const TCP = { family: 'ipv4', protocol: 'tcp' } as const;

function blockers(file: unknown, port?: number) {
  const reach = new Reach(readTopology(file).topology);
  const [one] = reach.topology.interfaces;
  if (one === undefined) throw new Error('There is no interface.');
  return blockersOf(reach.view, one, { ...TCP, ...(port === undefined ? {} : { port }) }).map(({ type, because }) => [
    type.split('::').at(-1),
    because,
  ]);
}

describe('why not', () => {
  it('is nothing where a port is open, and names the groups where it is not', () => {
    const open = buildTopology(() => undefined);
    expect(blockers(open)).toEqual([]);
    expect(blockers(open, 22)).toEqual([]);
    expect(blockers(open, 23)).toEqual([['SecurityGroup', 'no rule admits 23/tcp from an address of the internet']]);
  });

  it('names everything that blocks by itself, so that changing one is not taken for enough', () => {
    const shut = buildTopology((base) => {
      base.group.IpPermissions = [];
      base.table.Routes = [];
      base.instance.State = { Name: 'stopped' };
    });
    expect(blockers(shut).map(([type]) => type)).toEqual(['Instance', 'RouteTable', 'SecurityGroup']);
  });

  it('says where each lets somebody in and nobody passes all', () => {
    const apart = buildTopology((base) => {
      base.group.IpPermissions = [rule('tcp', [22, 22], '8.8.8.0/24')];
      base.table.Routes = (base.table.Routes ?? []).map((route) =>
        route.DestinationCidrBlock === '0.0.0.0/0' ? { ...route, DestinationCidrBlock: '9.9.9.0/24' } : route,
      );
    });
    expect(blockers(apart)).toEqual([
      ['NetworkInterface', 'routes, lists and groups each let somebody in, and nobody passes all of them'],
    ]);
  });

  it('is answered for exactly what cannot be reached, in any topology', () => {
    const files = [
      ...Array.from({ length: 300 }, (_, seed) => randomTopology(seed)),
      ...TRAPS.filter(({ unknown }) => unknown === undefined).map(({ topology }) => topology),
    ];
    let open = 0;
    for (const file of files) {
      const reach = new Reach(readTopology(file).topology);
      for (const { interface: one, openings } of reach.all()) {
        for (const family of FAMILIES) {
          for (const protocol of PROTOCOLS) {
            const isAsked = (one: Opening) =>
              one.category === 'internet' && one.protocol === protocol && one.family === family;
            const ports = portsBy(openings, isAsked);
            const input = { family, protocol };
            expect(blockersOf(reach.view, one, input).length === 0).toBe(ports.length > 0);
            for (const port of [22, 443, 50_000]) {
              const isOpen = has(ports, port);
              expect(blockersOf(reach.view, one, { ...input, port }).length === 0).toBe(isOpen);
              open += isOpen ? 1 : 0;
            }
          }
        }
      }
    }
    expect(open).toBeGreaterThan(300);
  });
});
