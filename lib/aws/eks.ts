import { DescribeClusterCommand, EKSClient, paginateListClusters } from '@aws-sdk/client-eks';
import pLimit from 'p-limit';
import type { Place } from '../core/model/cloud.ts';
import { awsFailure } from './failure.ts';
import type { RunningContainer } from './image-usage.ts';
import { eksToken, type KubernetesEndpoint, KubernetesError, podContainers } from './kubernetes.ts';
import type { AwsSessions } from './session.ts';

/** Clusters that are asked at the same time: one that does not answer takes its time alone. */
const CLUSTERS_AT_ONCE = 8;
/** A control plane that sends its pods more slowly is left. */
const CLUSTER_MS = 120_000;

/** What runs in the pods of a region, and which clusters did not tell, one sentence each. */
export interface PodsOfRegion {
  readonly containers: readonly RunningContainer[];
  readonly unread: readonly string[];
}

/** Containers of all pods that run in the EKS clusters of a region. A cluster that cannot be read is told and left. */
export async function clusterPods(sessions: AwsSessions, place: Place, signal: AbortSignal): Promise<PodsOfRegion> {
  const client = sessions.client('eks', EKSClient, place);
  const names: string[] = [];
  for await (const { clusters = [] } of paginateListClusters({ client }, {})) {
    signal.throwIfAborted();
    names.push(...clusters);
  }
  const limit = pLimit(CLUSTERS_AT_ONCE);
  const read = await Promise.all(names.map((name) => limit(() => podsOf(client, place, name, signal))));
  return {
    containers: read.flatMap((one) => (typeof one === 'string' ? [] : one)),
    unread: read.filter((one) => typeof one === 'string'),
  };
}

async function podsOf(
  client: EKSClient,
  place: Place,
  name: string,
  signal: AbortSignal,
): Promise<readonly RunningContainer[] | string> {
  signal.throwIfAborted();
  try {
    const { cluster } = await client.send(new DescribeClusterCommand({ name }));
    const authority = cluster?.certificateAuthority?.data;
    if (cluster?.endpoint === undefined || authority === undefined) {
      return cluster?.status === 'CREATING' ? [] : `The EKS cluster ${name} has no address (${cluster?.status}).`;
    }
    const endpoint: KubernetesEndpoint = {
      cluster: name,
      region: place.region,
      url: cluster.endpoint,
      authority: Buffer.from(authority, 'base64').toString('utf8'),
    };
    const token = async (): Promise<string> => eksToken(endpoint, await client.config.credentials(), new Date());
    const limited = AbortSignal.any([signal, AbortSignal.timeout(CLUSTER_MS)]);
    const containers = await podContainers(endpoint, token, limited);
    return containers.map((container) => ({ ...container, cluster: cluster.arn ?? name }));
  } catch (error) {
    signal.throwIfAborted();
    return whyNot(name, error);
  }
}

function whyNot(name: string, error: unknown): string {
  if (error instanceof KubernetesError) {
    return error.status === 401 || error.status === 403
      ? `The EKS cluster ${name} lets Harrier's role see no pods: give it an access entry with AmazonEKSViewPolicy.`
      : `The EKS cluster ${name} answered ${error.status} when asked for its pods.`;
  }
  const { state, message } = awsFailure(error, 'eks:DescribeCluster');
  return state === 'unreachable'
    ? `The EKS cluster ${name} does not answer from here; its address may be private.`
    : `The pods of the EKS cluster ${name} are not known: ${message}`;
}
