import { describe, expect, it } from 'vitest';
import type { CostTerm } from '@/lib/core/model/cost-view.ts';
import { termWords, trialWords } from './term-words.ts';

const price = (usd: string, per = 1) => ({ usd, per, region: 'us-east-1', mark: 'default' }) as const;
const term = (more: Partial<CostTerm>): CostTerm => ({
  meter: 'ec2-agent',
  label: 'EC2 instances',
  unit: 'instance-hour',
  count: 3000,
  units: 2_160_000,
  freeUnits: 0,
  price: price('0.0012'),
  cents: 259_200,
  ...more,
});

describe('the line under a figure', () => {
  it.each([
    [{}, '3,000 × 720 h × $0.0012'],
    [{ units: 2_159_999 }, '2,159,999 h × $0.0012'],
    [{ price: price('1.25', 720) }, '3,000 × 720 h × $1.25 per 720 h'],
    [{ freeUnits: 160_000 }, '2,000,000 h × $0.0012'],
    [{ freeUnits: 2_160_000 }, '0 h × $0.0012'],
    [{ meter: 'ecr-first', count: 6812, units: 6812, price: price('0.09') }, '6,812 × $0.09'],
    [{ meter: 'lambda-code', count: 1, units: 720, price: null }, '1 × 720 h × no price'],
  ] as const)('%j is %s', (more, words) => {
    expect(termWords(term(more), 720)).toBe(words);
  });

  it('says what the trial leaves out', () => {
    expect(trialWords(term({}))).toBe('');
    expect(trialWords(term({ freeUnits: 7200 }))).toBe('7,200 h in the trial');
    expect(trialWords(term({ meter: 'ecr-first', freeUnits: 1 }))).toBe('1 image in the trial');
  });
});
