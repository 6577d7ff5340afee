import { AppError } from '../model/app-error.ts';
import { METER_FACTS, METERS, PRICE_MARKS, type Price, type PriceBook } from '../model/cost.ts';
import type { Day } from '../model/history.ts';
import { asObject } from '../model/raw.ts';
import { isDay } from '../model/time-range.ts';
import { toFraction } from './fraction.ts';

/** No unit of any meter costs more; a price above it is a slip of the pen. US dollars. */
const PRICE_MAX = 10_000;
const PER_MAX = 1_000_000_000;
const TRIAL_DAYS_MAX = 366;
const TEXT_MAX = 300;
const PRICES_MAX = 5_000;
const REGION = /^[a-z]{2}(-[a-z]{2,12}){1,3}-\d{1,2}$/;
const ID = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/** Reads price books, and refuses what cannot be billed by with a sentence that names the field. Throws AppError. */
export function parsePriceBooks(raw: readonly unknown[]): readonly PriceBook[] {
  const books = raw.map((book, at) => parseBook(book, `books[${at}]`));
  for (const [at, book] of books.entries()) {
    const other = books.slice(0, at).findIndex((before) => before.name === book.name && overlap(before, book));
    if (other >= 0) {
      refuse(`books[${at}].from`, `overlaps books[${other}], which is called "${book.name}" as well.`);
    }
    if (books.slice(0, at).some(({ id }) => id === book.id)) {
      refuse(`books[${at}].id`, `has to be one that no other book has, not "${book.id}".`);
    }
  }
  return books;
}

function parseBook(raw: unknown, field: string): PriceBook {
  const book = asObject(raw) ?? refuse(field, 'has to be a price book.');
  const prices = Array.isArray(book.prices) ? book.prices : [];
  if (prices.length === 0 || prices.length > PRICES_MAX) {
    refuse(`${field}.prices`, `has to be a list of 1 to ${PRICES_MAX} prices.`);
  }
  const parsed: PriceBook = {
    id: matching(book.id, ID, `${field}.id`, 'has to be a short name in lower case'),
    name: text(book.name, `${field}.name`),
    source: text(book.source, `${field}.source`),
    readOn: day(book.readOn, `${field}.readOn`),
    from: day(book.from, `${field}.from`),
    to: book.to === null || book.to === undefined ? null : day(book.to, `${field}.to`),
    region: matching(book.region, REGION, `${field}.region`, 'has to be an AWS region'),
    trialDays: whole(book.trialDays, 0, TRIAL_DAYS_MAX, `${field}.trialDays`),
    prices: prices.map((price, at) => parsePrice(price, `${field}.prices[${at}]`)),
  };
  if (parsed.to !== null && parsed.to < parsed.from) refuse(`${field}.to`, 'has to be no day before "from".');
  refuseSecondPrices(parsed.prices, field);
  return parsed;
}

function parsePrice(raw: unknown, field: string): Price {
  const price = asObject(raw) ?? refuse(field, 'has to be a price.');
  const meter = oneOf(price.meter, METERS, `${field}.meter`);
  const { service, unit } = METER_FACTS[meter];
  return {
    meter,
    service: oneOf(price.service, [service], `${field}.service`),
    unit: oneOf(price.unit, [unit], `${field}.unit`),
    usd: usd(price.usd, `${field}.usd`),
    per: whole(price.per, 1, PER_MAX, `${field}.per`),
    region: matching(price.region, REGION, `${field}.region`, 'has to be an AWS region'),
    from: day(price.from, `${field}.from`),
    mark: oneOf(price.mark, PRICE_MARKS, `${field}.mark`),
  };
}

function refuseSecondPrices(prices: readonly Price[], field: string): void {
  const seen = new Map<string, number>();
  for (const [at, { meter, region, from }] of prices.entries()) {
    const key = `${meter} ${region} ${from}`;
    const before = seen.get(key);
    if (before !== undefined) {
      refuse(`${field}.prices[${at}].from`, `overlaps prices[${before}]: same meter, region and day.`);
    }
    seen.set(key, at);
  }
}

function overlap(one: PriceBook, other: PriceBook): boolean {
  return (one.to === null || other.from <= one.to) && (other.to === null || one.from <= other.to);
}

function usd(value: unknown, field: string): string {
  if (typeof value === 'string' && /^-\d/.test(value)) refuse(field, `may not be negative, as "${value}" is.`);
  const amount = typeof value === 'string' ? toFraction(value) : null;
  if (typeof value !== 'string' || amount === null) {
    refuse(field, `has to be a decimal such as "0.0012", not ${JSON.stringify(value)}.`);
  }
  if (amount.top > BigInt(PRICE_MAX) * amount.bottom) {
    refuse(field, `is ${value} USD; no meter costs more than ${PRICE_MAX} USD.`);
  }
  return value;
}

function text(value: unknown, field: string): string {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  if (trimmed === '' || trimmed.length > TEXT_MAX) refuse(field, `has to be a text of 1 to ${TEXT_MAX} characters.`);
  return trimmed;
}

function matching(value: unknown, pattern: RegExp, field: string, what: string): string {
  return typeof value === 'string' && pattern.test(value)
    ? value
    : refuse(field, `${what}, not ${JSON.stringify(value)}.`);
}

function day(value: unknown, field: string): Day {
  return typeof value === 'string' && isDay(value)
    ? value
    : refuse(field, `has to be a day such as "2026-11-01", not ${JSON.stringify(value)}.`);
}

function whole(value: unknown, least: number, most: number, field: string): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse(field, `has to be a whole number from ${least} to ${most}, not ${JSON.stringify(value)}.`);
}

function oneOf<Value extends string>(value: unknown, known: readonly Value[], field: string): Value {
  return (
    known.find((one) => one === value) ??
    refuse(field, `has to be one of ${known.join(', ')}, not ${JSON.stringify(value)}.`)
  );
}

function refuse(field: string, why: string): never {
  throw new AppError('invalid-input', `The price books cannot be used: "${field}" ${why}`, { [field]: why });
}
