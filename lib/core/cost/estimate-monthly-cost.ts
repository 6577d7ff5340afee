import type { Meter, PriceBook } from '../model/cost.ts';
import { amountOf } from './bill.ts';
import { type Fraction, minus, plus, times, toCents, toFraction, ZERO } from './fraction.ts';
import { BUILT_IN_BOOK, priceOn } from './price-books.ts';

/** Hours that the vendor counts to a month where it speaks of no month in particular. */
export const HOURS_A_MONTH = 720;

export interface CostInput {
  readonly instances: number;
  /** Hours that instances and functions are scanned in the month. */
  readonly hours: number;
  /** Those of the hours that a trial covers. */
  readonly freeHours?: number;
  readonly images: number;
  readonly functions: number;
}

/** One line of the estimate: `count × hours × price`. Prices and amounts in US dollars. */
export interface CostTerm {
  readonly label: string;
  readonly count: number;
  readonly hours: number | null;
  readonly priceUsd: number;
  readonly amountUsd: number;
}

export interface CostEstimate {
  readonly totalUsd: number;
  readonly terms: readonly CostTerm[];
  readonly book: string;
}

const TERMS = [
  { label: 'EC2 instances', meter: 'ec2-agent', of: 'instances', isHours: true },
  { label: 'ECR images', meter: 'ecr-first', of: 'images', isHours: false },
  { label: 'Lambda functions', meter: 'lambda', of: 'functions', isHours: true },
] as const satisfies readonly { label: string; meter: Meter; of: keyof CostInput; isHours: boolean }[];

/** What the managed service would charge for a month, term by term, in the region of the book. */
export function estimateMonthlyCost(input: CostInput, book: PriceBook = BUILT_IN_BOOK): CostEstimate {
  const terms = TERMS.map((term) => ({ ...term, ...priced(input, term, book) }));
  return {
    totalUsd: toCents(terms.reduce((sum, { amount }) => plus(sum, amount), ZERO)) / 100,
    terms: terms.map(({ label, of, isHours, price, amount }) => ({
      label,
      count: input[of],
      hours: isHours ? input.hours : null,
      priceUsd: price === null ? 0 : Number(price.usd) / price.per,
      amountUsd: toCents(amount) / 100,
    })),
    book: book.name,
  };
}

function priced(input: CostInput, { of, meter, isHours }: (typeof TERMS)[number], book: PriceBook) {
  const price = priceOn(book, meter, book.region, book.from);
  const count = exact(input[of]);
  const units = isHours ? times(count, minus(exact(input.hours), exact(input.freeHours ?? 0))) : count;
  return { price, amount: price === null ? ZERO : amountOf(units, price) };
}

function exact(amount: number): Fraction {
  const fraction = toFraction(amount);
  if (fraction === null) throw new RangeError(`no amount: ${amount}`);
  return fraction;
}
