import { describe, expect, it } from 'vitest';
import { priceWords } from './price-words.ts';

describe('the words of a price', () => {
  it.each([
    [{ usd: '0.0012', per: 1, unit: 'instance-hour' }, '$0.0012 per instance-hour'],
    [{ usd: '1.25', per: 720, unit: 'instance-hour' }, '$1.25 per 720 instance-hours'],
    [{ usd: '0.25', per: 500_000, unit: 'event' }, '$0.25 per 500,000 events'],
    [{ usd: '1.00', per: 1, unit: 'GB' }, '$1.00 per GB'],
  ])('%j are %s', (price, words) => {
    expect(priceWords(price)).toBe(words);
  });
});
