import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAwsEstate } from '../aws/aws-estate.ts';
import { runCommand } from '../aws/run-command.ts';
import { type AwsCall, openAwsSessions } from '../aws/session.ts';
import { SCAN_POLICY } from '../core/coverage/eligibility.ts';
import { collectHost } from '../core/inventory/host-filesystem.ts';
import type { InstanceFacts, Place } from '../core/model/cloud.ts';
import { jobId } from '../core/model/ids.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { openHostDirectory } from '../filesystem/host-directory.ts';
import type { JobContext } from '../jobs/contracts.ts';
import { discoverEstateHandler } from '../jobs/handlers/discover-estate.ts';
import { scanEstateHandler } from '../jobs/handlers/scan-estate.ts';
import { openSampleIndex } from '../sample/sample-index.ts';
import { openAwsFixture } from '../testing/aws-fixture.ts';
import { ubuntuSoftware } from '../testing/aws-software.ts';
import { type FaultProxy, startFaultProxy } from '../testing/fault-proxy.ts';
import { DEBIAN_HOST, type HostRoot, openHostRoot } from '../testing/host-tree.ts';
import { awsPeers, type MotoServer, pointSdkAt, startMoto } from '../testing/moto-server.ts';
import { storeDependencies } from '../testing/store-dependencies.ts';
import { openStoreFixture } from '../testing/store-fixture.ts';
import { openAwsCollectors } from './collect-aws.ts';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';
const PLACE: Place = {
  region: REGION,
  account: {
    id: ACCOUNT,
    name: 'test',
    organizationalUnit: '',
    roleArn: null,
    externalId: null,
    isActive: true,
  },
};
const { signal } = new AbortController();

const peers = awsPeers([]);
let folder = '';
let moto: MotoServer;
let proxy: FaultProxy;
let debian: HostRoot;
let large: HostRoot;
let calls: AwsCall[] = [];
let instances: ReadonlyMap<string, InstanceFacts> = new Map();

/** A machine with so many packages that its result has several slices. */
function largeHost(): HostRoot {
  const stanzas = Array.from({ length: 3_000 }, (_, n) => {
    const version = `${(n * 40_503) % 65_536}.${(n * 2_654_435_761) % 1_000_003}-1`;
    return `Package: package-${(n * 7_919) % 10_007}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;
  });
  return openHostRoot({
    'etc/os-release': 'ID=ubuntu\nVERSION_ID="22.04"\nVERSION_CODENAME=jammy\n',
    'var/lib/dpkg/status': stanzas.join(''),
  });
}

beforeAll(async () => {
  if (peers === null) return;
  folder = mkdtempSync(join(tmpdir(), 'harrier-command-'));
  debian = openHostRoot(DEBIAN_HOST);
  large = largeHost();
  const slow = join(folder, 'slow');
  writeFileSync(slow, '#!/bin/sh\nexec sleep 3\n', { mode: 0o755 });
  const failing = join(folder, 'failing');
  writeFileSync(failing, '#!/bin/sh\necho "awk is not installed" >&2\nexit 3\n', { mode: 0o755 });
  moto = await startMoto(peers.python, folder, { software: { ubuntu: ubuntuSoftware(new Date()) } });
  proxy = await startFaultProxy(moto.endpoint);
  pointSdkAt(proxy);
  const machine = (Name: string, tags: Readonly<Record<string, string>>, isStopped = false) => ({
    count: 1,
    software: 'ubuntu',
    tags: { Name, ...tags },
    isStopped,
  });
  await openAwsFixture(moto.endpoint, null).fill(ACCOUNT, REGION, {
    instances: [
      machine('debian', { 'test:root': debian.root }),
      machine('large', { 'test:root': large.root }),
      machine('slow', { 'test:shell': slow }),
      machine('failing', { 'test:shell': failing }),
      machine('silent', { 'test:command': 'DeliveryTimedOut' }),
      machine('endless', { 'test:command': 'ExecutionTimedOut' }),
      machine('refusing', { 'test:command': 'AccessDenied' }),
      machine('stopped', {}, true),
    ],
    repositories: [],
    functions: 0,
  });
  const estate = openAwsEstate(aws());
  const found = await estate.discover(PLACE, 'ec2', { signal, now: new Date(), functionDays: 90 });
  estate.close();
  if (found.state !== 'read') throw new Error(found.message);
  instances = new Map(
    found.value.flatMap(({ resource, facts }) => (facts.kind === 'ec2' ? [[resource.name, facts] as const] : [])),
  );
}, 120_000);

afterAll(async () => {
  await proxy?.close();
  await moto?.stop();
  debian?.remove();
  large?.remove();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  calls = [];
  onSend = () => undefined;
  proxy?.setFault(() => null);
});

/** Told of each command before it is sent, with its number. */
let onSend: (count: number) => void = () => undefined;

function aws() {
  return {
    homeRegion: 'us-east-1',
    endpoint: proxy.endpoint,
    onCall: (call: AwsCall) => {
      calls.push(call);
      if (call.action === 'ssm:SendCommand') onSend(sent());
    },
  };
}

const sent = (): number => calls.filter(({ action }) => action === 'ssm:SendCommand').length;

function openCollectors() {
  return openAwsCollectors({
    ...aws(),
    dataDirectory: folder,
    image: () => Promise.reject(new Error('no images here')),
    now: () => new Date(),
    snapshots: { begin: async () => undefined, end: async () => undefined },
  });
}

async function collected(name: string): Promise<Inventory> {
  const collectors = openCollectors();
  const facts = instances.get(name);
  if (facts === undefined) throw new Error(`${name} was not discovered`);
  try {
    return await collectors['ssm-command']({ place: PLACE, facts, signal });
  } finally {
    collectors.close();
  }
}

const onHost = ({ root }: HostRoot): Promise<Inventory> => collectHost(openHostDirectory(root, { signal }), signal);

describe.skipIf(peers === null)('a command on an instance', () => {
  it('finds what a scan of the same machine finds', async () => {
    const inventory = await collected('debian');
    const host = await onHost(debian);

    expect(inventory.packages).toEqual(host.packages);
    expect(inventory.packages.length).toBeGreaterThan(60);
    expect(inventory).toMatchObject({ outcome: host.outcome, distro: host.distro });
    expect(sent()).toBe(1);
  });

  it('runs again for each slice of a large result', async () => {
    const inventory = await collected('large');

    expect(inventory.packages).toEqual((await onHost(large)).packages);
    expect(inventory).toMatchObject({ outcome: 'complete', distro: { id: 'ubuntu' } });
    expect(sent()).toBeGreaterThan(1);
  });

  it('begins again where the machine changed between two slices', async () => {
    onSend = (count) => {
      if (count !== 2) return;
      mkdirSync(join(large.root, 'opt/new.egg-info'), { recursive: true });
      writeFileSync(join(large.root, 'opt/new.egg-info/PKG-INFO'), 'Name: new\nVersion: 1.0\n\n');
    };
    const inventory = await collected('large');

    expect(inventory.packages).toEqual((await onHost(large)).packages);
    expect(inventory.packages.at(-1)).toMatchObject({ name: 'new' });
  });

  it.each([
    ['failing', 'INTERNAL_ERROR', 'awk is not installed'],
    ['silent', 'UNMANAGED_EC2_INSTANCE', 'DeliveryTimedOut'],
    ['endless', 'DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED', 'ExecutionTimedOut'],
    ['stopped', 'UNMANAGED_EC2_INSTANCE', 'InvalidInstanceId'],
  ])('that does not end well is a failed inventory: %s', async (name, reason, words) => {
    const inventory = await collected(name);

    expect(inventory).toMatchObject({ outcome: 'failed', reason, packages: [] });
    expect(inventory.diagnostics[0]?.message).toContain(words);
  });

  it('is given up where it does not end, and when the scan is cancelled', async () => {
    const sessions = openAwsSessions(aws());
    const limits = { firstLookMs: 50, longestPauseMs: 100, allMs: 500 };
    const id = instances.get('slow')?.instanceId ?? '';

    expect(await runCommand(sessions, PLACE, id, ['true'], signal, limits)).toMatchObject({ status: 'timed-out' });
    const cancelled = AbortSignal.timeout(300);
    await expect(runCommand(sessions, PLACE, id, ['true'], cancelled)).rejects.toThrow();
    sessions.close();
  });
});

const denied = (target: string) =>
  proxy.setFault(({ service, headers }) =>
    service === 'ssm' && String(headers['x-amz-target']).endsWith(target)
      ? { kind: 'answer', status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }) }
      : null,
  );

describe.skipIf(peers === null)('a command that is denied', () => {
  it.each(['SendCommand', 'GetCommandInvocation'])(
    'at %s leaves what the inventory of SSM has, and says so',
    async (target) => {
      denied(target);
      const inventory = await collected('debian');

      expect(inventory).toMatchObject({ outcome: 'partial', reason: 'SOURCES_UNKNOWN', distro: { id: 'ubuntu' } });
      expect(inventory.packages.map(({ name }) => name)).toContain('libssl3');
      expect(inventory.diagnostics.at(-1)).toMatchObject({
        level: 'info',
        message: expect.stringContaining('Its packages are those of the inventory of SSM.'),
      });
    },
  );

  it('on one instance alone as well', async () => {
    expect(await collected('refusing')).toMatchObject({ outcome: 'partial', reason: 'SOURCES_UNKNOWN' });
  });
});

describe.skipIf(peers === null)('an estate', () => {
  it('is scanned by commands where the policy says so', async () => {
    const fixture = await openStoreFixture();
    try {
      const index = openSampleIndex(12, new Date());
      const deps = storeDependencies(
        fixture,
        () => new Date(),
        () => index,
      );
      const connection = {
        id: '6f3c1a52-8a3e-4f0e-9b61-2f5f5b0f2b11',
        name: 'Test',
        kind: 'account',
        roleArns: [],
        memberRole: '',
        externalId: null,
        regions: [REGION],
        queueArn: null,
      } as const;
      await deps.cloud.saveConnection(connection, 'test', new Date());
      const job: JobContext = {
        id: jobId('00000000-0000-4000-8000-000000000001'),
        signal,
        progress: async () => undefined,
        log: async () => undefined,
      };
      await fixture.database.pool.query(
        `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-estate', 'x', 'running', '{}', now())`,
        [job.id],
      );
      const policy = async () => ({ ...SCAN_POLICY, ec2Command: true });
      const openAws = () => openAwsEstate(aws());
      await discoverEstateHandler({ dependencies: deps, openAws, policy }).run({ connections: [], places: [] }, job);
      await scanEstateHandler({
        dependencies: deps,
        openCollectors,
        readVex: async () => ({ statements: [], problems: [] }),
        removeLeftSnapshots: async () => undefined,
      }).run({}, job);
      const { rows } = await fixture.database.pool.query(
        `select r.name, e.way, c.outcome, c.packages from resource r join eligibility e on e.resource_id = r.id
         join coverage c on c.resource_id = r.id where r.name in ('debian', 'large', 'silent') order by 1`,
      );
      expect(rows).toEqual([
        { name: 'debian', way: 'ssm-command', outcome: 'complete', packages: (await onHost(debian)).packages.length },
        { name: 'large', way: 'ssm-command', outcome: 'complete', packages: (await onHost(large)).packages.length },
        { name: 'silent', way: 'ssm-command', outcome: 'failed', packages: 0 },
      ]);
    } finally {
      await fixture.close();
    }
  }, 120_000);
});
