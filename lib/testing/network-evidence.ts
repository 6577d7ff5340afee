import type { NetworkEvidence } from '../core/model/network.ts';

/** SSH of one interface, open to the internet by a gateway. */
export const OPEN_SSH: NetworkEvidence = {
  interfaceId: 'eni-1',
  subnetId: 'subnet-1',
  subnetName: 'public-a',
  category: 'internet',
  via: 'igw-1',
  protocol: 'TCP',
  begin: 22,
  end: 22,
  services: ['SSH'],
  families: ['ipv4'],
  isWorld: true,
  sourceCount: '3702258432',
  sourceBlocks: [],
  hops: [],
  revokes: [],
};
