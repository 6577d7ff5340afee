import { describe, expect, it } from 'vitest';
import { estimateMonthlyCost } from './estimate-monthly-cost.ts';

describe('the monthly estimate', () => {
  it('of 10 instances for 720 h and 5 images is 9.09 USD', () => {
    expect(estimateMonthlyCost({ instances: 10, hours: 720, images: 5, functions: 0 }).totalUsd).toBe(9.09);
  });

  it('names each term with its count, hours and price', () => {
    const { terms } = estimateMonthlyCost({ instances: 3000, hours: 720, images: 6812, functions: 1800 });

    expect(terms.map(({ label, amountUsd }) => [label, amountUsd])).toEqual([
      ['EC2 instances', 2592],
      ['ECR images', 613.08],
      ['Lambda functions', 777.6],
    ]);
  });

  it('adds without rounding errors', () => {
    expect(estimateMonthlyCost({ instances: 3000, hours: 720, images: 6812, functions: 1800 }).totalUsd).toBe(3982.68);
  });
});
