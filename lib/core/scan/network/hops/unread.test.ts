import { describe, expect, it } from 'vitest';
import { type Base, buildTopology, route } from '../../../../testing/network/build-topology.ts';
import { readTopology } from '../read-topology.ts';
import { portsOf } from '../region.ts';
import { View } from '../view.ts';
import { openingsFromUnread, unreadBy } from './unread.ts';

/** Ways that there may be into the interface of the base, with some lists unread. */
function ways(lists: readonly string[], change: (base: Base) => void, hopeful = true) {
  const file = buildTopology((base) => {
    change(base);
    for (const list of lists) delete (base.file as Record<string, unknown>)[list];
  });
  const unread = Object.fromEntries(lists.map((list) => [list, 'Access was denied.']));
  const { topology } = readTopology(file, unread);
  const [one] = topology.interfaces;
  if (one === undefined) throw new Error('There is no interface.');
  const view = new View(topology, { clientPorts: [1024, 65_536], hopeful });
  return { by: unreadBy(view), openings: openingsFromUnread(view, one, 'ipv4', 'tcp') };
}

describe('a list that nobody could read', () => {
  it('may open what groups and lists admit, where a route leads to such a gateway', () => {
    const routed = ways(['TransitGateways'], ({ table }) => table.Routes.push(route('172.16.0.0/12', 'tgw-1')));
    expect(routed.by).toEqual([expect.objectContaining({ list: 'TransitGateways', category: 'tgw' })]);
    expect(routed.openings.map(({ category, via, region }) => [category, via, portsOf(region)])).toEqual([
      ['tgw', 'tgw-1', [22, 23]],
    ]);
    expect(ways(['TransitGateways'], () => undefined).openings).toEqual([]);
  });

  it('of load balancers may open whatever the groups admit', () => {
    const { openings } = ways(['LoadBalancers'], () => undefined);
    expect(openings.map(({ category, region }) => [category, portsOf(region)])).toEqual([['load-balancer', [22, 23]]]);
  });

  it('opens nothing that is certain', () => {
    expect(ways(['LoadBalancers'], () => undefined, false).openings).toEqual([]);
  });
});
