import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ecosystemOfOsv } from '../lib/core/ecosystems/registry.ts';
import type { SourceReport } from '../lib/core/ports/advisory-feeds.ts';
import type { AdvisoryIndex } from '../lib/core/ports/advisory-index.ts';
import { matchQuery } from '../lib/core/scan/package/query.ts';
import { compareVersions } from '../lib/core/versions/compare-versions.ts';
import { CONTRADICTED_VECTORS } from '../lib/core/versions/contradicted-vectors.ts';
import { schemes } from '../lib/core/versions/registry.ts';
import type { SchemeId } from '../lib/core/versions/scheme.ts';
import { readVectors, VECTOR_FILES } from '../lib/core/versions/vectors.ts';
import { type Boundaries, VERSIONS_MAX } from '../lib/testing/boundaries.ts';
import { toMarkdown } from './table.ts';

/** Below that, an ecosystem of the mirror is a sample. */
const RECORDS_MIN = 100;
/** Texts that are shown of those that are no versions. */
const TEXTS_MAX = 4;

export function vectorsText(from: string): string {
  const rows = (Object.keys(schemes) as SchemeId[]).map((id) => {
    const vectors = VECTOR_FILES.filter(([, scheme]) => scheme === id).flatMap(([file]) =>
      readVectors(readFileSync(join(from, 'versions', file), 'utf8')),
    );
    const contradicted = new Set((CONTRADICTED_VECTORS[id] ?? []).map(({ vector }) => vector));
    const asked = vectors.filter(({ text }) => !contradicted.has(text));
    const wrong = asked.filter(({ a, sign, b }) => !sign.includes(signOf(id, a, b))).length;
    return [id, vectors.length, asked.length - wrong, wrong, vectors.length - asked.length];
  });
  const contradicted = Object.entries(CONTRADICTED_VECTORS).flatMap(([id, list]) =>
    list.map(({ vector, truth, authority }) => [id, `\`${vector}\``, `\`${truth}\``, authority]),
  );
  return `Vectors that other projects publish, each asked of the scheme that \`harrier versions compare\` uses.

${toMarkdown(['Scheme', 'Vectors', 'Right', 'Wrong', 'Contradicted'], rows)}

Lines that their ecosystem's own tool or specification contradicts. Maven's tool is
\`java -cp maven-artifact.jar:commons-lang3.jar org.apache.maven.artifact.versioning.ComparableVersion A B\`; its
specification is the "Version Order Specification" of the POM reference.

${toMarkdown(['Scheme', 'Published', 'True', 'By its'], contradicted)}`;
}

function signOf(id: SchemeId, a: string, b: string): string {
  const order = compareVersions(schemes[id], a, b);
  return order === null ? '?' : (['<', '=', '>'][order + 1] ?? '?');
}

/** What became of every record of the mirror. */
export function recordsText(
  sources: readonly SourceReport[],
  boundaries: readonly Boundaries[],
  index: AdvisoryIndex,
): string {
  const osv = sources.filter(({ source }) => source.startsWith('osv/'));
  const loaded = osv.reduce((sum, { records }) => sum + records, 0);
  const refused = osv.filter(({ skipped, error }) => skipped > 0 || error !== null).map(refusedLine);
  const unknown = osv.flatMap(({ source, records }) => unknownLine(source.slice(4), records, index));
  const silent = boundaries.flatMap(({ ecosystem, packages, commitsAlone, saysNothing }) =>
    packages === 0 || commitsAlone + saysNothing === 0 ? [] : [[ecosystem, commitsAlone, saysNothing]],
  );
  return `${loaded.toLocaleString('en')} records of the mirror are in the index. Refused, with the reason:

${refused.join('\n')}

In the index, but of ecosystems whose names and versions are not known; every question about them is answered so:

${unknown.join('\n')}

In the index, but without a version by which anything could be decided: they name commits alone, or nothing at all. A package
that no other record covers is "undecidable" then, and the answer names the record.

${toMarkdown(['Ecosystem', 'Commits alone', 'Nothing'], silent)}`;
}

function refusedLine({ source, skipped, error, skippedReasons }: SourceReport): string {
  const reasons = skippedReasons.map(({ reason, count }) => `${reason}: ${count.toLocaleString('en')}`).join(', ');
  // A source without one usable record fails as a whole, and says why in brackets.
  const whole = /\(([^()]*: [0-9]+[^()]*)\)/.exec(error ?? '')?.[1] ?? error;
  return error === null ? `- ${source}: ${skipped} (${reasons})` : `- ${source}: every record (${whole})`;
}

function unknownLine(ecosystem: string, records: number, index: AdvisoryIndex): readonly string[] {
  if (records === 0 || ecosystemOfOsv(ecosystem) !== null) {
    return [];
  }
  const answer = matchQuery({ ecosystem, name: 'any', version: '1' }, index);
  const said = 'undecidable' in answer ? `undecidable: ${answer.undecidable}` : `ids: ${answer.ids.join(' ')}`;
  return [`- osv/${ecosystem}: ${records} (\`${said}\`)`];
}

export function boundariesText(all: readonly Boundaries[]): string {
  const asked = all.filter(({ rows }) => rows > 0);
  const left = all.filter(({ rows, records }) => rows === 0 && records > RECORDS_MIN).map(({ ecosystem }) => ecosystem);
  const total = (of: (one: Boundaries) => number): number => asked.reduce((sum, one) => sum + of(one), 0);
  const figures = ({ records, packages, rows, right, undecidable, wrong }: Omit<Boundaries, 'reasons'>) => [
    records,
    packages,
    rows,
    right,
    undecidable,
    wrong,
  ];
  const sums = {
    ecosystem: 'All',
    records: total((one) => one.records),
    packages: total((one) => one.packages),
    rows: total((one) => one.rows),
    right: total((one) => one.right),
    undecidable: total((one) => one.undecidable),
    wrong: total((one) => one.wrong),
    commitsAlone: 0,
    saysNothing: 0,
    examples: [],
  };
  const table = [...asked, sums].map((one) => [one.ecosystem, ...figures(one)]);
  const without =
    left.length === 0 ? '' : `\nWithout rows, because none of its records names a package: ${left.join(', ')}.`;
  return `For every package of every record: the versions at which the record's answer changes, one just before and one just after
each, and versions that it lists; at most ${VERSIONS_MAX} for a package. Of tags, which have no order, those that a record lists and
one that it does not. \`harrier match\` answers with the ids of all records that apply, and a second implementation of the
OSV schema's evaluation says which those are. "Undecidable" rows are those where that evaluation cannot tell either.
Every ecosystem of the mirror with more than ${RECORDS_MIN} records has rows, and the smaller ones too.${without}

${toMarkdown(['Ecosystem', 'Records', 'Packages', 'Rows', 'Right', 'Undecidable', 'Wrong'], table)}

Why rows are undecidable. A text is no version where the ecosystem's own tool refuses it, or sorts it without calling it one.
The version asked for is a bound of a record, or stands just before or after one.

${reasonsTable(asked)}`;
}

function reasonsTable(all: readonly Boundaries[]): string {
  const rows = all.flatMap(({ ecosystem, reasons }) =>
    [...reasons]
      .sort(([, a], [, b]) => b.rows - a.rows)
      .map(([why, { rows, texts, example }]) => {
        const shown = [...texts].slice(0, TEXTS_MAX).map((text) => `\`${text}\``);
        const rest = texts.size - shown.length;
        return [ecosystem, why, rows, `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`, example];
      }),
  );
  return toMarkdown(['Ecosystem', 'Why', 'Rows', 'About', 'Example'], rows);
}
