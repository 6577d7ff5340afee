import { gunzipSync } from 'node:zlib';
import { expect, it, type TestContext } from 'vitest';
import { sharedBytes, sharedText } from '../testing/shared-data.ts';
import { zipTexts } from '../testing/zip-texts.ts';
import { sampleVulnerability } from './advisories.ts';
import {
  DEBIAN_FACTS,
  LANGUAGE_FACTS,
  type SampleAdvisoryFact,
  type SampleRange,
  UBUNTU_FACTS,
} from './advisory-facts.ts';
import { SAMPLE_KEV_VERSION, SAMPLE_VULNERABILITIES } from './vulnerabilities.ts';

interface PublishedRecord {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly upstream?: readonly string[];
  readonly published?: string;
  readonly severity?: readonly { readonly type: string; readonly score: string }[];
  readonly affected: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly { readonly events: readonly Readonly<Record<string, string>>[] }[];
  }[];
}

function records(ctx: TestContext, ecosystem: string): ReadonlyMap<string, () => PublishedRecord> {
  const texts = zipTexts(sharedBytes(ctx, `osv/${ecosystem}/all.zip`));
  return new Map([...texts].map(([name, read]) => [name.replace(/\.json$/, ''), () => JSON.parse(read())]));
}

/** Fixed versions that a record states for a package; a range that ends with a last affected version counts too. */
function statedEnds(record: PublishedRecord, [ecosystem, name]: SampleRange): readonly string[] {
  return record.affected
    .filter((affected) => affected.package.ecosystem === ecosystem && affected.package.name.toLowerCase() === name)
    .flatMap((affected) => affected.ranges ?? [])
    .flatMap((range) => range.events)
    .flatMap((event) => [event.fixed, event.last_affected].filter((version) => version !== undefined));
}

/** Facts on Debian of after April 2023, which the test data does not reach. */
const BEYOND_THE_DATA = [
  'DSA-5497-1',
  'DSA-5514-1',
  'DSA-5523-1',
  'DSA-5532-1',
  'DSA-5586-1',
  'DSA-5673-1',
  'DSA-5724-1',
];

it('Debian facts say what the security tracker says', (ctx) => {
  const published = records(ctx, 'Debian');
  const missing: string[] = [];
  for (const fact of DEBIAN_FACTS) {
    const record = published.get(fact.id)?.();
    if (!record) {
      missing.push(fact.id);
      continue;
    }
    expect(fact.published, fact.id).toBe(record.published?.slice(0, 10));
    expect([...fact.cves].sort(), fact.id).toEqual([...(record.upstream ?? [])].sort());
    for (const range of fact.affected) expect(statedEnds(record, range), `${fact.id} ${range}`).toContain(range[3]);
  }
  expect(missing).toEqual(BEYOND_THE_DATA);
});

it('Ubuntu facts say what the CVE tracker says', (ctx) => {
  const published = records(ctx, 'Ubuntu');
  for (const fact of UBUNTU_FACTS) {
    const record = published.get(fact.id)?.();
    expect(record, fact.id).toBeDefined();
    if (!record) continue;
    expect(fact.published, fact.id).toBe(record.published?.slice(0, 10));
    const scores = record.severity?.map((severity) => severity.score) ?? [];
    expect(scores, fact.id).toContain(fact.word);
    expect(scores, fact.id).toContain(sampleVulnerability(fact.cves[0] ?? '').cvss);
    for (const range of fact.affected) expect(statedEnds(record, range), `${fact.id} ${range}`).toContain(range[3]);
  }
});

it('npm and PyPI facts say what a record of the same CVE says', (ctx) => {
  for (const ecosystem of ['npm', 'PyPI']) {
    const byName = new Map<string, PublishedRecord[]>();
    for (const read of records(ctx, ecosystem).values()) {
      const record = read();
      for (const name of [record.id, ...(record.aliases ?? [])]) {
        byName.set(name, [...(byName.get(name) ?? []), record]);
      }
    }
    for (const fact of LANGUAGE_FACTS.filter(({ affected }) => affected[0]?.[0] === ecosystem)) {
      const same = [fact.id, ...fact.cves].flatMap((name) => byName.get(name) ?? []);
      for (const range of fact.affected) expectStated(fact, range, same);
    }
  }
});

function expectStated(fact: SampleAdvisoryFact, range: SampleRange, same: readonly PublishedRecord[]): void {
  const ends = same.flatMap((record) => statedEnds(record, range));
  // One record states the last affected version instead of the first that is fixed.
  const wanted = fact.id === 'GHSA-cph5-m8f7-6c5x' ? '0.21.1' : range[3];
  expect(ends, `${fact.id} ${range}`).toContain(wanted);
}

it('known-exploited facts say what the catalogue of CISA says', (ctx) => {
  const catalogue: {
    readonly catalogVersion: string;
    readonly vulnerabilities: readonly Readonly<Record<string, string>>[];
  } = JSON.parse(sharedText(ctx, 'kev/known_exploited_vulnerabilities.json'));
  const entries = new Map(catalogue.vulnerabilities.map((entry) => [entry.cveID, entry]));
  expect(SAMPLE_KEV_VERSION).toBe(catalogue.catalogVersion);
  for (const flaw of SAMPLE_VULNERABILITIES) {
    const entry = entries.get(flaw.id);
    expect(flaw.kev, flaw.id).toEqual(
      entry
        ? {
            dateAdded: entry.dateAdded,
            dueDate: entry.dueDate,
            ransomware: entry.knownRansomwareCampaignUse === 'Known',
          }
        : null,
    );
  }
});

it('EPSS facts are the scores of the stated day', (ctx) => {
  const text = gunzipSync(sharedBytes(ctx, 'epss/epss_scores.csv.gz')).toString('utf8');
  expect(text.split('\n', 1)[0]).toContain('score_date:2026-08-15');
  const wanted = new Set(SAMPLE_VULNERABILITIES.map((flaw) => flaw.id));
  const scores = new Map<string, readonly [number, number]>();
  for (const line of text.split('\n')) {
    const [cve = '', probability, percentile] = line.split(',');
    if (wanted.has(cve)) scores.set(cve, [Number(probability), Number(percentile)]);
  }
  for (const flaw of SAMPLE_VULNERABILITIES) expect(flaw.epss, flaw.id).toEqual(scores.get(flaw.id) ?? null);
});
