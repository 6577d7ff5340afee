import { describe, expect, it, type TestContext } from 'vitest';
import { buildInventory, buildPackage } from '../../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../../testing/memory-advisory-index.ts';
import { memoryFileTree } from '../../../testing/memory-file-tree.ts';
import { sharedAdvisories } from '../../../testing/shared-advisories.ts';
import { sharedBytes, sharedText } from '../../../testing/shared-data.ts';
import { collectHost } from '../../inventory/host-filesystem.ts';
import type { Advisory } from '../../model/advisory.ts';
import { resourceId } from '../../model/ids.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Package } from '../../model/package.ts';
import { apk } from '../../versions/apk.ts';
import { deb } from '../../versions/deb.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import { matchInventory } from './scanner.ts';

/**
 * Systems whose package databases are in the test data, the ecosystem of their release, and the least number of
 * vulnerabilities that its records prove. The data has no records of Debian 12, so nothing may be found there.
 */
const SYSTEMS = [
  ['ubuntu-16.04.6', 'Ubuntu:16.04:LTS', 40],
  ['ubuntu-20.04', 'Ubuntu:20.04:LTS', 50],
  ['ubuntu-20.04.1', 'Ubuntu:20.04:LTS', 50],
  ['ubuntu-22.04', 'Ubuntu:22.04:LTS', 50],
  ['ubuntu-22.04.2', 'Ubuntu:22.04:LTS', 35],
  ['ubuntu-22.04.5', 'Ubuntu:22.04:LTS', 5],
  ['debian-12.9-a', 'Debian:12', 0],
  ['debian-12.9-b', 'Debian:12', 0],
  ['alpine-3.3.1', 'Alpine:v3.3', 5],
] as const;

describe('a real system against the published records: what a plain reading of every record says, and nothing else', () => {
  for (const [host, ecosystem, least] of SYSTEMS) {
    it(`on ${host}`, { timeout: 120_000 }, async (ctx) => {
      const inventory = await inventoryOf(ctx, host);
      const { advisories, refused } = await sharedAdvisories(ctx, ecosystem.split(':')[0] ?? '', `"${ecosystem}"`);

      const result = matchInventory(inventory, memoryAdvisoryIndex(advisories), resourceId(host));
      const seen = result.observations.flatMap(({ id, packages }) => packages.map((pkg) => `${id} ${pkg.purl}`));

      expect(refused).toEqual([]);
      expect(seen.sort()).toEqual(plainReading(inventory.packages, advisories, ecosystem));
      expect(result.observations.length).toBeGreaterThanOrEqual(least);
      expect(result.undecidable).toBe(0);
    });
  }
});

async function inventoryOf(ctx: TestContext, host: string): Promise<Inventory> {
  if (host.startsWith('alpine')) {
    return alpineInventory(ctx, host);
  }
  return collectHost(treeOf(ctx, host), new AbortController().signal);
}

/** The database of apk, read as plainly as its format allows: a stanza for each package, a letter for each field. */
function alpineInventory(ctx: TestContext, host: string): Inventory {
  const versionId = sharedText(ctx, `hosts/${host}/etc/alpine-release`).trim();
  const stanzas = sharedText(ctx, `hosts/${host}/lib/apk/db/installed`).split('\n\n');
  const packages = stanzas.flatMap((stanza) => {
    const of = (letter: string): string | null => new RegExp(`^${letter}:(.+)$`, 'm').exec(stanza)?.[1] ?? null;
    const name = of('P');
    const version = of('V');
    return name === null || version === null
      ? []
      : [buildPackage({ ecosystem: 'alpine', name, version, sourceName: of('o'), sourceVersion: version })];
  });
  return buildInventory({ id: 'alpine', versionId, codename: null, prettyName: '' }, packages);
}

function treeOf(ctx: TestContext, host: string) {
  const paths = ['etc/os-release', 'var/lib/dpkg/status'];
  return memoryFileTree(Object.fromEntries(paths.map((path) => [path, sharedBytes(ctx, `hosts/${host}/${path}`)])));
}

/** Records of these distributions have one range each, from the beginning to a fix or to no end. */
function plainReading(packages: readonly Package[], advisories: readonly Advisory[], ecosystem: string): string[] {
  const scheme: VersionScheme = ecosystem.startsWith('Alpine') ? apk : deb;
  const found = new Set<string>();
  for (const advisory of advisories.filter((one) => one.withdrawn === null)) {
    for (const entry of advisory.affected.filter((one) => one.ecosystem === ecosystem)) {
      for (const pkg of packages.filter((one) => one.sourceName === entry.name)) {
        const fixed = scheme.parse(entry.ranges[0]?.events.find((event) => event.fixed !== undefined)?.fixed ?? '');
        const installed = scheme.parse(pkg.sourceVersion ?? '');
        const listed = entry.versions.includes(pkg.sourceVersion ?? '');
        if (installed !== null && (listed || fixed === null || scheme.compare(installed, fixed) < 0)) {
          for (const id of advisory.upstream.length > 0 ? advisory.upstream : [advisory.id]) {
            found.add(`${id} ${pkg.purl}`);
          }
        }
      }
    }
  }
  return [...found].sort();
}
