// `npm run accuracy [-- FEEDS]`: holds the engine against order vectors, against every record of a mirror and against
// osv-scanner, and writes docs/accuracy.md.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAdvisoryIndex } from '../lib/feeds/advisory-index/open-advisory-index.ts';
import { syncFeeds } from '../lib/feeds/sync-feeds.ts';
import { type Boundaries, boundariesIn } from '../lib/testing/boundaries.ts';
import { publishedPackages } from '../lib/testing/published-packages.ts';
import { boundariesText, recordsText, vectorsText } from './accuracy-text.ts';
import { besideOsvScanner, type Comparison } from './beside-osv-scanner.ts';
import { besideText } from './beside-osv-scanner-text.ts';
import { osvScannerVersion } from './osv-scanner.ts';
import { whyExamples } from './why-examples.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const [mirror = join(ROOT, '..', 'shared', 'data')] = process.argv.slice(2);
if (!existsSync(join(mirror, 'osv'))) {
  process.stderr.write(`There is no mirror of the feeds at ${mirror}. Name one: npm run accuracy -- DIRECTORY\n`);
  process.exitCode = 2;
} else {
  const text = await report(mirror);
  process.stdout.write(text);
  writeFileSync(join(ROOT, 'docs', 'accuracy.md'), text);
}

async function report(from: string): Promise<string> {
  const area = mkdtempSync(join(tmpdir(), 'harrier-accuracy-'));
  try {
    return await measured(from, area);
  } finally {
    rmSync(area, { recursive: true, force: true });
  }
}

async function measured(from: string, area: string): Promise<string> {
  const names = readdirSync(join(from, 'osv'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const { sources } = await syncFeeds({
    dataDirectory: area,
    from,
    ecosystems: names,
    now: new Date(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const version = osvScannerVersion();
  const boundaries: Boundaries[] = [];
  const comparisons: Comparison[] = [];
  const beside = join(area, 'beside');
  mkdirSync(beside);
  const index = openAdvisoryIndex(area);
  try {
    for (const name of names) {
      process.stderr.write(`${name} …\n`);
      const published = await publishedPackages(from, name);
      const found = boundariesIn(published, name, index);
      process.stderr.write(found.examples.map((text) => `${text}\n`).join(''));
      boundaries.push(found);
      if (version !== null && published.packages.length > 0) {
        comparisons.push(besideOsvScanner(from, name, published.packages, index, beside));
      }
    }
    return `# Accuracy

Made by \`npm run accuracy\`, which takes osv-scanner from the path or from \`OSV_SCANNER\`; measured
${new Date().toISOString().slice(0, 10)}.

## Order of versions

${vectorsText(from)}

## Records

${recordsText(sources, boundaries, index)}

## Boundaries

${boundariesText(boundaries)}

## Beside osv-scanner

${version === null ? 'osv-scanner was not installed when this was made.' : besideText(version, comparisons)}

## Why, and why not

Answers of \`harrier why\` over the same records.

${whyExamples(index)}
`;
  } finally {
    index.close();
  }
}
