import { type CostEstimate, estimateMonthlyCost, HOURS_A_MONTH } from '../core/cost/estimate-monthly-cost.ts';
import { type HourSpan, hourOf, meteredHours, monthHours, parseMonth, trialEnd } from '../core/cost/metered-hours.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS, staleDays } from '../core/cost/price-books.ts';
import type { PriceBook } from '../core/model/cost.ts';
import { type Command, EXIT, oneOf, readArguments, UsageError } from './command.ts';
import { plainTable } from './plain-table.ts';

const COUNT_MAX = 1_000_000_000;
/** With the zone, so that an hour means the same everywhere. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;

export const cost: Command = {
  name: 'cost',
  usage:
    '--instances N --images N --functions N [--hours H | --month YYYY-MM [--since TIME] [--trial]] [--book NAME] [--json]',
  summary: 'monthly price of the managed service, term by term',
  async run(args, around) {
    const options = {
      instances: { type: 'string', default: '0' },
      hours: { type: 'string' },
      month: { type: 'string' },
      since: { type: 'string' },
      trial: { type: 'boolean' },
      images: { type: 'string', default: '0' },
      functions: { type: 'string', default: '0' },
      book: { type: 'string', default: BUILT_IN_BOOK.name },
      json: { type: 'boolean' },
    } as const;
    const { values } = readArguments(args, options, 0);
    const name = oneOf(
      values.book,
      PRICE_BOOKS.map((one) => one.name),
      'a price book',
    );
    const book = PRICE_BOOKS.find((one) => one.name === name) ?? BUILT_IN_BOOK;
    const hours = hoursOf(values, book);
    const estimate = estimateMonthlyCost(
      {
        instances: countOf('instances', values.instances),
        ...hours,
        images: countOf('images', values.images),
        functions: countOf('functions', values.functions),
      },
      book,
    );
    await around.out.line(values.json ? JSON.stringify(estimate, null, 2) : asTable(estimate, book, hours));
    return EXIT.done;
  },
};

interface HourOptions {
  readonly hours?: string | undefined;
  readonly month?: string | undefined;
  readonly since?: string | undefined;
  readonly trial?: boolean | undefined;
}

interface Hours {
  readonly hours: number;
  readonly freeHours: number;
}

function hoursOf({ hours, month, since, trial }: HourOptions, book: PriceBook): Hours {
  if (month === undefined) {
    if (since !== undefined || trial === true) throw new UsageError('--since and --trial need --month.');
    return { hours: countOf('hours', hours ?? String(HOURS_A_MONTH)), freeHours: 0 };
  }
  if (hours !== undefined) throw new UsageError('--hours and --month say the same; only one can be had.');
  const span = monthSpan(month);
  const began = since === undefined ? null : timeOf(since);
  if (trial === true && began === null) throw new UsageError('--trial needs --since, the time at which it began.');
  const from = began === null ? span.from : hourOf(began);
  const paidFrom = trial === true && began !== null ? trialEnd(began, book.trialDays) : null;
  return meteredHours({ from, to: span.to }, span, paidFrom);
}

function monthSpan(text: string): HourSpan {
  const month = parseMonth(text);
  if (month === null) throw new UsageError(`--month takes a month such as 2026-11, not "${text}".`);
  return monthHours(month);
}

function timeOf(text: string): Date {
  const at = new Date(TIME.test(text) ? text : Number.NaN);
  if (Number.isNaN(at.getTime())) {
    throw new UsageError(`--since takes a time with its zone, such as 2026-11-01T08:00+01:00, not "${text}".`);
  }
  return at;
}

function asTable(estimate: CostEstimate, book: PriceBook, { hours, freeHours }: Hours): string {
  const rows = estimate.terms.map(({ label, count, hours, priceUsd, amountUsd }) => [
    label,
    String(count),
    hours === null ? '' : String(hours),
    String(Number(priceUsd.toFixed(7))),
    amountUsd.toFixed(2),
  ]);
  const old = staleDays(book, new Date());
  return [
    plainTable(['SCANNED', 'COUNT', 'HOURS', 'PRICE USD', 'A MONTH USD'], rows),
    '',
    `total ${estimate.totalUsd.toFixed(2)} USD (${book.name}, ${book.source})`,
    ...(freeHours === 0 ? [] : [`${freeHours} of ${hours} hours cost nothing: the trial of ${book.trialDays} days.`]),
    ...(old === null ? [] : [`The prices of this book were read ${old} days ago; they may have changed.`]),
  ].join('\n');
}

function countOf(name: string, text: string): number {
  const count = /^\d{1,12}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(count) || count > COUNT_MAX) {
    throw new UsageError(`--${name} takes a number from 0 to ${COUNT_MAX}, not "${text}".`);
  }
  return count;
}
