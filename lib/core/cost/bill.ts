import { METER_FACTS, METERS, type Meter, type Price, type PriceBook } from '../model/cost.ts';
import type { Day } from '../model/history.ts';
import { type Fraction, minus, plus, times, toCents, toFraction, ZERO } from './fraction.ts';
import { priceOn } from './price-books.ts';

/** What a meter counted in a region. */
export interface MeterUsage {
  readonly meter: Meter;
  readonly region: string;
  /** Things that were counted: instances, images, functions. */
  readonly count: number;
  /** Hours of all of them together, or things where a meter counts things. */
  readonly units: number;
  /** Those of the units that cost nothing, because a trial ran. */
  readonly freeUnits: number;
}

/** `units × price` of a meter. */
export interface BillLine {
  readonly meter: Meter;
  readonly count: number;
  readonly units: number;
  readonly freeUnits: number;
  /** Null where the book has none: the line then costs nothing in the sum, which has to be said. */
  readonly price: Price | null;
  readonly amount: Fraction;
  readonly cents: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  /** The exact sum, rounded once: it may differ from the sum of rounded lines. */
  readonly cents: number;
  /** Meters that were used and have no price in the book. */
  readonly unpriced: readonly Meter[];
}

/** What the usage of a month costs by a book whose prices hold on its first day. Lines are in the order of the meters. */
export function billOf(usage: readonly MeterUsage[], book: PriceBook, day: Day): Bill {
  const lines = new Map<string, Omit<BillLine, 'cents'>>();
  for (const used of usage) {
    const price = priceOn(book, used.meter, used.region, day);
    const paid = paidUnits(used);
    const amount = price === null ? ZERO : amountOf(paid, price);
    const key = `${used.meter} ${price?.region ?? ''}`;
    const line = lines.get(key);
    lines.set(key, {
      meter: used.meter,
      count: (line?.count ?? 0) + used.count,
      units: (line?.units ?? 0) + used.units,
      freeUnits: (line?.freeUnits ?? 0) + used.freeUnits,
      price,
      amount: plus(line?.amount ?? ZERO, amount),
    });
  }
  const ordered = [...lines.values()].toSorted(byMeter);
  const unpriced = ordered.filter(({ price, units }) => price === null && units > 0).map(({ meter }) => meter);
  return {
    lines: ordered.map((line) => ({ ...line, cents: toCents(line.amount) })),
    cents: toCents(ordered.reduce((sum, { amount }) => plus(sum, amount), ZERO)),
    unpriced,
  };
}

/** What so many paid units cost, exactly. */
export function amountOf(units: Fraction, price: Price): Fraction {
  const usd = toFraction(price.usd);
  if (usd === null) throw new RangeError(`no price: ${price.usd}`);
  return times(units, { top: usd.top, bottom: usd.bottom * BigInt(price.per) });
}

function paidUnits({ meter, units, freeUnits }: MeterUsage): Fraction {
  const all = toFraction(units);
  const free = toFraction(freeUnits);
  if (all === null || free === null || freeUnits > units) {
    throw new RangeError(`no usage of ${METER_FACTS[meter].label}: ${units} units, ${freeUnits} of them free`);
  }
  return minus(all, free);
}

function byMeter(one: Omit<BillLine, 'cents'>, other: Omit<BillLine, 'cents'>): number {
  const places = METERS.indexOf(one.meter) - METERS.indexOf(other.meter);
  if (places !== 0) return places;
  return (one.price?.region ?? '') < (other.price?.region ?? '') ? -1 : 1;
}
