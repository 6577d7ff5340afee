import { redHatVexId, toAdvisoryOfRedHatVex } from '../core/advisories/redhat-vex.ts';
import type { Advisory } from '../core/model/advisory.ts';
import {
  type ChangeList,
  type FeedAccess,
  type FeedChanges,
  type SmallFile,
  smallFile,
  smallFileOrNull,
  smallFiles,
} from './changes.ts';
import { FeedError } from './feed-error.ts';
import type { SkipCount } from './skip-count.ts';
import { VEX_BYTES_MAX, vexAdvisoryOf } from './vex-archive.ts';

/** Where Red Hat publishes: an archive now and then, lists of changes and deletions, and each document by its path. */
const PUBLISHER = new URL('https://security.access.redhat.com/data/csaf/v2/vex/');

const LIST_BYTES_MAX = 64 * 1024 * 1024;
const ARCHIVE = /^csaf_vex_([0-9]{4}-[0-9]{2}-[0-9]{2})\.tar\.zst$/;
/** `"2023/cve-2023-6240.json","2024-08-04T10:17:22+00:00"` */
const LINE = /^"?[0-9]{4}\/cve-([0-9]{4}-[0-9]{4,19})\.json"?,"?([0-9T:+.Z-]{10,40})"?$/;
const ID = /^RHVEX-CVE-([0-9]{4})-([0-9]{4,19})$/;

/** The archive is as old as the date in its name; the lists go on from there. */
export const redHatVexChanges: FeedChanges = { since, records, ecosystemOf: () => 'Red Hat' };

/** The archive's own address, which its publisher says in a file beside it. */
export async function redHatArchiveUrl(signal: AbortSignal): Promise<URL> {
  const name = (await smallFile(fileOf('archive_latest.txt', 4096), { origin: null, signal })).trim();
  if (!ARCHIVE.test(name)) {
    throw new FeedError(`${PUBLISHER.host} does not say which archive is the latest`);
  }
  return new URL(name, PUBLISHER);
}

async function since(_place: string, cursor: string | null, access: FeedAccess): Promise<ChangeList | null> {
  // A directory has the archive at hand, and it is read as quickly as the documents beside it.
  if (access.origin !== null && 'directory' in access.origin) {
    return null;
  }
  const archive = await smallFileOrNull(fileOf('archive_latest.txt', 4096), access);
  const day = ARCHIVE.exec(archive?.trim() ?? '')?.[1];
  const changes = await smallFileOrNull(fileOf('changes.csv', LIST_BYTES_MAX), access);
  const deletions = await smallFileOrNull(fileOf('deletions.csv', LIST_BYTES_MAX), access);
  if (day === undefined || changes === null || deletions === null) {
    return null;
  }
  const archivedAt = `${day}T00:00:00.000Z`;
  const changed = listOf(changes);
  const deleted = listOf(deletions);
  const times = [cursor ?? archivedAt, ...changed.values(), ...deleted.values()].sort();
  const after = (list: ReadonlyMap<string, string>): readonly string[] =>
    cursor === null ? [] : [...list].filter(([, at]) => at > cursor).map(([id]) => id);
  return {
    // What was deleted and came back later is changed; what was changed and deleted later is not there to be fetched.
    ids: after(changed).filter((id) => (deleted.get(id) ?? '') <= (changed.get(id) ?? '')),
    removed: after(deleted).filter((id) => (changed.get(id) ?? '') < (deleted.get(id) ?? '')),
    cursor: times.at(-1) ?? archivedAt,
    archivedAt,
  };
}

/** When each record was last named, in UTC. */
function listOf(text: string): ReadonlyMap<string, string> {
  const list = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, number, at = ''] = LINE.exec(line.trim()) ?? [];
    const date = new Date(at);
    if (number !== undefined && !Number.isNaN(date.getTime())) {
      const id = redHatVexId(`CVE-${number}`);
      const iso = date.toISOString();
      list.set(id, iso > (list.get(id) ?? '') ? iso : (list.get(id) ?? iso));
    }
  }
  return list;
}

async function* records(
  _place: string,
  ids: readonly string[],
  skips: SkipCount,
  access: FeedAccess,
): AsyncGenerator<Advisory> {
  const paths = ids.flatMap((id) => {
    const [, year, number] = ID.exec(id) ?? [];
    return year === undefined || number === undefined ? [] : [`${year}/cve-${year}-${number}.json`];
  });
  const files = paths.map((path) => fileOf(path, VEX_BYTES_MAX));
  for await (const text of smallFiles(files, access)) {
    const advisory = vexAdvisoryOf(Buffer.from(text), toAdvisoryOfRedHatVex);
    if ('refused' in advisory) {
      skips.add(advisory.refused);
    } else {
      yield advisory;
    }
  }
}

function fileOf(path: string, bytesMax: number): SmallFile {
  return { mirrorPath: `redhat-vex/${path}`, url: new URL(path, PUBLISHER), bytesMax };
}
