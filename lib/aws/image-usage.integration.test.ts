import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EcrImageFacts, Place } from '../core/model/cloud.ts';
import { startFaultProxy } from '../testing/fault-proxy.ts';
import { freePort } from '../testing/free-port.ts';
import { awsPeers, type MotoServer, pointSdkAt, startMoto } from '../testing/moto-server.ts';
import { discover } from './discover.ts';
import { eksToken } from './kubernetes.ts';
import { openAwsSessions } from './session.ts';

const peers = awsPeers([]);
const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
const CREDENTIALS = { accessKeyId: 'AKIAHARRIER', secretAccessKey: 'harrier' };
const OCI_IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const place: Place = {
  account: { id: ACCOUNT, name: 'own', organizationalUnit: '', isActive: true, roleArn: null, externalId: null },
  region: REGION,
};
const sha = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const manifest = (name: string): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_IMAGE,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha(name), size: 2 },
    layers: [],
  });

/** A pod as the API of Kubernetes lists it. */
const pod = (
  ...containers: readonly { readonly image: string; readonly imageID: string; readonly state?: object }[]
) => ({
  metadata: { name: 'web' },
  status: {
    phase: 'Running',
    containerStatuses: containers.map((one) => ({ state: { running: { startedAt: '2026-01-01T00:00:00Z' } }, ...one })),
  },
});

let folder = '';
let moto: MotoServer;
let control: Server;
let pods: readonly object[] = [];
let asked: string[] = [];

/** Lists pods page by page to who brings a token of the cluster `readable`, as the authenticator of EKS judges it. */
async function answer(url: URL, authorization: string): Promise<{ status: number; body: object }> {
  const token = authorization.replace(/^Bearer /, '');
  const signed = new URL(Buffer.from(token.replace(/^k8s-aws-v1\./, ''), 'base64url').toString('utf8'));
  const stamp = signed.searchParams.get('X-Amz-Date') ?? '';
  const at = new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (token !== (await eksToken({ cluster: 'readable', region: REGION }, CREDENTIALS, at))) {
    return { status: 403, body: { kind: 'Status', code: 403 } };
  }
  asked.push(url.search);
  const limit = Math.min(2, Number(url.searchParams.get('limit')));
  const start = Number(url.searchParams.get('continue') ?? 0);
  const more = start + limit < pods.length ? { continue: String(start + limit) } : {};
  return { status: 200, body: { kind: 'PodList', metadata: more, items: pods.slice(start, start + limit) } };
}

beforeAll(async () => {
  if (peers === null) return;
  folder = mkdtempSync(join(tmpdir(), 'harrier-eks-'));
  execFileSync(peers.python, ['-c', CERTIFICATE, folder]);
  const cert = readFileSync(join(folder, 'cert.pem'));
  control = createServer({ cert, key: readFileSync(join(folder, 'key.pem')) }, (request, response) => {
    answer(new URL(request.url ?? '/', 'https://control'), request.headers.authorization ?? '').then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.writeHead(500).end(),
    );
  });
  control.listen(0, '127.0.0.1');
  await once(control, 'listening');
  const authority = cert.toString('base64');
  const endpoint = `https://127.0.0.1:${(control.address() as AddressInfo).port}`;
  moto = await startMoto(peers.python, folder, {
    software: {},
    clusters: {
      readable: { endpoint, authority },
      forbidden: { endpoint, authority },
      private: { endpoint: `https://127.0.0.1:${await freePort()}`, authority },
    },
  });
  pointSdkAt(moto);
  const ecr = new ECRClient({ region: REGION });
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' }));
  const put = (imageManifest: string, imageManifestMediaType: string, imageTag?: string) =>
    ecr.send(
      new PutImageCommand({
        repositoryName: 'team/app',
        imageManifest,
        imageManifestMediaType,
        ...(imageTag && { imageTag }),
      }),
    );
  for (const name of ['by-digest', 'by-tag', 'idle']) await put(manifest(name), OCI_IMAGE, name);
  await put(manifest('member'), OCI_IMAGE);
  await put(INDEX, OCI_INDEX, 'multi');
}, 60_000);

afterAll(async () => {
  control?.close();
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const INDEX = JSON.stringify({
  schemaVersion: 2,
  mediaType: OCI_INDEX,
  manifests: [
    {
      mediaType: OCI_IMAGE,
      digest: sha(manifest('member')),
      size: manifest('member').length,
      platform: { os: 'linux', architecture: 'arm64' },
    },
  ],
});

async function usage(): Promise<ReadonlyMap<string, EcrImageFacts>> {
  const sessions = openAwsSessions({ homeRegion: REGION, endpoint: null });
  try {
    const found = await discover(sessions, place, 'ecr', {
      signal: new AbortController().signal,
      now: new Date(),
      functionDays: 90,
    });
    return new Map(
      found.flatMap(({ facts }) => (facts.kind === 'ecr' ? [[facts.tags[0] ?? 'member', facts] as const] : [])),
    );
  } finally {
    sessions.close();
  }
}

const createCluster = (name: string) =>
  new EKSClient({ region: REGION }).send(
    new CreateClusterCommand({
      name,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/eks`,
      resourcesVpcConfig: { subnetIds: ['subnet-1'] },
    }),
  );

describe.skipIf(peers === null)('the use of images by pods of EKS', () => {
  it('counts the containers that run, by digest and by tag, over pages, and the members of an index', async () => {
    await createCluster('readable');
    const uri = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/team/app`;
    pods = [
      pod({ image: `${uri}:by-digest`, imageID: `${uri}@${sha(manifest('by-digest'))}` }),
      pod(
        { image: `${uri}:by-tag`, imageID: '' },
        { image: 'sha256:1234', imageID: `docker-pullable://${uri}@${sha(manifest('by-digest'))}` },
        { image: `${uri}:idle`, imageID: `${uri}@${sha(manifest('idle'))}`, state: { waiting: { reason: 'BackOff' } } },
      ),
      {
        ...pod(),
        status: {
          phase: 'Running',
          initContainerStatuses: [{ image: `${uri}:multi`, imageID: `${uri}@${sha(INDEX)}`, state: { running: {} } }],
        },
      },
      pod({ image: 'docker.io/library/nginx:1.25', imageID: `docker.io/library/nginx@${sha('nginx')}` }),
      { metadata: {}, status: 'nonsense' },
    ];
    asked = [];
    const images = await usage();
    const cluster = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/readable`;
    const of = (name: string) => images.get(name)?.inUse;
    expect(of('by-digest')).toEqual({ count: 2, clusters: [cluster], unread: [] });
    expect(of('by-tag')).toEqual({ count: 1, clusters: [cluster], unread: [] });
    expect(of('multi')).toEqual({ count: 1, clusters: [cluster], unread: [] });
    expect(of('member')).toEqual({ count: 1, clusters: [cluster], unread: [] });
    expect(of('idle')).toEqual({ count: 0, clusters: [], unread: [] });
    expect(asked).toHaveLength(3);
  });

  it('says which clusters could not be read, and reads the others', async () => {
    await createCluster('forbidden');
    await createCluster('private');
    const images = await usage();
    expect(images.get('by-digest')?.inUse.count).toBe(2);
    expect(images.get('idle')?.inUse.unread.toSorted()).toEqual([
      "The EKS cluster forbidden lets Harrier's role see no pods: give it an access entry with AmazonEKSViewPolicy.",
      'The EKS cluster private does not answer from here; its address may be private.',
    ]);
  });

  it('says so where nobody may read what an index holds', async () => {
    const proxy = await startFaultProxy(moto.endpoint);
    try {
      pointSdkAt(proxy);
      proxy.setFault(({ headers }) =>
        String(headers['x-amz-target']).endsWith('.BatchGetImage')
          ? { kind: 'answer', status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }) }
          : null,
      );
      const images = await usage();
      expect(images.get('member')?.inUse.unread).toContain(
        'Images of the indexes that run are not known: ecr:BatchGetImage is denied.',
      );
    } finally {
      pointSdkAt(moto);
      await proxy.close();
    }
  });

  it('brings the token that the AWS CLI would bring', async () => {
    const theirs = execFileSync(peers?.python ?? '', ['-c', BOTOCORE_TOKEN, 'readable', REGION], {
      encoding: 'utf8',
    }).trim();
    const stamp = new URL(theirs).searchParams.get('X-Amz-Date') ?? '';
    const at = new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    const token = await eksToken(
      { cluster: 'readable', region: REGION },
      { ...CREDENTIALS, sessionToken: 'a/token+of=session' },
      at,
    );
    const ours = new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString('utf8'));
    expect(`${ours.origin}${ours.pathname}`).toBe(`${new URL(theirs).origin}/`);
    expect([...ours.searchParams].toSorted()).toEqual([...new URL(theirs).searchParams].toSorted());
  });
});

/** What `aws eks get-token` does, with botocore's own signer. */
const BOTOCORE_TOKEN = `
import sys
import botocore.session
from botocore.credentials import Credentials
from botocore.signers import RequestSigner
from botocore.model import ServiceId
cluster, region = sys.argv[1:]
session = botocore.session.Session()
signer = RequestSigner(ServiceId("sts"), region, "sts", "v4", Credentials("AKIAHARRIER", "harrier", "a/token+of=session"), session.get_component("event_emitter"))
print(signer.generate_presigned_url({
    "method": "GET",
    "url": f"https://sts.{region}.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15",
    "body": {},
    "headers": {"x-k8s-aws-id": cluster},
    "context": {},
}, region_name=region, expires_in=60, operation_name=""))
`;

/** A certificate of 127.0.0.1 that signed itself. */
const CERTIFICATE = `
import datetime, ipaddress, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "control plane")])
now = datetime.datetime.now(datetime.timezone.utc)
made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
    .not_valid_after(now + datetime.timedelta(days=1))
    .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
    .add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256()))
open(sys.argv[1] + "/cert.pem", "wb").write(made.public_bytes(serialization.Encoding.PEM))
open(sys.argv[1] + "/key.pem", "wb").write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
`;
