import { request } from 'node:https';
import type { Readable } from 'node:stream';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, HttpRequest } from '@smithy/types';
import { asArray, asObject, asText } from '../core/model/raw.ts';
import { domainOf } from './partition.ts';

/** A control plane of Kubernetes as EKS names it. */
export interface KubernetesEndpoint {
  readonly cluster: string;
  readonly region: string;
  /** `https://….eks.amazonaws.com`. */
  readonly url: string;
  /** The authority that signed its certificate, as PEM. */
  readonly authority: string;
}

/** A container of a pod that runs. */
export interface PodContainer {
  /** As the pod names it. */
  readonly image: string;
  /** Digest of what was pulled; null where the node did not tell. */
  readonly digest: string | null;
}

/** The answer of a control plane that is not a list of pods. */
export class KubernetesError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the control plane answered ${status}`);
    this.name = 'KubernetesError';
    this.status = status;
  }
}

const TOKEN_SECONDS = 60;
const PODS_A_PAGE = 250;
/** More pods than the largest cluster that EKS supports has; a control plane that goes on and on is left. */
const PAGES_MAX = 800;
/** A page of 250 pods is about 2 MB. */
const PAGE_BYTES_MAX = 64 * 1024 * 1024;
const SILENCE_MS = 10_000;

/**
 * The token of an EKS cluster: a GetCallerIdentity call signed for it, which the cluster sends to STS to learn who asks.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator (API authorization from outside a cluster).
 */
export async function eksToken(
  { cluster, region }: Pick<KubernetesEndpoint, 'cluster' | 'region'>,
  credentials: AwsCredentialIdentity,
  now: Date,
): Promise<string> {
  const hostname = `sts.${region}.${domainOf(region)}`;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const call: HttpRequest = {
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host: hostname, 'x-k8s-aws-id': cluster },
  };
  const { query = {} } = await signer.presign(call, { expiresIn: TOKEN_SECONDS, signingDate: now });
  const parts = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `k8s-aws-v1.${Buffer.from(`https://${hostname}/?${parts.join('&')}`).toString('base64url')}`;
}

/** Containers of the pods that run in a cluster, page by page. Throws KubernetesError, and what the network throws. */
export async function podContainers(
  endpoint: KubernetesEndpoint,
  token: () => Promise<string>,
  signal: AbortSignal,
): Promise<readonly PodContainer[]> {
  const found: PodContainer[] = [];
  let next = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const path = `/api/v1/pods?limit=${PODS_A_PAGE}&fieldSelector=status.phase%3DRunning`;
    const list = asObject(
      await ask(endpoint, next === '' ? path : `${path}&continue=${encodeURIComponent(next)}`, await token(), signal),
    );
    for (const pod of asArray(list?.items)) found.push(...runningIn(asObject(pod)?.status));
    next = asText(asObject(list?.metadata)?.continue) ?? '';
    if (next === '') return found;
  }
  throw new Error(`the control plane gave more than ${PAGES_MAX} pages of pods`);
}

/** What a node tells of the image that it pulled: `registry/team/app@sha256:…`, older ones with a scheme before it. */
const PULLED = /^(?:docker-pullable:\/\/)?([^@]+)@(sha256:[0-9a-f]{64})$/;
const STATUSES = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'] as const;

/** Containers that run now: an init container only while it does, as sidecars do. */
function runningIn(status: unknown): readonly PodContainer[] {
  const known = asObject(status);
  return STATUSES.flatMap((name) => asArray(known?.[name])).flatMap((raw): readonly PodContainer[] => {
    const container = asObject(raw);
    if (asObject(asObject(container?.state)?.running) === null) return [];
    const [, name, digest] = PULLED.exec(asText(container?.imageID) ?? '') ?? [];
    return [{ image: name ?? asText(container?.image) ?? '', digest: digest ?? null }];
  });
}

function ask({ url, authority }: KubernetesEndpoint, path: string, token: string, signal: AbortSignal) {
  return new Promise<unknown>((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      {
        ca: authority,
        signal,
        timeout: SILENCE_MS,
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      },
      (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          reject(new KubernetesError(response.statusCode ?? 0));
          return;
        }
        readJson(response).then(resolve, reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('timed out')));
    sent.on('error', reject);
    sent.end();
  });
}

async function readJson(body: Readable): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > PAGE_BYTES_MAX) throw new Error('the control plane answered with more than any list of pods has');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
