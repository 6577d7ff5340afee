import { describe, expect, it } from 'vitest';
import { type RoutingRule, toRoutingRules } from '@/lib/core/findings/routing.ts';
import { draftOf, ruleOf } from './rule-draft.ts';

const RULES: readonly RoutingRule[] = [
  { id: 'a', name: 'By tag', when: { tags: { Team: 'pay*', Env: 'prod' } }, team: { fromTag: 'Team' } },
  {
    id: 'b',
    name: 'Edge',
    when: { accounts: ['1111*', '222222222222'], regions: ['eu-*'], kinds: ['ec2'], paths: ['/opt/*'] },
    owner: { name: 'id-1' },
    team: { name: 'edge' },
  },
];

describe('a routing rule as it is typed', () => {
  it('comes back as it was, with the conditions that have no field', () => {
    expect(RULES.map((rule) => ruleOf(draftOf(rule)))).toEqual(RULES);
    expect(toRoutingRules(RULES.map((rule) => ruleOf(draftOf(rule))))).toEqual(RULES);
  });

  it('without a condition or a holder it is refused', () => {
    const blank = {
      id: 'c',
      name: 'x',
      tags: '',
      accounts: '',
      resources: '',
      paths: '',
      owner: '',
      team: '',
      kept: {},
    };

    expect(toRoutingRules([ruleOf(blank)])).toHaveProperty('faults');
    expect(toRoutingRules([ruleOf({ ...blank, tags: 'Team', team: 'x' })])).toEqual([
      { id: 'c', name: 'x', when: { tags: { Team: '*' } }, team: { name: 'x' } },
    ]);
  });
});
