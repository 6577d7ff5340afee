import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import pLimit from 'p-limit';
import { SAMPLE_NPM } from '../sample/language-packages.ts';
import { SAMPLE_PACKAGES, type SampleRelease } from '../sample/packages.ts';
import { layerTar, sha256 } from './layer-tar.ts';
import { buildZip } from './zip-builder.ts';

/** What a place is filled with. */
export interface PlaceContents {
  /** Instances by what tells SSM of them: the name of a software, null for none. */
  readonly instances: readonly {
    readonly count: number;
    readonly software: string | null;
    readonly tags?: Readonly<Record<string, string>>;
    readonly disk?: string;
    readonly isStopped?: boolean;
  }[];
  readonly repositories: readonly { readonly name: string; readonly images: number }[];
  readonly functions: number;
}

export interface SeededAccount {
  readonly id: string;
  readonly name: string;
}

/** The registry loses uploads of one blob that come at the same time. */
const pushLimit = pLimit(1);
const CREDENTIALS = { accessKeyId: 'AKIAFIXTURE', secretAccessKey: 'fixture' };
const REGISTRY_LOGIN = `Basic ${Buffer.from('AWS:ecr-token').toString('base64')}`;

/** Fills accounts of moto, from outside: what is made here Harrier has to find. */
export function openAwsFixture(endpoint: string, registry: string | null) {
  const config = (region: string) => ({ endpoint, region, credentials: CREDENTIALS, maxAttempts: 1 });

  /** A client in any account, without a role: moto's own header. */
  const inAccount = <C extends { readonly middlewareStack: { add(middleware: never, options: never): void } }>(
    client: C,
    account: string,
  ): C => {
    const named = (next: (args: unknown) => unknown) => (args: { request: { headers: Record<string, string> } }) => {
      args.request.headers['x-moto-account-id'] = account;
      return next(args);
    };
    client.middlewareStack.add(named as never, { step: 'build', name: 'inAccount' } as never);
    return client;
  };

  const fill = async (account: string, region: string, contents: PlaceContents): Promise<void> => {
    const ec2 = inAccount(new EC2Client(config(region)), account);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId ?? '', CidrBlock: '10.0.0.0/20' }));
    for (const { count, software, tags = {}, disk, isStopped } of contents.instances) {
      const all = {
        ...tags,
        ...(software === null ? {} : { 'test:software': software }),
        ...(disk === undefined ? {} : { 'test:disk': disk }),
      };
      const { Instances = [] } = await ec2.send(
        new RunInstancesCommand({
          ImageId: 'ami-0123456789abcdef0',
          InstanceType: 't3.micro',
          MinCount: count,
          MaxCount: count,
          ...(Subnet?.SubnetId === undefined ? {} : { SubnetId: Subnet.SubnetId }),
          TagSpecifications: [
            { ResourceType: 'instance', Tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value })) },
          ],
        }),
      );
      if (isStopped === true) {
        await ec2.send(
          new StopInstancesCommand({ InstanceIds: Instances.flatMap(({ InstanceId }) => InstanceId ?? []) }),
        );
      }
    }
    if (contents.repositories.length > 0 && registry !== null) {
      const ecr = inAccount(new ECRClient(config(region)), account);
      for (const { name, images } of contents.repositories) {
        await ecr.send(new CreateRepositoryCommand({ repositoryName: name }));
        for (let n = 0; n < images; n += 1) {
          const manifest = await pushLimit(() => pushImage(registry, name, `${account} ${region} ${name} ${n}`, n));
          await ecr.send(
            new PutImageCommand({
              repositoryName: name,
              imageManifest: manifest,
              imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
              imageTag: `v${n}`,
            }),
          );
        }
      }
      await inAccount(new ECSClient(config(region)), account).send(new CreateClusterCommand({ clusterName: 'main' }));
    }
    const lambda = inAccount(new LambdaClient(config(region)), account);
    for (let n = 0; n < contents.functions; n += 1) {
      await lambda.send(
        new CreateFunctionCommand({
          FunctionName: `function-${n}`,
          Runtime: 'nodejs22.x',
          Role: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
          Handler: 'index.handler',
          Code: { ZipFile: functionZip(`${account} ${region} ${n}`, n) },
          Tags: { Environment: n % 2 === 0 ? 'prod' : 'staging' },
        }),
      );
    }
  };

  return {
    /** An organization of so many accounts in two units, besides the one that manages it. */
    async organization(count: number): Promise<readonly SeededAccount[]> {
      const client = new OrganizationsClient(config('us-east-1'));
      await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
      const { Roots = [] } = await client.send(new ListRootsCommand({}));
      const root = Roots[0]?.Id ?? '';
      const units: string[] = [];
      for (const Name of ['prod', 'sandbox']) {
        const made = await client.send(new CreateOrganizationalUnitCommand({ ParentId: root, Name }));
        units.push(made.OrganizationalUnit?.Id ?? '');
      }
      const accounts: SeededAccount[] = [];
      for (let n = 0; n < count; n += 1) {
        const name = `team-${String(n).padStart(2, '0')}`;
        const made = await client.send(new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }));
        const id = made.CreateAccountStatus?.AccountId ?? '';
        await client.send(
          new MoveAccountCommand({ AccountId: id, SourceParentId: root, DestinationParentId: units[n % 2] ?? root }),
        );
        accounts.push({ id, name });
      }
      return accounts;
    },
    fill,
    inAccount,
    config,
    /** Several places, a few at a time: moto is one process. */
    async fillAll(
      accounts: readonly SeededAccount[],
      regions: readonly string[],
      contents: (account: number, region: number) => PlaceContents,
    ): Promise<void> {
      const limit = pLimit(4);
      await Promise.all(
        accounts.flatMap(({ id }, a) => regions.map((region, r) => limit(() => fill(id, region, contents(a, r))))),
      );
    },
  };
}

const RELEASES: readonly SampleRelease[] = ['debian-11', 'debian-12', 'ubuntu-20.04', 'ubuntu-22.04'];

/** The files of a release's package database, with what it was published with. */
export function releaseFiles(release: SampleRelease): Readonly<Record<string, string>> {
  const { osRelease, base } = SAMPLE_PACKAGES[release];
  const status = base.flatMap(({ source, version, binaries }) =>
    binaries.map(
      (name) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\n${name === source ? '' : `Source: ${source}\n`}Version: ${version}\n\n`,
    ),
  );
  return { 'etc/os-release': osRelease, 'var/lib/dpkg/status': status.join('') };
}

/** A base that others share and a layer of its own with an application. */
async function pushImage(registry: string, repository: string, seed: string, n: number): Promise<string> {
  const release = RELEASES[n % RELEASES.length] ?? 'debian-12';
  const packages = SAMPLE_NPM.server;
  const application = Object.fromEntries(
    packages.map(({ name, version }) => [
      `srv/app/node_modules/${name}/package.json`,
      JSON.stringify({ name, version }),
    ]),
  );
  const layers = [
    await layerTar(releaseFiles(release)),
    await layerTar({ ...application, 'srv/app/seed.txt': seed }),
  ].map((tar) => ({ tar, stored: gzipSync(tar) }));
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map(({ tar }) => sha256(tar)) },
    history: layers.map(() => ({ created_by: 'COPY' })),
  });
  const put = async (content: Uint8Array | string): Promise<{ digest: string; size: number }> => {
    const digest = sha256(content);
    await pushBlob(registry, repository, digest, content);
    return { digest, size: Buffer.byteLength(content) };
  };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const stored: { mediaType: string; digest: string; size: number }[] = [];
  for (const layer of layers) {
    stored.push({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...(await put(layer.stored)) });
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...(await put(config)) },
    layers: stored,
  });
  await asked(`${registry}/v2/${repository}/manifests/${sha256(manifest)}`, {
    method: 'PUT',
    body: manifest,
    headers: { 'content-type': mediaType },
  });
  return manifest;
}

async function pushBlob(
  registry: string,
  repository: string,
  digest: string,
  content: Uint8Array | string,
): Promise<void> {
  const begun = await asked(`${registry}/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  const location = new URL(begun.headers.get('location') ?? '', registry);
  location.searchParams.set('digest', digest);
  await asked(location.href, {
    method: 'PUT',
    body: typeof content === 'string' ? content : Buffer.from(content),
    headers: { 'content-type': 'application/octet-stream' },
  });
}

async function asked(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, headers: { ...init.headers, authorization: REGISTRY_LOGIN } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method} ${url}: ${response.status} ${text.slice(0, 500)}`);
  return response;
}

function functionZip(seed: string, n: number): Uint8Array {
  const packages = n % 2 === 0 ? SAMPLE_NPM.server : SAMPLE_NPM.worker;
  return buildZip([
    {
      name: 'index.js',
      content: `exports.handler = async () => '${createHash('sha256').update(seed).digest('hex')}';\n`,
    },
    ...packages.map(({ name, version }) => ({
      name: `node_modules/${name}/package.json`,
      content: JSON.stringify({ name, version }),
    })),
  ]);
}
