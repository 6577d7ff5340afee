import { METER_FACTS, type Meter, type Price, type PriceBook, type PriceMark } from '../model/cost.ts';
import type { Day } from '../model/history.ts';
import { parsePriceBooks } from './parse-price-books.ts';

const DAY_MS = 86_400_000;
/** Prices that were read longer ago are told as old. Days. */
const FRESH_DAYS = 180;
/** The vendor counts so many hours to a month in prices by the month. */
const MONTH_HOURS = 720;
const REGION = 'us-east-1';
const BUILT_IN_FROM = '2026-08-22';
const LIST_FROM = '2026-07-01';

const price = (from: Day, mark: PriceMark, meter: Meter, usd: string, per = 1): Price => ({
  service: METER_FACTS[meter].service,
  meter,
  unit: METER_FACTS[meter].unit,
  usd,
  per,
  region: REGION,
  from,
  mark,
});

/** What this product counts with unless told otherwise. */
export const BUILT_IN_BOOK: PriceBook = {
  id: 'built-in',
  name: 'built-in v1',
  source: 'default prices of this product, US East (N. Virginia)',
  readOn: BUILT_IN_FROM,
  from: BUILT_IN_FROM,
  to: null,
  region: REGION,
  trialDays: 90,
  prices: [
    price(BUILT_IN_FROM, 'default', 'ec2-agent', '0.0012'),
    price(BUILT_IN_FROM, 'default', 'ec2-agentless', '0.0012'),
    price(BUILT_IN_FROM, 'default', 'ecr-first', '0.09'),
    // The book charges an image once.
    price(BUILT_IN_FROM, 'default', 'ecr-again', '0'),
    price(BUILT_IN_FROM, 'default', 'lambda', '0.0006'),
    price(BUILT_IN_FROM, 'default', 'guardduty-events', '0.25', 500_000),
    price(BUILT_IN_FROM, 'default', 'macie-gigabytes', '1.00'),
  ],
};

const LIST_BOOK: PriceBook = {
  id: 'list',
  name: 'list price',
  source: 'prices that the vendor and others publish, middle of 2026, US East (N. Virginia)',
  readOn: LIST_FROM,
  from: LIST_FROM,
  to: null,
  region: REGION,
  trialDays: 15,
  prices: [
    price(LIST_FROM, 'vendor', 'ec2-agent', '1.25', MONTH_HOURS),
    price(LIST_FROM, 'vendor', 'ec2-agentless', '1.75', MONTH_HOURS),
    price(LIST_FROM, 'vendor', 'ecr-first', '0.09'),
    price(LIST_FROM, 'vendor', 'ecr-again', '0.01'),
    price(LIST_FROM, 'inferred', 'ci-image', '0.03'),
    price(LIST_FROM, 'vendor', 'lambda', '0.30', MONTH_HOURS),
    price(LIST_FROM, 'vendor', 'lambda-code', '0.60', MONTH_HOURS),
    price(LIST_FROM, 'inferred', 'cis', '0.03'),
    price(LIST_FROM, 'public', 'guardduty-events', '4.00', 1_000_000),
    price(LIST_FROM, 'inferred', 'macie-gigabytes', '1.00'),
  ],
};

/** The books that come with the product. */
export const PRICE_BOOKS: readonly PriceBook[] = parsePriceBooks([BUILT_IN_BOOK, LIST_BOOK]);

/** The price of a meter on a day, with the book's own region for one that has none; null where the book does not know the meter. */
export function priceOn(book: PriceBook, meter: Meter, region: string, day: Day): Price | null {
  const known = book.prices.filter((one) => one.meter === meter);
  const here = known.filter((one) => one.region === region);
  const held = (here.length > 0 ? here : known.filter((one) => one.region === book.region)).toSorted((one, other) =>
    one.from < other.from ? -1 : 1,
  );
  // A month before the book is counted at its first prices.
  return held.findLast(({ from }) => from <= day) ?? held[0] ?? null;
}

/** How many days ago the prices were read, where that is too long ago; null while they are fresh. */
export function staleDays({ readOn }: PriceBook, now: Date): number | null {
  const days = Math.floor((now.getTime() - Date.parse(`${readOn}T00:00:00.000Z`)) / DAY_MS);
  return days > FRESH_DAYS ? days : null;
}
