import { describe, expect, it } from 'vitest';
import { readAddress, readBlock } from '../address.ts';
import { has } from '../intervals.ts';
import type { Route, RouteTable, Vpc } from '../topology.ts';
import { bestRoute, routeSets } from './route-table.ts';

const block = (text: string) => {
  const read = readBlock(text);
  if (read === null) throw new Error(`${text} is no block.`);
  return read;
};
const address = (text: string) => {
  const read = readAddress(text);
  if (read === null) throw new Error(`${text} is no address.`);
  return read;
};
const route = (text: string, target: string, more: Partial<Route> = {}): Route => ({
  text,
  blocks: [block(text)],
  target,
  isLocal: target === 'local',
  isBlackhole: false,
  isPropagated: false,
  isList: false,
  ...more,
});
const table = (...routes: Route[]): RouteTable => ({ id: 'rtb-1', vpcId: 'vpc-1', routes });
const VPC: Vpc = { id: 'vpc-1', blocks: [block('10.0.0.0/16')] };
const target = (of: RouteTable, to: string) => bestRoute(of, VPC, address(to))?.target;

describe('a route table', () => {
  it('takes the longest prefix, whatever the order', () => {
    const both = table(route('0.0.0.0/0', 'igw-1'), route('8.8.0.0/16', 'vgw-1'));
    expect([target(both, '8.8.8.8'), target(both, '9.9.9.9')]).toEqual(['vgw-1', 'igw-1']);
  });

  it('takes what was written before what was propagated, and a block before a list', () => {
    const written = table(route('8.8.0.0/16', 'vgw-1', { isPropagated: true }), route('8.8.0.0/16', 'pcx-1'));
    expect(target(written, '8.8.8.8')).toBe('pcx-1');
    const listed = table(route('8.8.0.0/16', 'tgw-1', { isList: true }), route('8.8.0.0/16', 'pcx-1'));
    expect(target(listed, '8.8.8.8')).toBe('pcx-1');
  });

  it('delivers to the blocks of the VPC though no route says so, unless one says otherwise', () => {
    expect(target(table(route('0.0.0.0/0', 'igw-1')), '10.0.1.1')).toBe('local');
    expect(target(table(route('10.0.0.0/16', 'eni-1')), '10.0.1.1')).toBe('eni-1');
  });

  it('sends nothing by a route whose target is gone, and keeps what it hides', () => {
    const sets = routeSets(
      table(route('0.0.0.0/0', 'igw-1'), route('8.8.0.0/16', 'igw-1', { isBlackhole: true })),
      VPC,
      'ipv4',
      false,
    );
    expect(has(sets.to('igw-1'), address('8.8.8.8').point)).toBe(false);
    expect(has(sets.to('igw-1'), address('9.9.9.9').point)).toBe(true);
  });

  it('claims nothing beside a prefix list that could not be read, and hopes for everything by its target', () => {
    const unread = table(route('0.0.0.0/0', 'igw-1'), { ...route('0.0.0.0/0', 'pcx-1'), blocks: null });
    expect(routeSets(unread, VPC, 'ipv4', false).to('igw-1')).toEqual([]);
    expect(routeSets(unread, VPC, 'ipv4', true).to('pcx-1')).toEqual([0, 2 ** 32]);
  });
});
