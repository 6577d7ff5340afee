import { type Comparison, PACKAGES_MAX, RECORDS_MAX } from './beside-osv-scanner.ts';
import { toMarkdown } from './table.ts';

/** What both answered, in words and tables. */
export function besideText(version: string, all: readonly Comparison[]): string {
  const asked = all.filter(({ packages }) => packages > 0);
  const cannot = all
    .filter((one) => one.cannot !== null)
    .map(({ ecosystem, cannot }) => `- ${ecosystem}: \`${cannot}\``);
  const total = (of: (one: Comparison) => number): number => asked.reduce((sum, one) => sum + of(one), 0);
  const counts = [
    ...asked.map(({ ecosystem, packages, same, different }) => [ecosystem, packages, same, different]),
    ['All', total((one) => one.packages), total((one) => one.same), total((one) => one.different)],
  ];
  const unexplained = asked.flatMap((one) => one.unexplained.map((text) => `- ${text}`));
  return `One boundary version of every package, asked of osv-scanner ${version} (offline, the same archives) and of the index here. It is
asked in its own list of packages, \`osv-scanner-custom.json\`, so that it can be asked about every ecosystem and its readers of lock
files play no part. Of ecosystems with more packages, ${PACKAGES_MAX.toLocaleString('en')} spread over all of them; none with more than ${RECORDS_MAX} records, because its
answer repeats every record in full. Ids are compared as records name them, before any grouping of aliases.

${toMarkdown(['Ecosystem', 'Packages', 'Same ids', 'Different'], counts)}

It cannot be asked about:

${cannot.length === 0 ? '- nothing: it answered about every ecosystem' : cannot.join('\n')}

Every difference by its cause. "It" is osv-scanner. What it does otherwise is only given where it can be shown: the schema's
evaluation gives the answer from here, and, with that one departure and nothing else changed, the answer of osv-scanner. "Undecidable
here" is only given where the text that is no version, or the record without one, was found; osv-scanner then orders the text
nevertheless, or says nothing.

${causesTable(asked)}

${ordersText(asked)}

Unexplained: ${unexplained.length}.${unexplained.length === 0 ? '' : `\n\n${unexplained.join('\n')}`}`;
}

function causesTable(all: readonly Comparison[]): string {
  const rows = all.flatMap(({ ecosystem, explained }) =>
    explained.map(({ cause, count, example }) => [ecosystem, cause, count, example]),
  );
  return toMarkdown(['Ecosystem', 'Cause', 'Records', 'Example'], rows);
}

function ordersText(all: readonly Comparison[]): string {
  const rows = all.flatMap(({ ecosystem, orders }) =>
    orders.map(({ theirs, ours, scheme }) => [
      ecosystem,
      `\`${theirs}\``,
      `\`${ours}\``,
      `[${scheme}](../lib/core/versions/ledgers/${scheme}.txt)`,
    ]),
  );
  return rows.length === 0
    ? 'No difference comes from the order of versions.'
    : `Where it orders versions otherwise, it was asked for its order with records made for that, and the difference follows from it.
The ledger holds what the ecosystem's own tool says.

${toMarkdown(['Ecosystem', 'osv-scanner', 'The ecosystem', 'Ledger'], rows)}`;
}
