import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SLA_POLICY, toSlaPolicy } from './sla-policy.ts';

const stored: Record<string, unknown> = JSON.parse(JSON.stringify(DEFAULT_SLA_POLICY));

describe('a stored policy', () => {
  it('is read as it was written', () => {
    expect(toSlaPolicy(stored)).toEqual(DEFAULT_SLA_POLICY);
    expect(toSlaPolicy({ ...stored, kevGraceDays: null })).toEqual({ ...DEFAULT_SLA_POLICY, kevGraceDays: null });
  });

  it('of before, which said itself what is soon, is read without that', () => {
    expect(toSlaPolicy({ ...stored, soonShare: 0.2 })).toEqual(DEFAULT_SLA_POLICY);
  });

  it.each([
    ['version', { version: 'a b' }, /letters, digits/],
    ['mode', { mode: 'strict' }, /"severity" or "bod-26-04"/],
    ['days.HIGH', { days: { ...DEFAULT_SLA_POLICY.days, HIGH: '30' } }, /number from 0.25 to 3650/],
    ['days.LOW', { days: { ...DEFAULT_SLA_POLICY.days, LOW: Number.NaN } }, /number/],
    ['days.MEDIUM', { days: { ...DEFAULT_SLA_POLICY.days, MEDIUM: 10 } }, /MEDIUM would be due before HIGH/],
    ['days.LOW', { days: { ...DEFAULT_SLA_POLICY.days, MEDIUM: null } }, /LOW would be due before MEDIUM/],
    ['days.UNTRIAGED', { days: { CRITICAL: 7, HIGH: 30, MEDIUM: 90, LOW: 180, INFORMATIONAL: null } }, /number/],
    ['exposedDivisor', { exposedDivisor: 0.5 }, /from 1 to 100/],
    ['kevGraceDays', { kevGraceDays: -1 }, /from 0 to 365/],
    ['settleHours', { settleHours: Number.POSITIVE_INFINITY }, /from 0 to 2160/],
    ['fromFix', { fromFix: 'yes' }, /true or false/],
    ['weekends', { weekends: true }, /no such rule/],
  ])('with a fault in %s is refused with a sentence', (field, fields, sentence) => {
    expect(toSlaPolicy({ ...stored, ...fields })).toEqual({
      faults: expect.objectContaining({ [field]: expect.stringMatching(sentence) }),
    });
  });

  it('of any shape is a policy or has faults', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const read = toSlaPolicy(raw);
        expect('faults' in read && Object.keys(read.faults).length > 0).toBe(true);
      }),
    );
  });
});
