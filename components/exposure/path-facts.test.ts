import { expect, it } from 'vitest';
import type { NetworkEvidence } from '@/lib/core/model/network.ts';
import { balancerWord, portsWord, sourcesWord } from './path-facts.ts';

const PATH: NetworkEvidence = {
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

it('who may call is said in words', () => {
  expect(sourcesWord(PATH)).toBe('any address of the internet');
  expect(sourcesWord({ ...PATH, isWorld: false, sourceCount: '256', sourceBlocks: ['203.0.113.0/24'] })).toBe(
    '256 addresses of the internet: 203.0.113.0/24',
  );
  expect(
    sourcesWord({ ...PATH, category: 'peer', isWorld: false, sourceCount: '1', sourceBlocks: ['10.1.0.5/32'] }),
  ).toBe('1 address: 10.1.0.5/32');
});

it('ports are a number or a range', () => {
  expect(portsWord(PATH)).toBe('22/tcp');
  expect(portsWord({ begin: 0, end: 21, protocol: 'UDP' })).toBe('0-21/udp');
});

it('a load balancer on the way is named', () => {
  const via = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/front/50dc6c495c0c9188';
  const hop = { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', id: via, because: '' };
  expect(balancerWord({ via, hops: [hop] })).toBe('front');
  expect(balancerWord({ via: 'old-one', hops: [{ ...hop, type: 'AWS::ElasticLoadBalancing::LoadBalancer' }] })).toBe(
    'old-one',
  );
  expect(balancerWord(PATH)).toBeNull();
});
