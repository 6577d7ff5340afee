import { toMarkdown } from '../table.ts';
import type { Beside, BesideAll } from './beside.ts';
import { causeOf } from './causes.ts';
import type { Listed } from './listed.ts';

interface Tally {
  readonly row: readonly (string | number)[];
  readonly causes: ReadonlyMap<string, number>;
  readonly unexplained: readonly string[];
}

/** What other readers list of the same things, and why the lists differ. */
export function besideText({ made, absent }: BesideAll): { readonly text: string; readonly unexplained: number } {
  const tallies = made.map(tallyOf);
  const unexplained = tallies.flatMap((tally) => tally.unexplained);
  const text = `Packages are compared by their package URL without qualifiers and subpath. Packages of a distribution go by name and
version alone, whatever the distribution is called, with the epoch in front of the version; names are written as their
ecosystem compares them, and a \`v\` in front of a version is left out. A package counts once for each thing, however many files
name it.

${toMarkdown(
  ['Reader', 'Of', 'Both', 'Only here', 'Only there', 'Unexplained'],
  tallies.map(({ row }) => row),
)}
${absentText(absent)}
### Why lists differ

Each cause is proven on the file in question or on both lists; "it" is the other reader.

${toMarkdown(['Reader', 'Whose', 'Packages', 'Cause'], causeRows(made, tallies))}
${unexplained.length === 0 ? '' : `\n### Unexplained\n\n${unexplained.map((line) => `- ${line}`).join('\n')}\n`}`;
  return { text, unexplained: unexplained.length };
}

function tallyOf(beside: Beside): Tally {
  const { reader, subject, ours, theirs } = beside;
  const ourKeys = new Set(ours.map(({ key }) => key));
  const theirKeys = new Set(theirs.map(({ key }) => key));
  const onlyOurs = Map.groupBy(
    ours.filter(({ key }) => !theirKeys.has(key)),
    keyOf,
  );
  const onlyTheirs = Map.groupBy(
    theirs.filter(({ key }) => !ourKeys.has(key)),
    keyOf,
  );
  const causes = new Map<string, number>();
  const unexplained: string[] = [];
  for (const [isOurs, only] of [
    [true, onlyOurs],
    [false, onlyTheirs],
  ] as const) {
    for (const [key, places] of only) {
      const found = places.map((listed) => causeOf({ isOurs, listed, beside }));
      const whose = isOurs ? 'here' : 'there';
      if (found.includes(null)) {
        unexplained.push(`${reader}, ${subject}, only ${whose}: ${key} (${places.map(({ path }) => path).join(', ')})`);
      } else {
        // A package of several files may have several causes, and counts by the first.
        const cause = `${whose}\t${found[0] ?? ''}`;
        causes.set(cause, (causes.get(cause) ?? 0) + 1);
      }
    }
  }
  const both = [...ourKeys].filter((key) => theirKeys.has(key)).length;
  return { row: [reader, subject, both, onlyOurs.size, onlyTheirs.size, unexplained.length], causes, unexplained };
}

function keyOf({ key }: Listed): string {
  return key;
}

function causeRows(made: readonly Beside[], tallies: readonly Tally[]): readonly (readonly (string | number)[])[] {
  const sums = new Map<string, number>();
  for (const [place, { causes }] of tallies.entries()) {
    for (const [cause, packages] of causes) {
      const key = `${made[place]?.reader ?? ''}\t${cause}`;
      sums.set(key, (sums.get(key) ?? 0) + packages);
    }
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([key, packages]) => {
      const [reader = '', whose = '', cause = ''] = key.split('\t');
      return [reader, `only ${whose}`, packages, cause];
    });
}

function absentText(absent: BesideAll['absent']): string {
  const lines = absent.map(({ reader, why }) => `- ${reader}: ${why}`);
  return lines.length === 0 ? '' : `\nNot compared:\n\n${lines.join('\n')}\n`;
}
