import { SCAN_WINDOW_HOURS } from '../coverage/window.ts';
import { METER_FACTS, type Month, type PriceBook } from '../model/cost.ts';
import type { Usage, UsageRow } from '../model/usage.ts';
import type { Bill } from './bill.ts';
import { hourOf, monthHours } from './metered-hours.ts';
import { staleDays } from './price-books.ts';

const REGIONS_NAMED = 4;
const grouped = new Intl.NumberFormat('en-US');

/** What the figures leave out or take for granted, one sentence each. */
export function costDoubts(
  { rows, outside }: Usage,
  { unpriced }: Bill,
  { month, book }: { readonly month: Month; readonly book: PriceBook },
  now: Date,
): readonly string[] {
  return [
    ...unpriced.map(
      (meter) => `${METER_FACTS[meter].label}: the book has no price for them, so they count as nothing.`,
    ),
    ...ofPrices(rows, book, month, now),
    ...ofHours(rows),
    ...ofAccounts(rows, month),
    ...(rows.some(({ meter }) => meter === 'ecr-again' || meter === 'ecr-first')
      ? [
          'Images count as they were scanned here; the managed service scans an image again for each new CVE that may matter to it.',
        ]
      : []),
    ...(outside > 0
      ? [`${counted(outside, 'resource')} outside AWS: in no figure, because the managed service does not scan them.`]
      : []),
  ];
}

function ofPrices(rows: readonly UsageRow[], book: PriceBook, month: Month, now: Date): readonly string[] {
  const old = staleDays(book, now);
  const priced = new Set(book.prices.map(({ region }) => region));
  const others = [...new Set(rows.map(({ region }) => region))].filter((region) => !priced.has(region)).toSorted();
  const named = others.slice(0, REGIONS_NAMED).join(', ') + (others.length > REGIONS_NAMED ? ' and more' : '');
  return [
    ...(old === null ? [] : [`The prices were read ${grouped.format(old)} days ago; they may have changed.`]),
    ...(`${month}-01` < book.from
      ? [`The book holds from ${book.from} on; the month before that is counted at its first prices.`]
      : []),
    ...(others.length > 0 ? [`The book has prices of ${book.region} alone; they stand in for ${named}.`] : []),
  ];
}

function ofHours(rows: readonly UsageRow[]): readonly string[] {
  const total = (of: (row: UsageRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const unknown = total((row) => row.unknownUnits);
  const unseen = total((row) => row.unseenUnits);
  const assumed = total((row) => row.assumedUnits);
  const wayUnknown = total((row) => row.wayUnknownUnits);
  const unknownOf = counted(
    total((row) => row.unknownResources),
    'resource',
  );
  const unseenOf = counted(
    total((row) => row.unseenResources),
    'resource',
  );
  return [
    ...(unknown > 0
      ? [
          `${counted(unknown, 'hour')} of ${unknownOf} not counted: whether they were scanned then is not recorded, because the ledger keeps the present state and since when.`,
        ]
      : []),
    ...(unseen > 0
      ? [
          `${counted(unseen, 'hour')} of ${unseenOf} not counted: nobody has been able to look at them for more than ${SCAN_WINDOW_HOURS} hours.`,
        ]
      : []),
    ...(assumed > 0
      ? [
          `${counted(assumed, 'hour')} counted from discovery until a stop or an exclusion, as if nothing had happened between.`,
        ]
      : []),
    ...(wayUnknown > 0
      ? [`${counted(wayUnknown, 'instance-hour')} counted as with an agent: whether one told of them is not recorded.`]
      : []),
  ];
}

function ofAccounts(rows: readonly UsageRow[], month: Month): readonly string[] {
  const { from } = monthHours(month);
  const late = new Set(rows.filter((row) => hourOf(row.accountSince) > from).map(({ accountId }) => accountId));
  return late.size === 0
    ? []
    : [`${counted(late.size, 'account')} first seen after the month began: what was there before is not known.`];
}

function counted(count: number, one: string): string {
  return `${grouped.format(count)} ${count === 1 ? one : `${one}s`}`;
}
