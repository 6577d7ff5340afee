import type { Advisory, AdvisoryRecord } from '../../core/model/advisory.ts';
import type { SkipCount } from '../skip-count.ts';
import type { OsvPackWriter } from './osv-pack-writer.ts';

export interface Filled {
  /** Advisories in the pack, withdrawn ones included. */
  readonly records: number;
  /** When the newest of those that were added was changed. */
  readonly newest: Date | null;
}

/** Writes advisories of one ecosystem. Only its own packages are kept: others come with their own ecosystem. */
export async function fillOsv(
  pack: OsvPackWriter,
  ecosystem: string,
  advisories: AsyncIterable<Advisory>,
  skips: SkipCount,
  now: Date,
): Promise<Filled> {
  const seen = new Set<string>();
  const newest: Record<string, number> = {};
  let last = 0;
  for await (const advisory of advisories) {
    const own = advisory.affected.filter((one) => isOf(ecosystem, one.ecosystem));
    if (seen.has(advisory.id)) {
      skips.add('its id appeared before');
    } else if (own.length === 0) {
      skips.add('names no package of this ecosystem');
    } else {
      seen.add(advisory.id);
      // A record from a clock that goes wrong makes nothing fresher than today.
      const modified = Math.min(advisory.modified.getTime(), now.getTime());
      last = Math.max(last, modified);
      // A withdrawn record stays known, but it affects nothing any more.
      pack.add(advisory, advisory.withdrawn === null ? own : []);
      for (const one of own) {
        newest[one.ecosystem] = Math.max(newest[one.ecosystem] ?? 0, modified);
      }
    }
  }
  return { records: pack.finish(newest), newest: last === 0 ? null : new Date(last) };
}

/** Writes records that affect no package and lend their ratings to others of the same CVE. */
export async function fillNvd(pack: OsvPackWriter, records: AsyncIterable<AdvisoryRecord>): Promise<Filled> {
  let newest = 0;
  for await (const record of records) {
    pack.add(record, []);
    newest = Math.max(newest, record.modified.getTime());
  }
  return { records: pack.finish({}), newest: newest === 0 ? null : new Date(newest) };
}

function isOf(ecosystem: string, released: string): boolean {
  return released === ecosystem || released.startsWith(`${ecosystem}:`);
}
