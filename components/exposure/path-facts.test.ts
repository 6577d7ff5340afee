import { expect, it } from 'vitest';
import { OPEN_SSH } from '@/lib/testing/network-evidence.ts';
import { balancerWord, sourcesWord } from './path-facts.ts';

it('who may call is said in words', () => {
  expect(sourcesWord(OPEN_SSH)).toBe('any address of the internet');
  expect(sourcesWord({ ...OPEN_SSH, isWorld: false, sourceCount: '256', sourceBlocks: ['203.0.113.0/24'] })).toBe(
    '256 addresses of the internet: 203.0.113.0/24',
  );
  expect(
    sourcesWord({ ...OPEN_SSH, category: 'peer', isWorld: false, sourceCount: '1', sourceBlocks: ['10.1.0.5/32'] }),
  ).toBe('1 address: 10.1.0.5/32');
});

it('a load balancer on the way is named', () => {
  const via = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/front/50dc6c495c0c9188';
  const hop = { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', id: via, because: '' };
  expect(balancerWord({ via, hops: [hop] })).toBe('front');
  expect(balancerWord({ via: 'old-one', hops: [{ ...hop, type: 'AWS::ElasticLoadBalancing::LoadBalancer' }] })).toBe(
    'old-one',
  );
  expect(balancerWord(OPEN_SSH)).toBeNull();
});
