// `npm run accuracy [-- FEEDS]`: holds the engine against order vectors and against every record of a mirror, and
// writes docs/accuracy.md.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareVersions } from '../lib/core/versions/compare-versions.ts';
import { CONTRADICTED_VECTORS } from '../lib/core/versions/contradicted-vectors.ts';
import { schemes } from '../lib/core/versions/registry.ts';
import type { SchemeId } from '../lib/core/versions/scheme.ts';
import { readVectors, VECTOR_FILES } from '../lib/core/versions/vectors.ts';
import { openAdvisoryIndex } from '../lib/feeds/advisory-index/open-advisory-index.ts';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { type Boundaries, boundariesOf, VERSIONS_MAX } from '../lib/testing/boundaries.ts';
import { besideOsvScanner, type Comparison, osvScannerVersion } from './beside-osv-scanner.ts';
import { toMarkdown } from './table.ts';
import { whyExamples } from './why-examples.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const [mirror = join(ROOT, '..', 'shared', 'data')] = process.argv.slice(2);
if (!existsSync(join(mirror, 'osv'))) {
  process.stderr.write(`There is no mirror of the feeds at ${mirror}. Name one: npm run accuracy -- DIRECTORY\n`);
  process.exitCode = 2;
} else {
  writeFileSync(join(ROOT, 'docs', 'accuracy.md'), await report(mirror));
}

async function report(from: string): Promise<string> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'harrier-accuracy-'));
  try {
    const names = readdirSync(join(from, 'osv'), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
    const { sources } = await syncFeeds({
      dataDirectory,
      from,
      ecosystems: names,
      now: new Date(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const refused = sources
      .filter(({ source }) => source.startsWith('osv/'))
      .filter(({ skipped, error }) => skipped > 0 || error !== null);
    const index = openAdvisoryIndex(dataDirectory);
    try {
      const boundaries = [];
      for (const name of names) {
        process.stderr.write(`${name} …\n`);
        const found = await boundariesOf(from, name, index);
        process.stderr.write(found.examples.map((text) => `${text}\n`).join(''));
        boundaries.push(found);
      }
      const loaded = sources.reduce((sum, { source, records }) => sum + (source.startsWith('osv/') ? records : 0), 0);
      const version = osvScannerVersion();
      const beside =
        version === null
          ? 'osv-scanner was not installed when this was made.'
          : besideText(version, besideOsvScanner(from, dataDirectory, index, join(dataDirectory, 'beside')));
      const text = page(
        vectorTable(from),
        boundaryTable(boundaries),
        loaded,
        refusedLines(refused),
        beside,
        whyExamples(index),
      );
      process.stdout.write(text);
      return text;
    } finally {
      index.close();
    }
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

function refusedLines(
  refused: readonly {
    source: string;
    skipped: number;
    error: string | null;
    skippedReasons: readonly { reason: string; count: number }[];
  }[],
): string {
  return refused
    .map(({ source, skipped, error, skippedReasons }) =>
      error === null
        ? `- ${source}: ${skipped} (${skippedReasons.map(({ reason, count }) => `${reason}: ${count}`).join(', ')})`
        : `- ${source}: all of it (${/\((.*)\)/.exec(error.replace(/\(OSV\)/, ''))?.[1] ?? error})`,
    )
    .join('\n');
}

function vectorTable(from: string): string {
  const rows = (Object.keys(schemes) as SchemeId[]).map((id) => {
    const vectors = VECTOR_FILES.filter(([, scheme]) => scheme === id).flatMap(([file]) =>
      readVectors(readFileSync(join(from, 'versions', file), 'utf8')),
    );
    const contradicted = new Set((CONTRADICTED_VECTORS[id] ?? []).map(({ vector }) => vector));
    const asked = vectors.filter(({ text }) => !contradicted.has(text));
    const wrong = asked.filter(({ a, sign, b }) => !sign.includes(signOf(id, a, b))).length;
    return [id, vectors.length, asked.length - wrong, wrong, vectors.length - asked.length];
  });
  return toMarkdown(['Scheme', 'Vectors', 'Right', 'Wrong', 'Contradicted'], rows);
}

function signOf(id: SchemeId, a: string, b: string): string {
  const order = compareVersions(schemes[id], a, b);
  return order === null ? '?' : (['<', '=', '>'][order + 1] ?? '?');
}

function boundaryTable(all: readonly Boundaries[]): string {
  const asked = all.filter(({ rows }) => rows > 0);
  const total = (of: (one: Boundaries) => number): number => asked.reduce((sum, one) => sum + of(one), 0);
  return toMarkdown(
    ['Ecosystem', 'Records', 'Packages', 'Rows', 'Right', 'Undecidable', 'Wrong'],
    [
      ...asked.map((one) => [
        one.ecosystem,
        one.records,
        one.packages,
        one.rows,
        one.right,
        one.undecidable,
        one.wrong,
      ]),
      [
        'All',
        total((one) => one.records),
        total((one) => one.packages),
        total((one) => one.rows),
        total((one) => one.right),
        total((one) => one.undecidable),
        total((one) => one.wrong),
      ],
    ],
  );
}

function besideText(version: string, all: readonly Comparison[]): string {
  const table = toMarkdown(
    ['Ecosystem', 'Packages', 'Same ids', 'Different'],
    all.map(({ ecosystem, packages, same, different }) => [ecosystem, packages, same, different.length]),
  );
  const lines = all.flatMap(({ ecosystem, different }) => different.map((text) => `- ${ecosystem}: ${text}`));
  return `One boundary version of every package, asked of osv-scanner ${version} (offline, the same archives) in a lock file, and of the
index here.

${table}

${lines.join('\n')}

Where a record both lists versions and gives ranges, the schema calls a version affected that is in either. osv-scanner leaves the ranges
out of account there, so it misses versions that were published after the list was made. Where a record names a version that its
ecosystem cannot order, the answer here is "undecidable" and says so. Names of Packagist are compared without regard to case, as
Composer does.`;
}

function page(
  vectors: string,
  boundaries: string,
  loaded: number,
  refused: string,
  beside: string,
  why: string,
): string {
  const contradicted = Object.entries(CONTRADICTED_VECTORS).flatMap(([id, list]) =>
    list.map(({ vector, truth, authority }) => [id, `\`${vector}\``, `\`${truth}\``, authority]),
  );
  return `# Accuracy

Made by \`npm run accuracy\`; measured ${new Date().toISOString().slice(0, 10)}.

## Order of versions

Vectors that other projects publish, each asked of the scheme that \`harrier versions compare\` uses.

${vectors}

Lines that their ecosystem's own tool or specification contradicts. Maven's tool is
\`java -cp maven-artifact.jar:commons-lang3.jar org.apache.maven.artifact.versioning.ComparableVersion A B\`; its
specification is the "Version Order Specification" of the POM reference.

${toMarkdown(['Scheme', 'Published', 'True', 'By its'], contradicted)}

## Records

${loaded.toLocaleString('en')} records of the mirror are in the index. Refused, with the reason:

${refused}

## Boundaries

For every package of every record: the versions at which the record's answer changes, one just before and one just after
each, and versions that it lists; at most ${VERSIONS_MAX} for a package. \`harrier match\` answers with the ids of all records that
apply, and a second implementation of the OSV schema's evaluation says which those are. "Undecidable" are versions that are
none of their scheme, or records that name such versions; there the answer says so.

${boundaries}

## Beside osv-scanner

${beside}

## Why, and why not

Answers of \`harrier why\` over the same records.

${why}
`;
}
