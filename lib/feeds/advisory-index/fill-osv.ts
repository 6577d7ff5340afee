import type { Advisory, AffectedPackage } from '../../core/model/advisory.ts';
import type { SkipCount } from '../skip-count.ts';
import type { OsvPackWriter, ReleaseCount } from './osv-pack.ts';

export interface Filled {
  readonly records: number;
  readonly newest: Date | null;
}

/** Writes the advisories of one OSV ecosystem. Only its own packages are kept: others come with their own ecosystem. */
export async function fillOsv(
  pack: OsvPackWriter,
  ecosystem: string,
  advisories: AsyncIterable<Advisory>,
  skips: SkipCount,
): Promise<Filled> {
  const seen = new Set<string>();
  const releases: Record<string, ReleaseCount> = {};
  let newest = 0;
  for await (const advisory of advisories) {
    const own = advisory.affected.filter((one) => isOf(ecosystem, one.ecosystem));
    if (seen.has(advisory.id)) {
      skips.add('its id appeared before');
    } else if (own.length === 0) {
      skips.add('names no package of this ecosystem');
    } else {
      seen.add(advisory.id);
      newest = Math.max(newest, advisory.modified.getTime());
      // A withdrawn record stays known, but it affects nothing any more.
      pack.add(advisory, advisory.withdrawn === null ? own : []);
      if (advisory.withdrawn === null) {
        countReleases(releases, advisory, own);
      }
    }
  }
  pack.finish({ kind: 'advisories', releases });
  return { records: seen.size, newest: newest === 0 ? null : new Date(newest) };
}

function countReleases(
  releases: Record<string, ReleaseCount>,
  advisory: Advisory,
  own: readonly AffectedPackage[],
): void {
  for (const name of new Set(own.map((one) => one.ecosystem))) {
    const count = releases[name] ?? { records: 0, newest: 0 };
    count.records += 1;
    count.newest = Math.max(count.newest, advisory.modified.getTime());
    releases[name] = count;
  }
}

function isOf(ecosystem: string, released: string): boolean {
  return released === ecosystem || released.startsWith(`${ecosystem}:`);
}
