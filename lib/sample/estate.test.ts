import { describe, expect, it } from 'vitest';
import { compareVersions } from '../core/versions/compare-versions.ts';
import { schemes } from '../core/versions/registry.ts';
import type { VersionScheme } from '../core/versions/scheme.ts';
import { SAMPLE_ACCOUNTS } from './accounts.ts';
import { SAMPLE_ADVISORY_FACTS, sampleAdvisories, sampleVulnerability } from './advisories.ts';
import { SAMPLE_FUNCTIONS } from './functions.ts';
import { SAMPLE_NEWEST, SAMPLE_THINGS, sampleWaves } from './history.ts';
import { SAMPLE_IMAGES } from './images.ts';
import { SAMPLE_INSTANCES } from './instances.ts';
import { SAMPLE_NPM, SAMPLE_PYPI } from './language-packages.ts';
import { SAMPLE_PACKAGES } from './packages.ts';
import { openSampleIndex } from './sample-index.ts';
import { SAMPLE_WAVES } from './sample-thing.ts';
import { SAMPLE_VULNERABILITIES } from './vulnerabilities.ts';

const NOW = new Date('2026-11-24T09:00:00Z');

/** Every package that anything of the estate is made of, with the version it starts from. */
function startingPackages(): readonly {
  readonly key: string;
  readonly version: string;
  readonly scheme: VersionScheme;
}[] {
  const system = Object.values(SAMPLE_PACKAGES).flatMap((release) =>
    [...release.base, ...Object.values(release.roles).flat()].map((entry) => ({
      key: `${release.osvEcosystem}/${entry.source}`,
      version: entry.version,
      scheme: schemes.deb,
    })),
  );
  const npm = Object.values(SAMPLE_NPM)
    .flat()
    .map((entry) => ({ key: `npm/${entry.name}`, version: entry.version, scheme: schemes.semver }));
  const pypi = Object.values(SAMPLE_PYPI)
    .flat()
    .map((entry) => ({ key: `PyPI/${entry.name}`, version: entry.version, scheme: schemes.pep440 }));
  return [...system, ...npm, ...pypi];
}

describe('the estate', () => {
  it('has the size that was planned, in accounts of its own organisation', () => {
    expect(SAMPLE_ACCOUNTS).toHaveLength(10);
    for (const account of SAMPLE_ACCOUNTS) expect(account.id).toMatch(/^[0-9]{12}$/);
    expect(SAMPLE_INSTANCES.length).toBeGreaterThanOrEqual(55);
    expect(SAMPLE_IMAGES.length).toBeGreaterThanOrEqual(65);
    expect(SAMPLE_FUNCTIONS.length).toBeGreaterThanOrEqual(40);
    const accounts = new Set<string>(SAMPLE_ACCOUNTS.map((account) => account.id));
    for (const { resource } of SAMPLE_THINGS) {
      expect(accounts).toContain(resource.accountId);
      expect(resource.sample).toBe(true);
    }
  });

  it('names every resource once', () => {
    const ids = SAMPLE_THINGS.map((thing) => thing.resource.id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is the same on every call', () => {
    const first = sampleWaves(NOW).map((wave) => wave.scans.map((scan) => [scan.resource.id, scan.files()]));
    const second = sampleWaves(NOW).map((wave) => wave.scans.map((scan) => [scan.resource.id, scan.files()]));

    expect(second).toEqual(first);
  });

  it('shows gaps: things never scanned, no longer scanned, denied, and without a package database', () => {
    const kinds = new Set(SAMPLE_THINGS.map((thing) => thing.scanning.kind));

    expect([...kinds].sort()).toEqual(['denied-from', 'never', 'regular', 'until']);
    expect(SAMPLE_THINGS.some((thing) => thing.contents.state === 'no-database')).toBe(true);
  });
});

describe('the history', () => {
  it('has one wave a week that ends now', () => {
    const waves = sampleWaves(NOW);

    expect(waves).toHaveLength(SAMPLE_WAVES);
    expect(waves.at(-1)?.at).toEqual(NOW);
    expect(waves[0]?.at).toEqual(new Date('2026-09-01T09:00:00Z'));
  });

  it('scans all that can be scanned in the last wave, the newest thing among them', () => {
    const last =
      sampleWaves(NOW)
        .at(-1)
        ?.scans.map((scan) => scan.resource.id) ?? [];
    const expected = SAMPLE_THINGS.filter(({ scanning }) => !['never', 'until'].includes(scanning.kind));

    expect([...last].sort()).toEqual(expected.map((thing) => thing.resource.id).sort());
    expect(last).toContain(SAMPLE_NEWEST.resource.id);
  });

  it('scans nothing before it appears', () => {
    const seen = new Set<string>();
    for (const wave of sampleWaves(NOW)) {
      for (const resource of wave.appeared) seen.add(resource.id);
      for (const scan of wave.scans) expect(seen).toContain(scan.resource.id);
    }
    expect(seen.size).toBe(SAMPLE_THINGS.length);
  });
});

describe('the advisories', () => {
  it('state versions that their scheme reads, and a fix above what the estate starts from', () => {
    const starting = new Map(startingPackages().map((entry) => [entry.key, entry]));
    for (const { id, affected } of SAMPLE_ADVISORY_FACTS) {
      for (const [ecosystem, name, introduced, fixed] of affected) {
        const entry = starting.get(`${ecosystem}/${name}`);
        expect(entry, `${id}: nothing of the estate carries ${ecosystem}/${name}`).toBeDefined();
        if (!entry) continue;
        expect(compareVersions(entry.scheme, entry.version, fixed), `${id} ${name} ${fixed}`).toBe(-1);
        if (introduced !== '0') expect(compareVersions(entry.scheme, introduced, entry.version), id).not.toBe(1);
      }
    }
  });

  it('start from versions that their scheme reads', () => {
    for (const entry of startingPackages()) expect(entry.scheme.parse(entry.version), entry.key).not.toBeNull();
  });

  it('rest on a fact for each flaw, and every fact is used', () => {
    const used = new Set(SAMPLE_ADVISORY_FACTS.flatMap((fact) => fact.cves));

    for (const cve of used) expect(sampleVulnerability(cve).title.length).toBeGreaterThan(10);
    expect([...used].sort()).toEqual(SAMPLE_VULNERABILITIES.map((flaw) => flaw.id).sort());
  });

  it('arrive over the waves, and none before the quarter', () => {
    expect(sampleAdvisories(0).length).toBeGreaterThan(20);
    expect(sampleAdvisories(SAMPLE_WAVES - 1)).toHaveLength(SAMPLE_ADVISORY_FACTS.length);
    const revisions = new Set([0, 1, 2].map((wave) => openSampleIndex(wave, NOW).revision()));
    expect(revisions.size).toBe(3);
  });

  it('count as synced at the time of their wave', () => {
    const statuses = openSampleIndex(3, NOW).ecosystems();

    expect(statuses.map((status) => status.ecosystem)).toEqual([
      'Debian:11',
      'Debian:12',
      'PyPI',
      'Ubuntu:20.04:LTS',
      'Ubuntu:22.04:LTS',
      'npm',
    ]);
    for (const status of statuses) expect(status.syncedAt).toEqual(NOW);
  });
});
