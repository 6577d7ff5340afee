import { describe, expect, it } from 'vitest';
import { readAddress, readBlock } from '../address.ts';
import { portsFrom } from '../region.ts';
import type { AclEntry, Protocol } from '../topology.ts';
import { decidingEntry, letThrough } from './network-acl.ts';

function entry(number: number, allow: boolean, text: string, ports: readonly [number, number], protocol: Protocol) {
  const block = readBlock(text);
  if (block === null) throw new Error(`${text} is no block.`);
  const one: AclEntry = { number, allow, block, text, ports: { protocols: [protocol], from: ports[0], to: ports[1] } };
  return one;
}

const LIST = [
  entry(90, false, '203.0.113.0/24', [22, 23], 'tcp'),
  entry(100, true, '0.0.0.0/0', [20, 30], 'tcp'),
  entry(110, false, '0.0.0.0/0', [25, 26], 'tcp'),
];

describe('a network ACL', () => {
  it('lets through what its first matching entry allows, and nothing that none matches', () => {
    const region = letThrough(LIST, 'ipv4', 'tcp');
    const from = (text: string) => portsFrom(region, readAddress(text)?.point ?? 0);
    expect(from('203.0.113.7')).toEqual([20, 22, 23, 30]);
    expect(from('198.51.100.1')).toEqual([20, 30]);
    expect(letThrough(LIST, 'ipv4', 'udp')).toEqual([]);
    expect(letThrough(LIST, 'ipv6', 'tcp')).toEqual([]);
  });

  it('names the entry that decides over a packet', () => {
    const by = (text: string, port: number) => {
      const address = readAddress(text);
      return address === null ? null : decidingEntry(LIST, 'tcp', address, port)?.number;
    };
    expect([by('203.0.113.7', 22), by('198.51.100.1', 22), by('198.51.100.1', 25), by('198.51.100.1', 80)]).toEqual([
      90,
      100,
      100,
      undefined,
    ]);
  });
});
