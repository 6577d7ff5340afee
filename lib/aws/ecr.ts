import {
  ECRClient,
  GetAuthorizationTokenCommand,
  type ImageDetail,
  paginateDescribeImages,
  paginateDescribeRepositories,
} from '@aws-sdk/client-ecr';
import type { EcrImageFacts, Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

export interface DescribedRepository {
  readonly name: string;
  readonly uri: string;
  readonly arn: string;
}

const PAGE = 1_000;

export async function describeRepositories(
  sessions: AwsSessions,
  place: Place,
  signal: AbortSignal,
): Promise<readonly DescribedRepository[]> {
  const client = sessions.client('ecr', ECRClient, place);
  const found: DescribedRepository[] = [];
  for await (const { repositories = [] } of paginateDescribeRepositories({ client, pageSize: PAGE }, {})) {
    signal.throwIfAborted();
    for (const { repositoryName, repositoryUri, repositoryArn } of repositories) {
      if (repositoryName !== undefined && repositoryUri !== undefined && repositoryArn !== undefined) {
        found.push({ name: repositoryName, uri: repositoryUri, arn: repositoryArn });
      }
    }
  }
  return found;
}

/** Images of a repository, without what tells whether they run. */
export async function describeImages(
  sessions: AwsSessions,
  place: Place,
  repository: DescribedRepository,
  signal: AbortSignal,
): Promise<readonly Omit<EcrImageFacts, 'inUse'>[]> {
  const client = sessions.client('ecr', ECRClient, place);
  const found: Omit<EcrImageFacts, 'inUse'>[] = [];
  const asked = { repositoryName: repository.name };
  for await (const { imageDetails = [] } of paginateDescribeImages({ client, pageSize: PAGE }, asked)) {
    signal.throwIfAborted();
    found.push(...imageDetails.flatMap((raw) => toImage(raw, repository)));
  }
  return found;
}

/** Media types of things that registries keep beside images: signatures, attestations, charts. */
const NO_IMAGE = /in-toto|cosign|helm|\.sig\b/;

function toImage(raw: ImageDetail, { name, uri }: DescribedRepository): readonly Omit<EcrImageFacts, 'inUse'>[] {
  if (raw.imageDigest === undefined || NO_IMAGE.test(raw.artifactMediaType ?? '')) return [];
  return [
    {
      kind: 'ecr',
      repository: name,
      repositoryUri: uri,
      digest: raw.imageDigest,
      tags: raw.imageTags ?? [],
      pushedAt: raw.imagePushedAt ?? null,
      pulledAt: raw.lastRecordedPullTime ?? null,
      bytes: raw.imageSizeInBytes ?? null,
      manifestType: raw.imageManifestMediaType ?? null,
      isArchived: raw.imageStatus === 'ARCHIVED',
    },
  ];
}

export interface RegistryLogin {
  /** `https://123456789012.dkr.ecr.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  readonly expiresAt: Date | null;
}

/** What the registry of an account and region asks for; null where AWS gave none. */
export async function registryLogin(sessions: AwsSessions, place: Place): Promise<RegistryLogin | null> {
  const client = sessions.client('ecr', ECRClient, place);
  const { authorizationData = [] } = await client.send(new GetAuthorizationTokenCommand({}));
  const [given] = authorizationData;
  const [username = '', ...rest] = Buffer.from(given?.authorizationToken ?? '', 'base64')
    .toString('utf8')
    .split(':');
  if (given?.proxyEndpoint === undefined || username === '' || rest.length === 0) return null;
  return { endpoint: given.proxyEndpoint, username, password: rest.join(':'), expiresAt: given.expiresAt ?? null };
}
