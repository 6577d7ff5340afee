import { describe, expect, it, type TestContext } from 'vitest';
import { memoryAdvisoryIndex } from '../../../testing/memory-advisory-index.ts';
import { memoryFileTree } from '../../../testing/memory-file-tree.ts';
import { sharedAdvisories } from '../../../testing/shared-advisories.ts';
import { sharedBytes } from '../../../testing/shared-data.ts';
import { collectHost } from '../../inventory/host-filesystem.ts';
import type { Advisory } from '../../model/advisory.ts';
import { resourceId } from '../../model/ids.ts';
import type { Package } from '../../model/package.ts';
import { deb } from '../../versions/deb.ts';
import { matchInventory } from './scanner.ts';

const host = 'ubuntu-22.04';
const ecosystem = 'Ubuntu:22.04:LTS';

describe('a real server against the published records', () => {
  it('matches what a plain reading of every record says, and nothing else', { timeout: 60_000 }, async (ctx) => {
    const inventory = await collectHost(treeOf(ctx), new AbortController().signal);
    const { advisories, refused } = await sharedAdvisories(ctx, 'Ubuntu', `"${ecosystem}"`);

    const result = matchInventory(inventory, memoryAdvisoryIndex(advisories), resourceId(host));
    const seen = result.observations.flatMap(({ id, packages }) => packages.map((pkg) => `${id} ${pkg.purl}`));

    expect(refused).toEqual([]);
    expect(seen.sort()).toEqual(plainReading(inventory.packages, advisories));
    expect(result.observations.length).toBeGreaterThan(50);
    expect(result.undecidable).toBe(0);
  });
});

function treeOf(ctx: TestContext) {
  const paths = ['etc/os-release', 'var/lib/dpkg/status'];
  return memoryFileTree(Object.fromEntries(paths.map((path) => [path, sharedBytes(ctx, `hosts/${host}/${path}`)])));
}

/** Ubuntu's records have one range each, from the beginning to a fix or to no end. */
function plainReading(packages: readonly Package[], advisories: readonly Advisory[]): string[] {
  const found = new Set<string>();
  for (const advisory of advisories.filter((one) => one.withdrawn === null)) {
    for (const entry of advisory.affected.filter((one) => one.ecosystem === ecosystem)) {
      for (const pkg of packages.filter((one) => one.sourceName === entry.name)) {
        const fixed = deb.parse(entry.ranges[0]?.events.find((event) => event.fixed !== undefined)?.fixed ?? '');
        const installed = deb.parse(pkg.sourceVersion ?? '');
        const listed = entry.versions.includes(pkg.sourceVersion ?? '');
        if (installed !== null && (listed || fixed === null || deb.compare(installed, fixed) < 0)) {
          for (const id of advisory.upstream.length > 0 ? advisory.upstream : [advisory.id]) {
            found.add(`${id} ${pkg.purl}`);
          }
        }
      }
    }
  }
  return [...found].sort();
}
