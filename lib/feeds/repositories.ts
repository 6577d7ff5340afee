import { FeedError } from './feed-error.ts';

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
}

const AMAZON = 'https://cdn.amazonlinux.com';

function amazon(name: string, ecosystem: string, list: string): Repository {
  const title = `Amazon Linux ${name.slice('amazon-'.length)} advisories (ALAS)`;
  return { name, title, ecosystem, publisher: 'amazon', mirrors: `${AMAZON}/${list}`, base: null };
}

function oracle(release: string, repository: string): Repository {
  return {
    name: `oracle-${release}-${repository.toLowerCase()}`,
    title: `Oracle Linux ${release} advisories (${repository})`,
    ecosystem: `Oracle Linux:${release}`,
    publisher: 'oracle',
    mirrors: null,
    base: `https://yum.oracle.com/repo/OracleLinux/OL${release}/${repository}/x86_64/`,
  };
}

/**
 * Repositories of distributions that OSV has no records of. Amazon's kernels beside the usual one are other series under
 * the same package name, so each has an ecosystem of its own; see `core/ecosystems/os/amazon.ts`.
 */
export const REPOSITORIES: readonly Repository[] = [
  amazon('amazon-2023', 'Amazon Linux:2023', 'al2023/core/mirrors/latest/x86_64/mirror.list'),
  amazon('amazon-2022', 'Amazon Linux:2022', 'al2022/core/mirrors/latest/x86_64/mirror.list'),
  amazon('amazon-2', 'Amazon Linux:2', '2/core/latest/x86_64/mirror.list'),
  ...['5.4', '5.10', '5.15'].map((series) =>
    amazon(
      `amazon-2-kernel-${series}`,
      `Amazon Linux:2:kernel-${series}`,
      `2/extras/kernel-${series}/latest/x86_64/mirror.list`,
    ),
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
].map((repository) => ({ ...repository, name: repository.name.replaceAll('/', '-') }));

export function repositoryOf(name: string): Repository | null {
  return REPOSITORIES.find((repository) => repository.name === name) ?? null;
}

const TEXT_BYTES_MAX = 4 * 1024 * 1024;

/** The address of a repository's updateinfo, by way of its mirror list and its index. Throws FeedError. */
export async function updateinfoUrl(
  repository: Repository,
  signal: AbortSignal,
  get: (url: string) => Promise<string> = (url) => textAt(url, signal),
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

async function textAt(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new FeedError(`${new URL(url).host} answered ${response.status}`);
  }
  const text = await response.text();
  if (text.length > TEXT_BYTES_MAX) {
    throw new FeedError(`${new URL(url).host} sent more than an index can have`);
  }
  return text;
}
