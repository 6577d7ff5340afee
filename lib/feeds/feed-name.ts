import { AppError } from '../core/model/app-error.ts';
import { REPOSITORIES, type Repository, repositoryOf, updateinfoUrl } from './repositories.ts';

/**
 * `osv/<Ecosystem>`, with the OSV ecosystem without its release, `updateinfo/<repository>`, `nvd/<year>`, or one of
 * the two signal feeds.
 */
export type FeedName = `osv/${string}` | `updateinfo/${string}` | `nvd/${string}` | 'kev' | 'epss';

/** Ecosystems that a sync brings when nobody names others: those that this version can match. */
export const DEFAULT_ECOSYSTEMS: readonly string[] = ['Debian', 'Ubuntu', 'npm', 'PyPI'];

/** Where OSV publishes: a folder for each ecosystem with its archive, its list of changes and its records. */
export const OSV_BUCKET = new URL('https://osv-vulnerabilities.storage.googleapis.com/');

/** OSV names hold letters, digits, blanks, dots and hyphens (`Red Hat`, `crates.io`); no path can hide in them. */
const ECOSYSTEM_NAME = /^[A-Za-z0-9][A-Za-z0-9 .-]{0,63}$/;

/**
 * Not an ecosystem: what NVD says of CVEs, whatever they are in. NVD keeps a file for each year of CVE numbers, of which the
 * first holds all that came before.
 */
export const NVD = 'NVD';
const NVD_FIRST_YEAR = 2002;

function nvdFile(feed: FeedName): string {
  return `nvdcve-2.0-${feed.slice('nvd/'.length)}.json.gz`;
}

/** The feeds that bring the advisories of an ecosystem: its repositories where OSV has no records, else OSV. */
export function feedsOfEcosystem(ecosystem: string): readonly FeedName[] {
  if (ecosystem === NVD) {
    const years = new Date().getUTCFullYear() - NVD_FIRST_YEAR + 1;
    return Array.from({ length: years }, (_, n): FeedName => `nvd/${NVD_FIRST_YEAR + n}`);
  }
  const own = REPOSITORIES.filter((one) => one.ecosystem.startsWith(`${ecosystem}:`));
  return own.length > 0 ? own.map(({ name }): FeedName => `updateinfo/${name}`) : [osvFeed(ecosystem)];
}

/** The repository of a feed; null for feeds of other kinds. */
export function repositoryOfFeed(feed: FeedName): Repository | null {
  return feed.startsWith('updateinfo/') ? repositoryOf(feed.slice('updateinfo/'.length)) : null;
}

export function osvFeed(ecosystem: string): FeedName {
  if (!ECOSYSTEM_NAME.test(ecosystem)) {
    throw new AppError(
      'invalid-input',
      `"${ecosystem}" is not the name of an OSV ecosystem. Give it without a release, for example Debian or npm.`,
    );
  }
  return `osv/${ecosystem}`;
}

/** The ecosystem of a feed, without release; null for the signal feeds. */
export function ecosystemOf(feed: FeedName): string | null {
  if (feed.startsWith('osv/')) {
    return feed.slice('osv/'.length);
  }
  if (feed.startsWith('nvd/')) {
    return NVD;
  }
  return repositoryOfFeed(feed)?.ecosystem.split(':')[0] ?? null;
}

/** Where a mirror keeps the feed, relative to its root. */
export function mirrorPath(feed: FeedName): string {
  if (feed === 'kev') {
    return 'kev/known_exploited_vulnerabilities.json';
  }
  if (feed.startsWith('updateinfo/')) {
    return `${feed}/updateinfo.xml.gz`;
  }
  if (feed.startsWith('nvd/')) {
    return `nvd/${nvdFile(feed)}`;
  }
  return feed === 'epss' ? 'epss/epss_scores.csv.gz' : `${feed}/all.zip`;
}

/** Where the publisher keeps it. A repository has to be asked, since the name of its file changes with each update. */
export async function publisherUrl(feed: FeedName, signal: AbortSignal): Promise<URL> {
  const repository = repositoryOfFeed(feed);
  if (repository !== null) {
    return updateinfoUrl(repository, signal);
  }
  if (feed.startsWith('nvd/')) {
    return new URL(`https://nvd.nist.gov/feeds/json/cve/2.0/${nvdFile(feed)}`);
  }
  if (feed === 'kev') {
    return new URL('https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json');
  }
  if (feed === 'epss') {
    return new URL('https://epss.empiricalsecurity.com/epss_scores-current.csv.gz');
  }
  const ecosystem = encodeURIComponent(feed.slice('osv/'.length));
  return new URL(`${ecosystem}/all.zip`, OSV_BUCKET);
}

/** The feed in words, for messages. */
export function feedTitle(feed: FeedName): string {
  const repository = repositoryOfFeed(feed);
  if (repository !== null) {
    return repository.title;
  }
  if (feed.startsWith('nvd/')) {
    return `Ratings of ${feed.slice('nvd/'.length)} (NVD)`;
  }
  const ecosystem = ecosystemOf(feed);
  if (ecosystem !== null) {
    return `${ecosystem} advisories (OSV)`;
  }
  return feed === 'kev' ? 'Known exploited vulnerabilities (CISA)' : 'Exploit prediction scores (EPSS)';
}

/** Greatest size of a feed's file, in bytes: several times what the publisher serves today. */
export function feedBytesMax(feed: FeedName): number {
  const mebibyte = 1024 * 1024;
  if (feed === 'kev') {
    return 64 * mebibyte;
  }
  return feed === 'epss' ? 256 * mebibyte : 4096 * mebibyte;
}
