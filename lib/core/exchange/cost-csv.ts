import type { Month, PriceBook } from '../model/cost.ts';
import type { CostLine } from '../model/cost-view.ts';
import { csvLine } from './csv-line.ts';

interface CostOf {
  readonly month: Month;
  readonly book: PriceBook;
}

type Column = readonly [name: string, value: (line: CostLine, of: CostOf, readAt: Date) => string];

const PART_LINES = 2_000;

const COLUMNS: readonly Column[] = [
  ['month', (_line, { month }) => month],
  ['accountId', ({ accountId }) => accountId],
  ['accountName', ({ accountName }) => accountName],
  ['region', ({ region }) => region],
  ['environment', ({ environment }) => environment ?? ''],
  ['meter', ({ term }) => term.meter],
  ['resources', ({ term }) => String(term.count)],
  ['units', ({ term }) => String(term.units)],
  ['unit', ({ term }) => term.unit],
  ['unitsInTrial', ({ term }) => String(term.freeUnits)],
  ['priceUsd', ({ term }) => term.price?.usd ?? ''],
  ['pricePerUnits', ({ term }) => String(term.price?.per ?? '')],
  ['priceRegion', ({ term }) => term.price?.region ?? ''],
  ['priceFrom', ({ term }) => term.price?.mark ?? ''],
  ['costUsd', ({ term }) => (term.cents / 100).toFixed(2)],
  ['priceBook', (_line, { book }) => book.name],
  ['pricesReadOn', (_line, { book }) => book.readOn],
  ['dataAt', (_line, _of, readAt) => readAt.toISOString()],
];

/** The file of a month, in parts. A line is rounded by itself, so that the sum of many may differ by cents from the whole. */
export async function* costCsv(lines: readonly CostLine[], of: CostOf, readAt: Date): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  for (let at = 0; at < lines.length; at += PART_LINES) {
    const part = lines.slice(at, at + PART_LINES);
    yield part.map((line) => csvLine(COLUMNS.map(([, value]) => value(line, of, readAt)))).join('');
  }
}
