import { BatchGetImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { EcrImageFacts, ImageInUse, Place } from '../core/model/cloud.ts';
import { asObject, asText, objectsOf } from '../core/model/raw.ts';
import { taskContainers } from './ecs.ts';
import { clusterPods } from './eks.ts';
import { orReason } from './failure.ts';
import type { AwsSessions } from './session.ts';

/** A container that runs in a task or a pod. */
export interface RunningContainer {
  /** ARN of its cluster. */
  readonly cluster: string;
  /** As its task definition or pod names it. */
  readonly image: string;
  /** Digest of what was pulled; null where the agent did not tell. */
  readonly digest: string | null;
}

type StoredImage = Omit<EcrImageFacts, 'inUse'>;

/** ECR gives at most so many images at once. */
const IMAGES_MAX = 100;
const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** Tells of each image of a region where it runs, as ECS and EKS say. */
export async function imageUsage(
  sessions: AwsSessions,
  place: Place,
  images: readonly StoredImage[],
  signal: AbortSignal,
): Promise<(image: StoredImage) => ImageInUse> {
  const [tasks, pods] = await Promise.all([
    orReason('ecs:ListClusters', signal, () => taskContainers(sessions, place, signal)),
    orReason('eks:ListClusters', signal, () => clusterPods(sessions, place, signal)),
  ]);
  const byImage = byKey(images, [
    ...(typeof tasks === 'string' ? [] : tasks),
    ...(typeof pods === 'string' ? [] : pods.containers),
  ]);
  const indexes = images.filter((image) => INDEX_TYPES.includes(image.manifestType ?? '') && byImage.has(keyOf(image)));
  const members = await orReason('ecr:BatchGetImage', signal, () => membersOf(sessions, place, indexes, signal));
  const unread = [
    ...(typeof tasks === 'string' ? [`Tasks of ECS are not known: ${tasks}`] : []),
    ...(typeof pods === 'string' ? [`Pods of EKS are not known: ${pods}`] : pods.unread),
    ...(typeof members === 'string' ? [`Images of the indexes that run are not known: ${members}`] : []),
  ];
  for (const [member, index] of typeof members === 'string' ? [] : members) {
    byImage.set(member, [...(byImage.get(member) ?? []), ...(byImage.get(index) ?? [])]);
  }
  return (image) => {
    const used = byImage.get(keyOf(image)) ?? [];
    return { count: used.length, clusters: [...new Set(used.map(({ cluster }) => cluster))].sort(), unread };
  };
}

const keyOf = ({ repositoryUri, digest }: Pick<StoredImage, 'repositoryUri' | 'digest'>): string =>
  `${repositoryUri}@${digest}`;

/** A container runs an image when it tells its digest, or else when it names it by a tag that the image has now. */
function byKey(
  images: readonly StoredImage[],
  running: readonly RunningContainer[],
): Map<string, readonly RunningContainer[]> {
  const keys = new Map<string, string>();
  for (const image of images) {
    for (const tag of image.tags) keys.set(`${image.repositoryUri}:${tag}`, keyOf(image));
  }
  const found = new Map<string, RunningContainer[]>();
  for (const container of running) {
    const { digest, image } = container;
    const key = digest === null ? (keys.get(image) ?? image) : `${repositoryOf(image)}@${digest}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [container]);
    else known.push(container);
  }
  return found;
}

/** `registry/team/app` of `registry/team/app:1.2@sha256:…`. */
function repositoryOf(image: string): string {
  const [name = ''] = image.split('@', 1);
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/**
 * The images of an index, each with the index: who pulls `app:1.2` tells the digest of its index, and what is scanned are the images
 * in it.
 */
async function membersOf(
  sessions: AwsSessions,
  place: Place,
  indexes: readonly StoredImage[],
  signal: AbortSignal,
): Promise<readonly (readonly [member: string, index: string])[]> {
  const client = sessions.client('ecr', ECRClient, place);
  const found: [string, string][] = [];
  for (const [repositoryName, all] of Map.groupBy(indexes, ({ repository }) => repository)) {
    for (let start = 0; start < all.length; start += IMAGES_MAX) {
      signal.throwIfAborted();
      const asked = all.slice(start, start + IMAGES_MAX);
      const { images = [] } = await client.send(
        new BatchGetImageCommand({
          repositoryName,
          imageIds: asked.map(({ digest }) => ({ imageDigest: digest })),
          acceptedMediaTypes: INDEX_TYPES,
        }),
      );
      const { repositoryUri = '' } = asked[0] ?? {};
      for (const { imageId, imageManifest = '' } of images) {
        const index = `${repositoryUri}@${imageId?.imageDigest}`;
        for (const digest of manifestsOf(imageManifest)) found.push([`${repositoryUri}@${digest}`, index]);
      }
    }
  }
  return found;
}

function manifestsOf(manifest: string): readonly string[] {
  try {
    return objectsOf(asObject(JSON.parse(manifest))?.manifests).flatMap(({ digest }) => asText(digest) ?? []);
  } catch {
    return [];
  }
}
