import type { NetworkEvidence } from '../../model/network.ts';

type Identified = Pick<NetworkEvidence, 'interfaceId' | 'category' | 'via' | 'protocol' | 'begin' | 'end'>;

/**
 * What tells a finding of network reachability from the others of its instance. Rules and groups are no part of it, or
 * every edit of a rule would open it anew.
 */
export function pathIdentity({ interfaceId, category, via, protocol, begin, end }: Identified): string {
  return [interfaceId, category, via, protocol, begin, end].join(' ');
}

/** The name of an exposure wherever it is, as `NET-22-TCP-INTERNET`: what a vulnerability's id is to packages. */
export function exposureId({ category, protocol, begin, end }: Identified): string {
  const ports = begin === end ? String(begin) : `${begin}-${end}`;
  return `NET-${ports}-${protocol}-${category === 'internet' ? 'INTERNET' : 'NEIGHBOUR'}`;
}
