import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeSnapshotsCommand, EC2Client, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAwsEstate } from '../../aws/aws-estate.ts';
import { type AwsCall, openAwsSessions } from '../../aws/session.ts';
import { takeSnapshots } from '../../aws/snapshots.ts';
import { AWS_PERMISSIONS } from '../../core/model/aws-permission.ts';
import type { ChangedPlace } from '../../core/model/cloud.ts';
import { resourceId } from '../../core/model/ids.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { openSampleIndex } from '../../sample/sample-index.ts';
import { openAwsFixture, releaseFiles, type SeededAccount } from '../../testing/aws-fixture.ts';
import { runDiscovery, runEstateScan, SCAN_JOB } from '../../testing/aws-run.ts';
import { amazonSoftware, ubuntuSoftware } from '../../testing/aws-software.ts';
import { buildPackage } from '../../testing/build-inventory.ts';
import { type FaultProxy, startFaultProxy } from '../../testing/fault-proxy.ts';
import { awsPeers, type MotoServer, pointSdkAt, startMoto } from '../../testing/moto-server.ts';
import { type RealRegistry, startRealRegistry } from '../../testing/real-registry.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { removeLeftSnapshots } from '../../wiring/collect-aws.ts';
import { followChanges } from '../schedule.ts';

const REGIONS = ['eu-west-1', 'us-east-1'];
const CONNECTION = '6f3c1a52-8a3e-4f0e-9b61-2f5f5b0f2b11';

const peers = awsPeers(['docker-registry', 'htpasswd', 'mkfs.ext4']);
let folder = '';
let moto: MotoServer;
let proxy: FaultProxy;
let registry: RealRegistry;
let accounts: readonly SeededAccount[];
let fixture: StoreFixture;
let deps: Dependencies;
let now = new Date();
let calls: AwsCall[] = [];
/** Long enough for a busy machine. */
const ANSWER_MS = 20_000;
/** What hangs is given up after this. */
const HANG_MS = 3_000;
let answerMilliseconds = ANSWER_MS;

beforeAll(async () => {
  if (peers === null) return;
  const { python, programs } = peers;
  folder = mkdtempSync(join(tmpdir(), 'harrier-aws-'));
  const users = join(folder, 'htpasswd');
  writeFileSync(users, execFileSync(programs.htpasswd, ['-Bbn', 'AWS', 'ecr-token']));
  registry = await startRealRegistry(programs['docker-registry'], join(folder, 'registry'), {
    htpasswd: { realm: 'ecr', path: users },
  });
  moto = await startMoto(python, folder, {
    software: { amazon: amazonSoftware(now), ubuntu: ubuntuSoftware(now) },
    registry: `http://${registry.host}`,
  });
  proxy = await startFaultProxy(moto.endpoint);
  pointSdkAt(proxy);
  const estate = openAwsFixture(moto.endpoint, `http://${registry.host}`);
  accounts = await estate.organization(2);
  await estate.fillAll(accounts, REGIONS, () => ({
    instances: [
      { count: 4, software: 'amazon', tags: { Name: 'web', Environment: 'prod' } },
      { count: 1, software: 'ubuntu', tags: { Name: 'tools' } },
      { count: 1, software: 'amazon', tags: { Name: 'left-out', InspectorEc2Exclusion: '' } },
      { count: 1, software: 'amazon', tags: { Name: 'asleep' }, isStopped: true },
    ],
    repositories: [{ name: 'team/app', images: 3 }],
    functions: 3,
  }));
}, 120_000);

afterAll(async () => {
  await proxy?.close();
  await moto?.stop();
  await registry?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  if (peers === null) return;
  fixture = await openStoreFixture();
  now = new Date();
  calls = [];
  proxy.setFault(() => null);
  answerMilliseconds = ANSWER_MS;
  const index = openSampleIndex(12, new Date());
  deps = storeDependencies(
    fixture,
    () => now,
    () => index,
  );
  await deps.cloud.saveConnection(
    {
      id: CONNECTION,
      name: 'Test organization',
      kind: 'organization',
      roleArns: [],
      memberRole: 'OrganizationAccountAccessRole',
      externalId: 'harrier-test',
      regions: REGIONS,
      queueArn: null,
    },
    'test',
    now,
  );
  return () => fixture.close();
});

const aws = () => ({
  homeRegion: 'us-east-1',
  endpoint: proxy.endpoint,
  answerMilliseconds,
  onCall: (call: AwsCall) => {
    calls.push(call);
  },
});

function discover(places: readonly ChangedPlace[] = []) {
  return runDiscovery(deps, aws(), places);
}

async function scan() {
  await fixture.database.pool.query(
    `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-estate', 'x', 'running', '{}', now()) on conflict do nothing`,
    [SCAN_JOB],
  );
  return runEstateScan(deps, aws(), join(folder, 'data'));
}

/** Actions that were called and are in no policy; the rights to one are named otherwise than its call. */
function withoutPermission(): readonly string[] {
  const named = new Map([['lambda:GetLayerVersionByArn', 'lambda:GetLayerVersion']]);
  // Everybody may ask who they are.
  const known = new Set(['sts:GetCallerIdentity', ...AWS_PERMISSIONS.map(({ action }) => action)]);
  return calls.map(({ action }) => named.get(action) ?? action).filter((action) => !known.has(action));
}

async function ledger(): Promise<Record<string, number>> {
  const { rows } = await fixture.database.pool.query(
    `select kind || ' ' || state || ' ' || reason as what, count(*)::int as n from coverage_ledger($1, '48 hours') group by 1 order by 1`,
    [now],
  );
  return Object.fromEntries(rows.map(({ what, n }) => [what, n]));
}

describe.skipIf(peers === null)('an organization', () => {
  it('is discovered and scanned, and its ledger adds up', async () => {
    const found = await discover();

    expect(found).toMatchObject({ outcome: 'done' });
    expect(found.message).toContain('52 resources in 3 accounts');
    expect(await ledger()).toMatchObject({ 'ec2 not-assessed PENDING_INITIAL_SCAN': 20 });
    const scanned = await scan();
    expect(scanned.lines.filter((line) => !line.includes('source packages'))).toEqual([]);
    expect(await ledger()).toEqual({
      'ec2 excluded EXCLUDED_BY_TAG': 4,
      'ec2 not-assessed EC2_INSTANCE_STOPPED': 4,
      'ec2 partial SOURCES_UNKNOWN': 4,
      'ec2 scanned SUCCESSFUL': 16,
      'ecr scanned SUCCESSFUL': 12,
      'lambda scanned SUCCESSFUL': 12,
    });
    const { rows } = await fixture.database.pool.query(
      `select count(*)::int as n from finding where status = 'ACTIVE'`,
    );
    expect(rows[0].n).toBeGreaterThan(100);
    expect(calls.filter(({ action }) => !/:(Describe|List|Get)/.test(action))).toEqual([]);
    expect(withoutPermission()).toEqual([]);
  });

  it('is shared by two workers, each resource scanned by one of them', async () => {
    await discover();

    const both = await Promise.all([scan(), scan()]);

    expect(both.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    const { rows } = await fixture.database.pool.query(
      'select count(*)::int as scans, count(distinct resource_id)::int as resources from scan',
    );
    expect(rows).toEqual([{ scans: 44, resources: 44 }]);
  });

  it('keeps what a snapshot saw of languages when the inventory of SSM, which lists none, comes after', async () => {
    await discover();
    const { rows } = await fixture.database.pool.query(
      `select r.key as id from eligibility e join resource r on r.id = e.resource_id where e.way = 'ssm-inventory' order by 1 limit 1`,
    );
    const id = resourceId(rows[0].id);
    const express = buildPackage({ ecosystem: 'npm', name: 'express', version: '4.17.1' });
    const seen = { distro: null, packages: [express], outcome: 'complete', diagnostics: [] } as const;
    await deps.inventories.save(id, seen, now);

    await scan();

    const packages = (await deps.inventories.of(id))?.inventory.packages ?? [];
    expect(packages.length).toBeGreaterThan(1);
    expect(packages.filter(({ ecosystem }) => ecosystem === 'npm')).toMatchObject([{ name: 'express' }]);
  });

  it('that did not change is read again with the fewest calls and scans nothing', async () => {
    await discover();
    await scan();
    calls = [];
    now = new Date(now.getTime() + 60_000);

    const again = await discover();

    expect(again.message).toContain('0 new or changed, 0 gone');
    // Two accounts with resources and the one that manages them, two regions each.
    const counts = new Map<string, number>();
    for (const { action } of calls) counts.set(action, (counts.get(action) ?? 0) + 1);
    expect(Object.fromEntries([...counts].filter(([action]) => !action.startsWith('organizations')))).toEqual({
      'sts:GetCallerIdentity': 1,
      'ec2:DescribeInstances': 6,
      'ssm:DescribeInstanceInformation': 4,
      'ecr:DescribeRepositories': 6,
      'ecr:DescribeImages': 4,
      'ecs:ListClusters': 4,
      'ecs:ListTasks': 4,
      'eks:ListClusters': 4,
      'lambda:ListFunctions': 6,
      'tag:GetResources': 8,
      // A network without machines takes three calls, one with them has all that decides over it read.
      'ec2:DescribeNetworkInterfaces': 6,
      'ec2:DescribeVpcPeeringConnections': 6,
      'ec2:DescribeTransitGateways': 6,
      'ec2:DescribeVpcs': 4,
      'ec2:DescribeSubnets': 4,
      'ec2:DescribeRouteTables': 4,
      'ec2:DescribeNetworkAcls': 4,
      'ec2:DescribeSecurityGroups': 4,
      'ec2:DescribeInternetGateways': 4,
      'ec2:DescribeAddresses': 4,
      'ec2:DescribeVpnGateways': 4,
      'ec2:DescribeVpcBlockPublicAccessOptions': 4,
      'elasticloadbalancing:DescribeLoadBalancers': 8,
    });
    calls = [];
    expect((await scan()).message).toContain('0 resources scanned');
    expect(calls).toEqual([]);
  });
});

/** How the places of a region were left, by service. */
async function places(region: string): Promise<readonly string[]> {
  const { rows } = await fixture.database.pool.query(
    `select distinct service || ' ' || state as what from account_place where region = $1 order by 1`,
    [region],
  );
  return rows.map(({ what }) => what);
}

async function openIn(region: string): Promise<number> {
  const { rows } = await fixture.database.pool.query(
    `select count(*)::int as n from finding where region = $1 and status = 'ACTIVE'`,
    [region],
  );
  return rows[0].n;
}

const XML_ERROR = (code: string) =>
  `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>`;

describe.skipIf(peers === null)('a region that is lost', () => {
  it.each([
    ['hangs', { kind: 'hang' }, 'unreachable'],
    ['closes every connection', { kind: 'reset' }, 'unreachable'],
    ['answers with pages of an outage', { kind: 'answer', status: 503, body: '<html>down</html>' }, 'unreachable'],
  ] as const)(
    'and %s delays no other, and its findings stay',
    async (_name, fault, state) => {
      await discover();
      await scan();
      const before = { lost: await openIn('us-east-1'), other: await openIn('eu-west-1') };
      expect(before.lost).toBeGreaterThan(50);
      if (fault.kind === 'hang') answerMilliseconds = HANG_MS;
      now = new Date(now.getTime() + 3_600_000);
      proxy.setFault(({ region, service }) =>
        region === 'us-east-1' && /^(ec2|ecr|lambda)$/.test(service) ? fault : null,
      );

      const found = await discover();

      expect(found.outcome).toBe('partial');
      expect(found.message).toContain('26 resources');
      expect(await places('us-east-1')).toEqual([
        `ec2 ${state}`,
        `ecr ${state}`,
        `lambda ${state}`,
        `network ${state}`,
      ]);
      expect(await places('eu-west-1')).toEqual(['ec2 read', 'ecr read', 'lambda read', 'network read']);
      expect({ lost: await openIn('us-east-1'), other: await openIn('eu-west-1') }).toEqual(before);
      // Two days later what was seen of it is old, and what was not looked at is not called clean.
      now = new Date(now.getTime() + 49 * 3_600_000);
      proxy.setFault(({ region, service }) =>
        region === 'us-east-1' && /^(ec2|ecr|lambda)$/.test(service) ? fault : null,
      );
      await discover();
      const { rows } = await fixture.database.pool.query(
        `select region, state, count(*)::int as n from coverage_ledger($1, '48 hours') where kind = 'ecr' group by 1, 2 order by 1`,
        [now],
      );
      expect(rows).toEqual([
        { region: 'eu-west-1', state: 'scanned', n: 6 },
        { region: 'us-east-1', state: 'stale', n: 6 },
      ]);
    },
    240_000,
  );
});

describe.skipIf(peers === null)('what AWS refuses', () => {
  it.each([
    ['a denied action', 'UnauthorizedOperation', 403, 'denied'],
    ['a region that is not enabled', 'AuthFailure', 401, 'off'],
    ['throttling without end', 'RequestLimitExceeded', 503, 'throttled'],
    ['expired credentials', 'RequestExpired', 400, 'denied'],
  ] as const)(
    '%s is a reason of that place alone',
    async (_name, code, status, state) => {
      proxy.setFault(({ region, service }) =>
        region === 'us-east-1' && service === 'ec2'
          ? { kind: 'answer', status, body: XML_ERROR(code), type: 'text/xml' }
          : null,
      );

      const found = await discover();

      expect(found.outcome).toBe('partial');
      expect(await places('us-east-1')).toEqual([`ec2 ${state}`, 'ecr read', 'lambda read', `network ${state}`]);
      expect(await places('eu-west-1')).toEqual(['ec2 read', 'ecr read', 'lambda read', 'network read']);
      // Three accounts, their machines and their networks.
      expect(found.lines).toHaveLength(6);
    },
    120_000,
  );

  it('a role that cannot be assumed is that account alone', async () => {
    proxy.setFault(({ service, body }) =>
      service === 'sts' && body.includes('AssumeRole') && body.includes(accounts[0]?.id ?? '')
        ? {
            kind: 'answer',
            status: 403,
            type: 'text/xml',
            body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: x is not authorized to perform: sts:AssumeRole on resource: y</Message></Error><RequestId>r</RequestId></ErrorResponse>',
          }
        : null,
    );

    const found = await discover();

    expect(found.message).toContain('26 resources');
    const { rows } = await fixture.database.pool.query(
      `select distinct p.state, p.detail from account_place p where account_id = $1`,
      [accounts[0]?.id],
    );
    expect(rows).toEqual([{ state: 'denied', detail: expect.stringContaining('The role cannot be assumed') }]);
  });

  it('a software inventory that is denied keeps what was known and says so', async () => {
    proxy.setFault(({ service, headers }) =>
      service === 'ssm' && String(headers['x-amz-target']).endsWith('ListInventoryEntries')
        ? { kind: 'answer', status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }) }
        : null,
    );
    await discover();
    await scan();

    expect(await ledger()).toMatchObject({ 'ec2 denied ACCESS_DENIED': 20, 'ecr scanned SUCCESSFUL': 12 });
  });
});

describe.skipIf(peers === null)('what goes away', () => {
  it('instances that are terminated lose their findings, and only they', async () => {
    await discover();
    await scan();
    const { rows: before } = await fixture.database.pool.query(
      `select r.cloud ->> 'instanceId' as id, r.id as resource, f.n from resource r
       join lateral (select count(*)::int as n from finding where resource_id = r.id and status = 'ACTIVE') f on true
       where r.name = 'tools' and r.account_id = $1 and r.region = 'eu-west-1'`,
      [accounts[1]?.id],
    );
    expect(before[0].n).toBeGreaterThan(0);
    const estate = openAwsFixture(moto.endpoint, null);
    const ec2 = estate.inAccount(new EC2Client(estate.config('eu-west-1')), accounts[1]?.id ?? '');
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [before[0].id] }));
    now = new Date(now.getTime() + 60_000);

    const found = await discover();

    expect(found.message).toContain('1 gone');
    const { rows } = await fixture.database.pool.query(
      `select count(*) filter (where resource_id = $1 and status = 'ACTIVE')::int as own,
         count(*) filter (where resource_id = $1 and status = 'CLOSED')::int as closed,
         count(*) filter (where resource_id <> $1 and status = 'CLOSED')::int as others from finding`,
      [before[0].resource],
    );
    expect(rows).toEqual([{ own: 0, closed: before[0].n, others: 0 }]);
  });

  it('an image that is deleted before it is pulled is gone, not clean', async () => {
    await discover();
    await fixture.database.pool.query(
      `update resource set cloud = jsonb_set(cloud, '{digest}', $1::jsonb) where id = (select min(id) from resource where kind = 'ecr')`,
      [JSON.stringify(`sha256:${'ab'.repeat(32)}`)],
    );
    await scan();

    expect(await ledger()).toMatchObject({ 'ecr not-assessed VANISHED': 1, 'ecr scanned SUCCESSFUL': 11 });
  });
});

/** A disk whose file system has the package database of a Debian machine. */
function debianDisk(mkfs: string): string {
  const root = join(folder, 'root');
  for (const [path, text] of Object.entries(releaseFiles('debian-12'))) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const disk = join(folder, 'disk.img');
  writeFileSync(disk, '');
  truncateSync(disk, 64 * 1024 * 1024);
  execFileSync(mkfs, ['-q', '-F', '-d', root, disk]);
  return disk;
}

describe.skipIf(peers === null)('a machine without SSM', () => {
  const snapshots = async (account: string): Promise<number> => {
    const estate = openAwsFixture(moto.endpoint, null);
    const ec2 = estate.inAccount(new EC2Client(estate.config('eu-west-1')), account);
    const { Snapshots = [] } = await ec2.send(
      new DescribeSnapshotsCommand({ Filters: [{ Name: 'tag-key', Values: ['HarrierScan'] }] }),
    );
    return Snapshots.length;
  };

  it('is scanned from a snapshot, which is removed, and one that a dead worker left as well', async () => {
    const [account] = accounts;
    if (account === undefined) throw new Error('no account');
    const estate = openAwsFixture(moto.endpoint, null);
    await estate.fill(account.id, 'eu-west-1', {
      instances: [
        { count: 1, software: null, disk: debianDisk(peers?.programs['mkfs.ext4'] ?? ''), tags: { Name: 'agentless' } },
      ],
      repositories: [],
      functions: 0,
    });
    await discover();
    expect((await scan()).lines.filter((line) => line.startsWith('agentless'))).toEqual([]);

    const { rows } = await fixture.database.pool.query(
      `select e.way, c.outcome, c.packages from resource r join eligibility e on e.resource_id = r.id
       join coverage c on c.resource_id = r.id where r.name = 'agentless'`,
    );
    expect(rows).toEqual([{ way: 'snapshot', outcome: 'complete', packages: expect.any(Number) }]);
    expect(rows[0].packages).toBeGreaterThan(10);
    expect(await snapshots(account.id)).toBe(0);
    expect(calls.filter(({ action }) => !/:(Describe|List|Get)/.test(action)).map(({ action }) => action)).toEqual([
      'ec2:CreateSnapshots',
      'ec2:DeleteSnapshot',
    ]);

    expect(withoutPermission()).toEqual([]);

    // A worker that died between taking and removing.
    const scanId = '1d2f6b1e-7f0b-4b1e-9a44-1f2e3d4c5b6a';
    const sessions = openAwsSessions(aws());
    const place = {
      region: 'eu-west-1',
      account: {
        id: account.id,
        name: account.name,
        organizationalUnit: '',
        roleArn: `arn:aws:iam::${account.id}:role/OrganizationAccountAccessRole`,
        externalId: null,
        isActive: true,
      },
    };
    await deps.cloud.beginSnapshots(scanId, place, new Date(now.getTime() - 3 * 3_600_000));
    const { rows: found } = await fixture.database.pool.query(
      `select cloud ->> 'instanceId' as id from resource where name = 'agentless'`,
    );
    await takeSnapshots(sessions, place, found[0].id, scanId, new AbortController().signal);
    sessions.close();
    expect(await snapshots(account.id)).toBe(1);
    await removeLeftSnapshots(deps, aws());

    expect(await snapshots(account.id)).toBe(0);
    expect(await deps.cloud.leftSnapshots(new Date(now.getTime() + 1))).toEqual([]);
  });
});

describe.skipIf(peers === null)('a change', () => {
  it('that EventBridge tells of is looked at in its place alone, and what is new is scanned', async () => {
    await discover();
    await scan();
    // The account that the worker's own credentials are of, which has nothing yet.
    const here = { endpoint: moto.endpoint, region: 'eu-west-1', maxAttempts: 1 };
    await new SQSClient(here).send(new CreateQueueCommand({ QueueName: 'harrier-changes' }));
    const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:harrier-changes';
    const [connection] = await deps.cloud.connections();
    if (connection === undefined) throw new Error('no connection');
    await deps.cloud.saveConnection({ ...connection, queueArn }, 'test', now);
    const events = new EventBridgeClient(here);
    await events.send(
      new PutRuleCommand({ Name: 'changes', EventPattern: JSON.stringify({ source: ['aws.ec2', 'aws.ecr'] }) }),
    );
    await events.send(new PutTargetsCommand({ Rule: 'changes', Targets: [{ Id: 'queue', Arn: queueArn }] }));
    const estate = openAwsFixture(moto.endpoint, null);
    await estate.fill('123456789012', 'eu-west-1', {
      instances: [{ count: 1, software: 'amazon', tags: { Name: 'new-one' } }],
      repositories: [],
      functions: 0,
    });
    await events.send(
      new PutEventsCommand({
        Entries: [1, 2, 3].map((n) => ({
          Source: 'aws.ec2',
          DetailType: 'EC2 Instance State-change Notification',
          Detail: JSON.stringify({ 'instance-id': `i-${n}`, state: 'running' }),
        })),
      }),
    );

    const log = { warn: () => undefined };
    expect(await followChanges(deps, log, () => openAwsEstate(aws()))).toBe(3);
    expect(await followChanges(deps, log, () => openAwsEstate(aws()))).toBe(0);
    const { rows } = await fixture.database.pool.query(
      `select payload from job where kind = 'discover-estate' and state = 'queued'`,
    );
    const place = { accountId: '123456789012', region: 'eu-west-1', service: 'ec2' } as const;
    expect(rows).toEqual([{ payload: { connections: [CONNECTION], places: [place] } }]);
    calls = [];
    await discover([place]);
    // The machines, and the network around them; nothing of other places.
    expect(new Set(calls.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    expect(calls.map(({ action }) => action)).toContain('ssm:DescribeInstanceInformation');
    expect(calls.map(({ action }) => action)).toContain('ec2:DescribeSecurityGroups');
    expect(calls.filter(({ action }) => /^(?:ecr|lambda):/.test(action))).toEqual([]);
    await scan();
    const { rows: found } = await fixture.database.pool.query(
      `select c.outcome from resource r join coverage c on c.resource_id = r.id where r.name = 'new-one'`,
    );
    expect(found).toEqual([{ outcome: 'complete' }]);
  });
});
