import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { formatCount } from '../format/format-count.ts';

const FROM = {
  internet: 'the internet',
  conditional: 'the internet, by an appliance',
  peer: 'a peered VPC',
  vgw: 'a VPN',
  tgw: 'a transit gateway',
} as const;

/** Where the path begins, in words. */
export function fromWord({ category }: Pick<NetworkEvidence, 'category'>): string {
  return FROM[category];
}

/** Who may call, in words: anyone, or so many addresses and the first of their blocks. */
export function sourcesWord({ isWorld, sourceCount, sourceBlocks, category }: NetworkEvidence): string {
  if (isWorld) return 'any address of the internet';
  const count = Number(sourceCount);
  const number = count < 1e9 ? formatCount(count) : `about ${count.toExponential(1)}`;
  const blocks = sourceBlocks.slice(0, 3).join(', ');
  const more = sourceBlocks.length > 3 ? ' and others' : '';
  const of = category === 'internet' ? ' of the internet' : '';
  return `${number} ${count === 1 ? 'address' : 'addresses'}${of}: ${blocks}${more}`;
}

/** The load balancer that a path goes through; null for a path by a gateway alone. */
export function balancerWord({ via, hops }: Pick<NetworkEvidence, 'via' | 'hops'>): string | null {
  if (!hops.some(({ type }) => type.endsWith('::LoadBalancer'))) return null;
  return via.includes('loadbalancer/') ? (via.split('/').at(-2) ?? via) : via;
}
