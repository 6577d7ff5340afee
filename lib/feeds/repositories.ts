import { EXTRAS_TOPICS, extrasEcosystem } from '../core/ecosystems/os/amazon-extras.ts';
import { FeedError } from './feed-error.ts';
import { textAt } from './text-at.ts';

/** A package repository whose updateinfo.xml says which vulnerabilities its updates mend. */
export interface Repository {
  /** The part of the feed's name after `updateinfo/`, which is also its place in a mirror. */
  readonly name: string;
  readonly title: string;
  /** The ecosystem that its advisories belong to. */
  readonly ecosystem: string;
  /** Who rates: the source of severities. */
  readonly publisher: string;
  /** A list of mirrors whose first line is a base address, or the base address itself. */
  readonly mirrors: string | null;
  readonly base: string | null;
  /** How the publisher packs the file, which is also how its name in a mirror ends. */
  readonly packing: 'gz' | 'zst';
}

const AMAZON = 'https://cdn.amazonlinux.com';

function amazon(name: string, ecosystem: string, list: string): Repository {
  const title = `Amazon Linux ${name.slice('amazon-'.length)} advisories (ALAS)`;
  return { name, title, ecosystem, publisher: 'amazon', mirrors: `${AMAZON}/${list}`, base: null, packing: 'gz' };
}

function oracle(release: string, repository: string): Repository {
  return {
    name: `oracle-${release}-${repository.toLowerCase()}`,
    title: `Oracle Linux ${release} advisories (${repository})`,
    ecosystem: `Oracle Linux:${release}`,
    publisher: 'oracle',
    mirrors: null,
    base: `https://yum.oracle.com/repo/OracleLinux/OL${release}/${repository}/x86_64/`,
    packing: 'gz',
  };
}

function fedora(release: string): Repository {
  return {
    name: `fedora-${release}`,
    title: `Fedora ${release} advisories`,
    ecosystem: `Fedora:${release}`,
    publisher: 'fedora',
    mirrors: null,
    base: `https://dl.fedoraproject.org/pub/fedora/linux/updates/${release}/Everything/x86_64/`,
    packing: 'zst',
  };
}

/** Releases of Fedora that are supported, as of 2026-05. A later one is asked for by its number: `Fedora:45`. */
const FEDORA_RELEASES = ['43', '44'];

/**
 * Repositories of distributions that OSV has no records of. Topics of Amazon's extras have other series under the same names,
 * so each has an ecosystem of its own; see `core/ecosystems/os/amazon-extras.ts`. Livepatches are packages of their own names.
 */
export const REPOSITORIES: readonly Repository[] = [
  amazon('amazon-2023', 'Amazon Linux:2023', 'al2023/core/mirrors/latest/x86_64/mirror.list'),
  amazon(
    'amazon-2023-kernel-livepatch',
    'Amazon Linux:2023',
    'al2023/kernel-livepatch/mirrors/latest/x86_64/mirror.list',
  ),
  amazon('amazon-2022', 'Amazon Linux:2022', 'al2022/core/mirrors/latest/x86_64/mirror.list'),
  amazon('amazon-2', 'Amazon Linux:2', '2/core/latest/x86_64/mirror.list'),
  ...EXTRAS_TOPICS.map(({ topic }) =>
    amazon(`amazon-2-${topic}`, extrasEcosystem(topic), `2/extras/${topic}/latest/x86_64/mirror.list`),
  ),
  {
    ...amazon('amazon-1', 'Amazon Linux:1', ''),
    mirrors: 'http://repo.us-west-2.amazonaws.com/2018.03/updates/x86_64/mirror.list',
  },
  oracle('7', 'latest'),
  oracle('8', 'baseos/latest'),
  oracle('8', 'appstream'),
  oracle('9', 'baseos/latest'),
  oracle('9', 'appstream'),
  ...FEDORA_RELEASES.map(fedora),
].map((repository) => ({ ...repository, name: repository.name.replaceAll('/', '-') }));

export function repositoryOf(name: string): Repository | null {
  const release = /^fedora-([1-9][0-9]{1,2})$/.exec(name)?.[1];
  return release === undefined ? (REPOSITORIES.find((one) => one.name === name) ?? null) : fedora(release);
}

/** The repositories of a distribution, or of one release of Fedora. */
export function repositoriesOf(selection: string): readonly Repository[] {
  const release = /^Fedora:([1-9][0-9]{1,2})$/.exec(selection)?.[1];
  return release === undefined
    ? REPOSITORIES.filter(({ ecosystem }) => ecosystem.startsWith(`${selection}:`))
    : [fedora(release)];
}

/** The name by which `repositoriesOf` finds the repository again. */
export function selectionOfRepository({ name, ecosystem }: Repository): string {
  const isListed = REPOSITORIES.some((one) => one.name === name);
  return isListed ? (ecosystem.split(':')[0] ?? ecosystem) : ecosystem;
}

const TEXT_BYTES_MAX = 4 * 1024 * 1024;

/** The address of a repository's updateinfo, by way of its mirror list and its index. Throws FeedError. */
export async function updateinfoUrl(
  repository: Repository,
  signal: AbortSignal,
  get: (url: string) => Promise<string> = (url) => textAt(new URL(url), { bytesMax: TEXT_BYTES_MAX, signal }),
): Promise<URL> {
  const base = repository.base ?? firstMirror(await get(repository.mirrors ?? ''), repository);
  const folder = base.endsWith('/') ? base : `${base}/`;
  const index = await get(new URL('repodata/repomd.xml', folder).href);
  const [, section = ''] = /<data\s+type="updateinfo">([\s\S]*?)<\/data>/.exec(index) ?? [];
  const place = /<location\s+[^>]*href="([^"]+)"/.exec(section)?.[1];
  if (place === undefined) {
    throw new FeedError(`${repository.title} could not be found: the repository at ${folder} has no updateinfo.`);
  }
  return new URL(place, folder);
}

function firstMirror(list: string, { title }: Repository): string {
  const first = list
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /^https?:\/\//.test(line));
  if (first === undefined) {
    throw new FeedError(`${title} could not be found: the list of mirrors names none.`);
  }
  return first;
}
