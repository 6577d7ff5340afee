import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { SystemState } from '../core/model/system-state.ts';
import type { FeedView } from '../core/model/views.ts';
import type { SystemReads } from '../core/ports/system-reads.ts';
import { feedStatus } from '../feeds/advisory-index/feed-status.ts';
import { bringsAdvisories } from '../feeds/kinds/feed-kind.ts';
import type { Database } from '../store/client.ts';

/** What is known about the installation itself: its version, its database, its feeds, its disk, its clock. */
export function createSystemReads(dataDirectory: string, database: Database): SystemReads {
  const feeds = () => feedStatus(dataDirectory);
  return {
    feeds,
    async state(): Promise<SystemState> {
      const [server, disk] = await Promise.all([serverState(database), diskFree(dataDirectory)]);
      return {
        version: productVersion(),
        database: server === null ? null : { version: server.version, findings: server.findings },
        advisories: advisoryTotals(feeds()),
        diskFreeBytes: disk,
        clockOffsetSeconds: server?.clockOffsetSeconds ?? null,
      };
    },
  };
}

/** The version in package.json, which stands at the root that the product is started from. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return typeof version === 'string' ? version : 'unknown';
}

async function serverState(database: Database) {
  const asked = Date.now();
  try {
    const { rows } = await database.pool.query<{ version: string; findings: string; now: Date }>(
      `select current_setting('server_version') as version, clock_timestamp() as now,
              coalesce((select sum(n) from finding_count), 0)::text as findings`,
    );
    const row = rows[0];
    if (row === undefined) return null;
    // Half the way there and back is the fairest guess at the moment the server looked at its clock.
    const here = (asked + Date.now()) / 2;
    return {
      version: row.version,
      findings: Number(row.findings),
      clockOffsetSeconds: Math.round((row.now.getTime() - here) / 100) / 10,
    };
  } catch {
    // "No answer" is an answer here: the page says that the database does not reply.
    return null;
  }
}

function advisoryTotals(feeds: readonly FeedView[]): SystemState['advisories'] {
  const advisories = feeds.filter(({ source }) => bringsAdvisories(source));
  return {
    records: advisories.reduce((sum, feed) => sum + feed.records, 0),
    newestRecord: latest(advisories.map((feed) => feed.newestRecord)),
    syncedAt: latest(advisories.map((feed) => feed.syncedAt)),
  };
}

function latest(dates: readonly (Date | null)[]): Date | null {
  const known = dates.filter((date) => date !== null).map((date) => date.getTime());
  return known.length === 0 ? null : new Date(Math.max(...known));
}

async function diskFree(directory: string): Promise<number | null> {
  const disk = await statfs(directory).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}
