import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundariesOf } from '../testing/boundaries.ts';
import { sharedData } from '../testing/shared-data.ts';
import { openAdvisoryIndex } from './advisory-index/open-advisory-index.ts';
import { syncFeeds } from './sync-feeds.ts';

/** Every ecosystem with more than a hundred records that name packages; of large ones, one in so many packages. */
const ECOSYSTEMS = [
  ['AlmaLinux', 20],
  ['Alpine', 2],
  ['Bitnami', 1],
  ['ConanCenter', 1],
  ['Debian', 4],
  ['Go', 2],
  ['Julia', 1],
  ['Maven', 2],
  ['NuGet', 1],
  ['OSS-Fuzz', 1],
  ['Packagist', 2],
  ['PyPI', 2],
  ['RubyGems', 1],
  ['Ubuntu', 20],
  ['crates.io', 1],
  ['npm', 2],
] as const;

let dataDirectory: string;

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'harrier-boundaries-'));
});

afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

describe('at every boundary of a published record the engine answers as the OSV schema evaluates', () => {
  for (const [ecosystem, every] of ECOSYSTEMS) {
    it(`of ${ecosystem}`, { timeout: 60_000 }, async (ctx) => {
      const from = sharedData(ctx, '');
      await syncFeeds({
        dataDirectory,
        from,
        ecosystems: [ecosystem],
        now: new Date(),
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      const index = openAdvisoryIndex(dataDirectory);

      const found = await boundariesOf(from, ecosystem, index, every);

      index.close();
      expect(found.examples).toEqual([]);
      expect(found.wrong).toBe(0);
      expect(found.right).toBeGreaterThan(300);
      // Most records of OSS-Fuzz name commits alone, so that a tag which others do not list is undecidable.
      expect(found.undecidable / found.rows).toBeLessThan(ecosystem === 'OSS-Fuzz' ? 0.5 : 0.02);
    });
  }
});
