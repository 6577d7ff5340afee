import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ecosystemOf, type FeedName, feedsOfEcosystem, feedTitle, kindOf, mirrorPath } from '../feed-name.ts';
import { bringsAdvisories, FEED_KINDS, type FeedKind } from './feed-kind.ts';
import { feedKinds } from './registry.ts';

const PARTS = ['feed-kind.ts', 'fill-pack.ts', 'registry.ts'];
const NAMES = ['Debian', 'NVD', 'Amazon Linux', 'Fedora', 'Arch Linux', 'Photon OS', 'Debian tracker', 'Alpine secdb'];

describe('kinds of feeds', () => {
  it('are all in the registry, each under its own id', () => {
    expect(Object.keys(feedKinds).sort()).toEqual([...FEED_KINDS].sort());
    for (const [id, kind] of Object.entries<FeedKind>(feedKinds)) {
      expect(kind.id).toBe(id);
    }
    const files = readdirSync(new URL('.', import.meta.url))
      .filter((name) => !name.endsWith('.test.ts') && !PARTS.includes(name))
      .map((name) => name.slice(0, -'.ts'.length));
    expect(files.sort()).toEqual([...FEED_KINDS].sort());
  });

  it.each(NAMES)('%s is brought by feeds that lead back to it', (name) => {
    const feeds = feedsOfEcosystem(name);

    expect(feeds.length).toBeGreaterThan(0);
    expect(new Set(feeds.map(ecosystemOf))).toEqual(new Set([name]));
  });

  it('have feeds with places of their own below the root of a mirror, and a title each', () => {
    const feeds: readonly FeedName[] = [...NAMES.flatMap(feedsOfEcosystem), 'kev', 'epss'];
    const paths = feeds.map(mirrorPath);

    expect(new Set(paths).size).toBe(feeds.length);
    expect(new Set(feeds.map(feedTitle)).size).toBe(feeds.length);
    for (const [at, path] of paths.entries()) {
      expect(path).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/);
      expect(path.split('/')[0]).toBe(kindOf(feeds[at] ?? 'kev').id);
    }
  });

  it('are asked for as people type', () => {
    expect(feedsOfEcosystem('debian-tracker')).toEqual(['debian-tracker']);
    expect(feedsOfEcosystem('arch linux')).toEqual(['arch-tracker']);
    expect(feedsOfEcosystem('Debian')).toEqual(['osv/Debian']);
  });

  it('bring one branch that is not listed, also in later syncs', () => {
    const feeds = feedsOfEcosystem('Alpine secdb:v3.99');

    expect(feeds).toEqual(['alpine-secdb/v3.99/main', 'alpine-secdb/v3.99/community']);
    expect(feeds.map(ecosystemOf)).toEqual(['Alpine secdb:v3.99', 'Alpine secdb:v3.99']);
    expect(() => feedsOfEcosystem('Alpine secdb:../..')).toThrow('not the name of an OSV ecosystem');
  });

  it('that are stored by another version are passed by', () => {
    expect(ecosystemOf('of-the-future/x')).toBeNull();
    expect(ecosystemOf('updateinfo/nowhere-9')).toBeNull();
    expect(ecosystemOf('__proto__/x')).toBeNull();
    expect(ecosystemOf('kev')).toBeNull();
  });

  it('that rate what others say bring no advisories', () => {
    expect(FEED_KINDS.filter((kind) => !bringsAdvisories(kind))).toEqual(['nvd', 'kev', 'epss']);
    expect(bringsAdvisories('osv/Debian')).toBe(true);
    expect(bringsAdvisories('nvd/2021')).toBe(false);
  });
});
