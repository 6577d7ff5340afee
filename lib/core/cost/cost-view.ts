import { COST_KINDS, type CostKind, METER_FACTS, type Month, type PriceBook } from '../model/cost.ts';
import type {
  BookFacts,
  CostLine,
  CostOfAccount,
  CostOfEnvironment,
  CostOfKind,
  CostSplit,
  CostTerm,
  CostView,
} from '../model/cost-view.ts';
import type { Usage, UsageRow } from '../model/usage.ts';
import { type Bill, type BillLine, billOf, type MeterUsage } from './bill.ts';
import { costDoubts } from './cost-doubts.ts';
import { type HourSpan, hourOf, monthHours, timeOfHour } from './metered-hours.ts';
import { PRICE_BOOKS, staleDays } from './price-books.ts';

export interface CostChoices {
  readonly month: Month;
  readonly book: PriceBook;
  readonly withTrial: boolean;
}

/** The hours of a month that have passed. */
export function pastHours(month: Month, now: Date): HourSpan {
  const { from, to } = monthHours(month);
  return { from, to: Math.max(from, Math.min(to, hourOf(now))) };
}

/** Usage at the prices of a book: the whole, and split by resource type, environment and account. */
export function costView(usage: Usage, { month, book, withTrial }: CostChoices, now: Date): CostView {
  const { rows } = usage;
  const whole = monthHours(month);
  const { to } = pastHours(month, now);
  const bill = billFor(rows, book, month);
  return {
    month,
    until: timeOfHour(to),
    isOver: to === whole.to,
    hoursOfMonth: whole.to - whole.from,
    hoursCounted: to - whole.from,
    book: bookFacts(book, now),
    books: PRICE_BOOKS.map((one) => bookFacts(one, now)),
    withTrial,
    cents: bill.cents,
    forecastCents: to === whole.to || withTrial ? null : billFor(untilEnd(rows, whole.to - to), book, month).cents,
    kinds: COST_KINDS.map((kind) => costOfKind(kind, rows, bill, book, month)),
    environments: environmentsOf(rows, book, month),
    accounts: accountsOf(rows, book, month),
    doubts: costDoubts(usage, bill, { month, book }, now),
  };
}

/** One line for each meter in each place. */
export function costLines({ rows }: Usage, { month, book }: Pick<CostChoices, 'month' | 'book'>): readonly CostLine[] {
  return rows.flatMap((row) =>
    billFor([row], book, month).lines.map((line) => ({
      accountId: row.accountId,
      accountName: row.accountName,
      region: row.region,
      environment: row.environment,
      term: toTerm(line),
    })),
  );
}

function billFor(rows: readonly UsageRow[], book: PriceBook, month: Month): Bill {
  return billOf(rows.map(toMeterUsage), book, `${month}-01`);
}

/** Usage as it will be after so many hours more in which nothing changes. */
function untilEnd(rows: readonly UsageRow[], hours: number): readonly UsageRow[] {
  return rows.map((row) => ({ ...row, units: row.units + row.presentResources * hours }));
}

function toMeterUsage({ meter, region, resources, units, freeUnits }: UsageRow): MeterUsage {
  return { meter, region, count: resources, units, freeUnits };
}

function kindOf({ meter }: UsageRow): CostKind | null {
  return METER_FACTS[meter].kind;
}

function costOfKind(
  kind: CostKind,
  rows: readonly UsageRow[],
  { cents: all }: Bill,
  book: PriceBook,
  month: Month,
): CostOfKind {
  const { lines, cents } = billFor(
    rows.filter((row) => kindOf(row) === kind),
    book,
    month,
  );
  const terms = lines.filter(({ units }) => units > 0).map(toTerm);
  return { kind, cents, share: all === 0 ? 0 : cents / all, terms };
}

function toTerm({ meter, count, units, freeUnits, price, cents }: BillLine): CostTerm {
  const { label, unit } = METER_FACTS[meter];
  return { meter, label, unit, count, units, freeUnits, price, cents };
}

function environmentsOf(rows: readonly UsageRow[], book: PriceBook, month: Month): readonly CostOfEnvironment[] {
  return [...Map.groupBy(rows, ({ environment }) => environment)]
    .map(([environment, own]) => ({ environment, ...splitOf(own, book, month) }))
    .toSorted(
      (one, other) =>
        Number(one.environment === null) - Number(other.environment === null) ||
        other.cents - one.cents ||
        ((one.environment ?? '') < (other.environment ?? '') ? -1 : 1),
    );
}

function accountsOf(rows: readonly UsageRow[], book: PriceBook, month: Month): readonly CostOfAccount[] {
  return [...Map.groupBy(rows, ({ accountId }) => accountId)]
    .map(([accountId, own]) => ({
      accountId,
      accountName: own[0]?.accountName ?? accountId,
      instances: sum(own, 'ec2', 'resources'),
      imageScans: sum(own, 'ecr', 'units'),
      functions: sum(own, 'lambda', 'resources'),
      ...splitOf(own, book, month),
    }))
    .toSorted((one, other) => other.cents - one.cents || (one.accountId < other.accountId ? -1 : 1));
}

function splitOf(rows: readonly UsageRow[], book: PriceBook, month: Month): CostSplit {
  const kinds = { ec2: 0, ecr: 0, lambda: 0 };
  for (const kind of COST_KINDS) {
    kinds[kind] = billFor(
      rows.filter((row) => kindOf(row) === kind),
      book,
      month,
    ).cents;
  }
  return { kinds, cents: billFor(rows, book, month).cents };
}

function sum(rows: readonly UsageRow[], kind: CostKind, what: 'resources' | 'units'): number {
  return rows.reduce((total, row) => total + (kindOf(row) === kind ? row[what] : 0), 0);
}

function bookFacts(book: PriceBook, now: Date): BookFacts {
  const { id, name, source, readOn, region, trialDays } = book;
  return { id, name, source, readOn, region, trialDays, staleDays: staleDays(book, now) };
}
