import { estimateMonthlyCost, HOURS_A_MONTH } from '../core/cost/estimate-monthly-cost.ts';
import { BUILT_IN_RATE_CARD } from '../core/cost/rate-card.ts';
import { type Command, EXIT, oneOf, readArguments, UsageError } from './command.ts';
import { plainTable } from './plain-table.ts';

const COUNT_MAX = 1_000_000_000;

export const cost: Command = {
  name: 'cost',
  usage: '--instances N --hours H --images N --functions N [--book NAME] [--json]',
  summary: 'monthly list price of the managed service, term by term',
  async run(args, around) {
    const options = {
      instances: { type: 'string', default: '0' },
      hours: { type: 'string', default: String(HOURS_A_MONTH) },
      images: { type: 'string', default: '0' },
      functions: { type: 'string', default: '0' },
      book: { type: 'string', default: BUILT_IN_RATE_CARD.name },
      json: { type: 'boolean' },
    } as const;
    const { values } = readArguments(args, options, 0);
    oneOf(values.book, [BUILT_IN_RATE_CARD.name], 'a price book');
    const estimate = estimateMonthlyCost({
      instances: countOf('instances', values.instances),
      hours: countOf('hours', values.hours),
      images: countOf('images', values.images),
      functions: countOf('functions', values.functions),
    });
    if (values.json) {
      await around.out.line(JSON.stringify(estimate, null, 2));
      return EXIT.done;
    }
    const rows = estimate.terms.map(({ label, count, hours, priceUsd, amountUsd }) => [
      label,
      String(count),
      hours === null ? '' : String(hours),
      priceUsd.toFixed(4),
      amountUsd.toFixed(2),
    ]);
    await around.out.line(plainTable(['SCANNED', 'COUNT', 'HOURS', 'PRICE USD', 'A MONTH USD'], rows));
    await around.out.line(
      `\ntotal ${estimate.totalUsd.toFixed(2)} USD (${estimate.book}, ${BUILT_IN_RATE_CARD.source})`,
    );
    return EXIT.done;
  },
};

function countOf(name: string, text: string): number {
  const count = /^\d{1,12}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(count) || count > COUNT_MAX) {
    throw new UsageError(`--${name} takes a number from 0 to ${COUNT_MAX}, not "${text}".`);
  }
  return count;
}
