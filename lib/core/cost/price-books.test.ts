import { describe, expect, it } from 'vitest';
import { parsePriceBooks } from './parse-price-books.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS, priceOn, staleDays } from './price-books.ts';

const [PRICE] = BUILT_IN_BOOK.prices;

function book(more: object = {}, price: object = {}): object {
  return { ...BUILT_IN_BOOK, prices: [{ ...PRICE, ...price }], ...more };
}

describe('the books of the product', () => {
  it('each have a price, a unit, a source and a date for what they name', () => {
    const [builtIn, list] = PRICE_BOOKS.map(({ prices }) =>
      Object.fromEntries(prices.map(({ meter, usd, per }) => [meter, `${usd}/${per}`])),
    );

    expect(builtIn).toEqual({
      'ec2-agent': '0.0012/1',
      'ec2-agentless': '0.0012/1',
      'ecr-first': '0.09/1',
      'ecr-again': '0/1',
      lambda: '0.0006/1',
      'guardduty-events': '0.25/500000',
      'macie-gigabytes': '1.00/1',
    });
    expect(list).toMatchObject({ 'ec2-agent': '1.25/720', 'ec2-agentless': '1.75/720', lambda: '0.30/720' });
    expect(PRICE_BOOKS.map(({ trialDays }) => trialDays)).toEqual([90, 15]);
  });

  it('are old after 180 days, and say since when', () => {
    expect(staleDays(BUILT_IN_BOOK, new Date('2027-02-18T23:59:59Z'))).toBeNull();
    expect(staleDays(BUILT_IN_BOOK, new Date('2027-02-19T00:00:00Z'))).toBe(181);
  });
});

describe('a price', () => {
  const [dear] = parsePriceBooks([
    book({
      prices: [
        { ...PRICE, usd: '3', from: '2026-12-01' },
        { ...PRICE, usd: '1', from: '2026-10-01' },
        { ...PRICE, usd: '2', from: '2026-11-01' },
        { ...PRICE, usd: '7', from: '2026-11-01', region: 'eu-west-1' },
      ],
    }),
  ]);

  it.each([
    ['us-east-1', '2026-10-31', '1'],
    ['us-east-1', '2026-11-01', '2'],
    ['us-east-1', '2026-12-24', '3'],
    ['us-east-1', '2026-01-01', '1'],
    ['eu-west-1', '2026-12-24', '7'],
    ['ap-south-1', '2026-11-30', '2'],
  ])('in %s on %s is %s USD', (region, day, usd) => {
    expect(dear && priceOn(dear, 'ec2-agent', region, day)?.usd).toBe(usd);
  });

  it('that the book does not have is none', () => {
    expect(dear && priceOn(dear, 'lambda', 'us-east-1', '2026-11-01')).toBeNull();
  });
});

describe('a price book that cannot be billed by', () => {
  it.each([
    ['a negative price', book({}, { usd: '-0.01' }), '"books[0].prices[0].usd" may not be negative'],
    ['a price with an exponent', book({}, { usd: '1e3' }), '"books[0].prices[0].usd" has to be a decimal'],
    ['a price that is a float', book({}, { usd: 0.1 }), '"books[0].prices[0].usd" has to be a decimal'],
    ['a price with a comma', book({}, { usd: '0,09' }), '"books[0].prices[0].usd" has to be a decimal'],
    ['no price', book({}, { usd: '' }), '"books[0].prices[0].usd" has to be a decimal'],
    ['an absurd price', book({}, { usd: '10000.01' }), 'no meter costs more than 10000 USD'],
    ['a price for nothing', book({}, { per: 0 }), '"books[0].prices[0].per" has to be a whole number from 1'],
    ['a meter that nobody has', book({}, { meter: 'ec3' }), '"books[0].prices[0].meter" has to be one of ec2-agent'],
    ['a meter of another service', book({}, { service: 'Amazon Macie' }), '"books[0].prices[0].service" has to be'],
    ['a wrong unit', book({}, { unit: 'hour' }), '"books[0].prices[0].unit" has to be one of instance-hour'],
    ['no region', book({}, { region: 'Frankfurt' }), '"books[0].prices[0].region" has to be an AWS region'],
    ['a day that does not exist', book({}, { from: '2026-02-30' }), '"books[0].prices[0].from" has to be a day'],
    ['a book without prices', book({ prices: [] }), '"books[0].prices" has to be a list'],
    ['a book without a source', book({ source: ' ' }), '"books[0].source" has to be a text'],
    ['a trial without end', book({ trialDays: 10_000 }), '"books[0].trialDays" has to be a whole number from 0 to 366'],
    ['an end before the beginning', book({ to: '2026-01-01' }), '"books[0].to" has to be no day before "from"'],
    ['two prices for a day', book({ prices: [PRICE, PRICE] }), '"books[0].prices[1].from" overlaps prices[0]'],
    ['no book at all', 'free', '"books[0]" has to be a price book'],
  ])('%s is refused by the name of its field', (_what, raw, sentence) => {
    expect(() => parsePriceBooks([raw])).toThrow(sentence);
  });

  it('is one of two that overlap; one that follows the other is none', () => {
    const first = book({ to: '2026-12-31' });
    const next = (from: string, id = 'next') => book({ id, from, to: null });

    expect(() => parsePriceBooks([first, next('2026-12-31')])).toThrow('"books[1].from" overlaps books[0]');
    expect(parsePriceBooks([first, next('2027-01-01')])).toHaveLength(2);
    expect(() => parsePriceBooks([first, next('2027-01-01', 'built-in')])).toThrow('"books[1].id" has to be one');
  });
});
