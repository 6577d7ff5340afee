import { describe, expect, it } from 'vitest';
import { draftRule, EMPTY_DRAFT, rangeOf } from './draft-rule.ts';

describe('a rule as it is typed', () => {
  it('has one port or a range of them', () => {
    expect(rangeOf({ ports: ' 22 ' })).toEqual([22, 22]);
    expect(rangeOf({ ports: '8000-8080' })).toEqual([8000, 8080]);
    expect(rangeOf({ ports: '8000 – 8080' })).toEqual([8000, 8080]);
    for (const ports of ['', 'ssh', '22,80', '-1', '123456', '1-2-3']) expect(rangeOf({ ports })).toBeNull();
  });

  it('is the rule of the API, without ports for all traffic and for what cannot be read', () => {
    const draft = { ...EMPTY_DRAFT, groupId: ' sg-1 ', ports: '22', source: ' 10.0.0.0/8 ' };
    const rule = { groupId: 'sg-1', protocol: 'tcp', from: 22, to: 22, source: '10.0.0.0/8' };
    expect(draftRule(draft)).toEqual({ kind: 'authorize', rule });
    const all = { ...rule, protocol: '-1', from: null, to: null };
    expect(draftRule({ ...draft, kind: 'revoke', protocol: '-1' })).toEqual({ kind: 'revoke', rule: all });
    expect(draftRule({ ...draft, ports: 'ssh' }).rule).toEqual({ ...rule, from: null, to: null });
  });
});
