import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAwsEstate } from '../../aws/aws-estate.ts';
import type { ChangedPlace } from '../../core/model/cloud.ts';
import { WHOLE_ESTATE } from '../../core/model/scope.ts';
import { exportExposure } from '../../operations/console/export-exposure.ts';
import type { Dependencies } from '../../operations/dependencies.ts';
import { getBlockedPaths } from '../../operations/network/get-blocked-paths.ts';
import { getBlockers } from '../../operations/network/get-blockers.ts';
import { getOnward } from '../../operations/network/get-onward.ts';
import { getPathCuts } from '../../operations/network/get-path-cuts.ts';
import { listNetworkPlaces } from '../../operations/network/list-network-places.ts';
import { tryNetworkChanges } from '../../operations/network/try-changes.ts';
import { openSampleIndex } from '../../sample/sample-index.ts';
import { type AwsNetwork, makeAwsNetwork } from '../../testing/aws-network.ts';
import { runDiscovery, runEstateScan, runNetworkScan, SCAN_JOB } from '../../testing/aws-run.ts';
import { ubuntuSoftware } from '../../testing/aws-software.ts';
import { type FaultProxy, startFaultProxy } from '../../testing/fault-proxy.ts';
import { awsPeers, type MotoServer, pointSdkAt, pythonTool, startMoto } from '../../testing/moto-server.ts';
import { storeDependencies } from '../../testing/store-dependencies.ts';
import { openStoreFixture, type StoreFixture } from '../../testing/store-fixture.ts';
import { followChanges } from '../schedule.ts';

const peers = awsPeers([]);
const cli = peers === null ? null : pythonTool(peers.python, 'aws');
const REGION = 'eu-west-1';
const READER = {
  userId: 'u',
  name: 'Ines',
  email: 'ines@example.org',
  role: 'viewer',
  accounts: null,
  sessionId: 's',
} as const;
const ACCOUNT = '123456789012';

/** As EC2 and Elastic Load Balancing refuse a call. */
const DENIED = {
  kind: 'answer',
  status: 403,
  type: 'text/xml',
  body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized.</Message></Error></Errors><RequestID>1</RequestID></Response>',
} as const;

let folder = '';
let moto: MotoServer;
let proxy: FaultProxy;
let world: AwsNetwork;
let fixture: StoreFixture;
let deps: Dependencies;

beforeAll(async () => {
  if (peers === null) return;
  folder = mkdtempSync(join(tmpdir(), 'harrier-exposure-'));
  moto = await startMoto(peers.python, folder, { software: { ubuntu: ubuntuSoftware(new Date()) } });
  proxy = await startFaultProxy(moto.endpoint);
  pointSdkAt(proxy);
  world = await makeAwsNetwork(moto.endpoint, REGION, 'ubuntu');
}, 120_000);

afterAll(async () => {
  await proxy?.close();
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  if (peers === null) return;
  fixture = await openStoreFixture();
  proxy.setFault(() => null);
  const index = openSampleIndex(12, new Date());
  await fixture.database.pool.query(
    `insert into job (id, kind, title, state, payload, created_at) values ($1, 'scan-network', 'x', 'running', '{}', now())`,
    [SCAN_JOB],
  );
  deps = storeDependencies(
    fixture,
    () => new Date(),
    () => index,
  );
  await deps.cloud.saveConnection(
    {
      id: '6f3c1a52-8a3e-4f0e-9b61-2f5f5b0f2b11',
      name: 'Own account',
      kind: 'account',
      roleArns: [],
      memberRole: '',
      externalId: null,
      regions: [REGION],
      queueArn: null,
    },
    'test',
    new Date(),
  );
  return () => fixture.close();
});

const aws = () => ({ homeRegion: REGION, endpoint: proxy.endpoint });
const ec2 = () => new EC2Client({ endpoint: moto.endpoint, region: REGION, maxAttempts: 1 });

const scanPackages = () => runEstateScan(deps, aws(), join(folder, 'data'));

interface Exposure {
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly instance: string;
  readonly network: {
    readonly hops: readonly { readonly type: string }[];
    readonly revokes: readonly { readonly groupId: string }[];
  };
}

async function exposures(): Promise<readonly Exposure[]> {
  const { rows } = await fixture.database.pool.query<Exposure>(
    `select c.title, f.severity, f.status, r.cloud->>'instanceId' as instance, c.network
     from finding f join finding_content c on c.hash = f.content join resource r on r.id = f.resource_id
     where f.type = 'NETWORK_REACHABILITY' order by c.title`,
  );
  return rows;
}

/** Reach and the sum of the scores of packages of an instance. */
async function packagesOf(instance: string): Promise<{ reach: string | null; findings: number; score: number }> {
  const { rows } = await fixture.database.pool.query(
    `select r.reach, count(f.id)::int as findings, coalesce(sum(f.score), 0)::float8 as score
     from resource r left join finding f on f.resource_id = r.id and f.type = 'PACKAGE_VULNERABILITY' and f.status = 'ACTIVE'
     where r.cloud->>'instanceId' = $1 group by r.id`,
    [instance],
  );
  return rows[0];
}

const QUEUE = { name: 'harrier-changes', arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:harrier-changes` } as const;

/** What CloudTrail says of a call to EC2, sent on to the queue of the connection as the product's own template does. */
async function tellOfCall(eventName: string): Promise<void> {
  const here = { endpoint: moto.endpoint, region: REGION, maxAttempts: 1 };
  await new SQSClient(here).send(new CreateQueueCommand({ QueueName: QUEUE.name }));
  const [connection] = await deps.cloud.connections();
  if (connection === undefined) throw new Error('no connection');
  await deps.cloud.saveConnection({ ...connection, queueArn: QUEUE.arn }, 'test', new Date());
  const events = new EventBridgeClient(here);
  await events.send(new PutRuleCommand({ Name: 'changes', EventPattern: JSON.stringify({ source: ['aws.ec2'] }) }));
  await events.send(new PutTargetsCommand({ Rule: 'changes', Targets: [{ Id: 'queue', Arn: QUEUE.arn }] }));
  const Detail = JSON.stringify({ eventSource: 'ec2.amazonaws.com', eventName });
  await events.send(
    new PutEventsCommand({ Entries: [{ Source: 'aws.ec2', DetailType: 'AWS API Call via CloudTrail', Detail }] }),
  );
}

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

describe.skipIf(peers === null)('exposure of an account', () => {
  it('becomes findings that say by which path, and what is behind it is more dangerous', async () => {
    await runDiscovery(deps, aws());
    await scanPackages();
    const before = await packagesOf(world.bastion.id);
    expect(before.findings).toBeGreaterThan(0);
    expect(before.reach).toBeNull();

    const result = await runNetworkScan(deps);
    expect(result.outcome).toBe('done');
    const found = await exposures();
    expect(found.map(({ title, severity, instance }) => ({ title, severity, instance }))).toEqual([
      { title: 'Port 22 is reachable from an Internet Gateway - TCP', severity: 'MEDIUM', instance: world.bastion.id },
      {
        title: 'Port 8080 is reachable from an Internet Gateway - TCP',
        severity: 'INFORMATIONAL',
        instance: world.worker.id,
      },
    ]);
    expect(found[0]?.network.hops.map(({ type }) => type.replace('AWS::EC2::', ''))).toEqual([
      'InternetGateway',
      'RouteTable',
      'NetworkAcl',
      'SecurityGroup',
      'NetworkInterface',
      'Instance',
    ]);
    expect(found[0]?.network.revokes.map(({ groupId }) => groupId)).toEqual([world.admin]);
    const after = await packagesOf(world.bastion.id);
    const { rows: jobs } = await fixture.database.pool.query(
      "select distinct job_id as id from scan where scan_type = 'network'",
    );
    expect(jobs).toEqual([{ id: SCAN_JOB }]);
    expect(after.reach).toBe('internet');
    expect(after.score).toBeGreaterThan(before.score);

    const everything = { ...WHOLE_ESTATE, accounts: null };
    const view = await deps.reads.exposure(everything, 'internet');
    expect(view).toMatchObject({ instances: 2, looked: 2, partial: 0, reached: 2, accounts: 1 });
    expect(
      view.ports.map(({ begin, protocol, services, instances }) => [begin, protocol, services, instances]),
    ).toEqual([
      [22, 'TCP', ['SSH'], 1],
      [8080, 'TCP', [], 1],
    ]);
    expect(view.ports[0]?.worst).toMatchObject({ vulnerabilityId: expect.stringMatching(/^CVE-/), instances: 1 });
    const [path] = await deps.reads.exposedPaths(everything, 'NET-22-TCP-INTERNET');
    expect(path).toMatchObject({ accountId: ACCOUNT, region: REGION, network: { isWorld: true, begin: 22, end: 22 } });
    expect((await deps.reads.exposure(everything, 'neighbour')).reached).toBe(0);
    // What closes it is tried on what was read, and closes nothing else.
    const stranger = { ...READER, accounts: ['999988887777'] };
    const cuts = await getPathCuts.run(deps, READER, { id: path?.id ?? '' });
    expect(cuts.map(({ kind, closes, besides }) => [kind, closes, besides])).toEqual([
      ['revoke', 1, []],
      ['deny', 1, []],
    ]);
    await expect(getPathCuts.run(deps, stranger, { id: path?.id ?? '' })).rejects.toThrow('There is no such exposure');
    // The other machine is kept out by more than one thing, and admits the balancer alone.
    const port = { scope: WHOLE_ESTATE, port: 'NET-22-TCP-INTERNET' };
    expect(await getBlockedPaths.run(deps, READER, port)).toEqual([]);
    expect(await getOnward.run(deps, READER, { id: path?.id ?? '' })).toEqual([]);
    await expect(getOnward.run(deps, stranger, { id: path?.id ?? '' })).rejects.toThrow('There is no such exposure');
    // Before anybody makes a change it is known what it opens.
    const groupId = path?.network.revokes[0]?.groupId ?? '';
    const telnet = { groupId, protocol: 'tcp', from: 23, to: 23, source: '198.51.100.0/24' } as const;
    const asked = { accountId: ACCOUNT, region: REGION, changes: [{ kind: 'authorize', rule: telnet } as const] };
    expect(await tryNetworkChanges.run(deps, READER, asked)).toEqual({
      opened: [
        {
          instanceId: path?.network.hops.at(-1)?.id,
          ports: ['23/tcp'],
          resourceId: path?.resourceId,
          resourceName: path?.resourceName,
        },
      ],
      closed: [],
      narrowed: [],
      widened: [],
      instances: 2,
      unknown: [],
    });
    await expect(tryNetworkChanges.run(deps, stranger, asked)).rejects.toThrow('or you may not see it');
    const nowhere = { ...telnet, groupId: 'sg-none' };
    await expect(
      tryNetworkChanges.run(deps, READER, { ...asked, changes: [{ kind: 'revoke', rule: nowhere }] }),
    ).rejects.toThrow('sg-none is no security group');
    for (const source of ['203.0.113.0/33', 'everybody', '']) {
      const changes = [{ kind: 'authorize', rule: { ...telnet, source } }];
      expect(() => tryNetworkChanges.parse({ ...asked, changes })).toThrow('could not be read');
    }
    // The same as a file, with its hops, and the places that changes can be tried on.
    const file = await exportExposure.run(deps, READER, { scope: WHOLE_ESTATE, from: 'internet' });
    const text = await textOf(file.parts);
    expect(text.trimEnd().split('\n')).toHaveLength(1 + 2);
    expect(text).toContain(`${ACCOUNT},`);
    expect(text).toMatch(/,TCP,22,22,SSH,internet,igw-/);
    const others = await exportExposure.run(deps, stranger, { scope: WHOLE_ESTATE, from: 'internet' });
    expect((await textOf(others.parts)).trimEnd().split('\n')).toHaveLength(1);
    const anywhere = { accountId: null, region: null };
    const { chosen, groups } = await listNetworkPlaces.run(deps, READER, anywhere);
    expect(chosen).toMatchObject({ accountId: ACCOUNT, region: REGION });
    expect(groups.map(({ id }) => id)).toContain(groupId);
    expect(await listNetworkPlaces.run(deps, stranger, anywhere)).toEqual({ places: [], chosen: null, groups: [] });
    // Whoever may not see the account learns nothing of it.
    const nobody = { ...WHOLE_ESTATE, accounts: ['999988887777'] };
    expect(await deps.reads.exposure(nobody, 'internet')).toEqual({
      ports: [],
      instances: 0,
      looked: 0,
      partial: 0,
      reached: 0,
      intendedOnly: 0,
      lapsed: 0,
      accounts: 0,
      doubts: [],
    });
    expect(await deps.reads.exposedPaths(nobody, 'NET-22-TCP-INTERNET')).toEqual([]);

    // The machine behind the balancer is reached by it alone, and why is told of everything that blocks.
    const [worker] = await deps.reads.exposedPaths(everything, 'NET-8080-TCP-INTERNET');
    const [shut] = await getBlockers.run(deps, READER, { id: worker?.resourceId ?? '' });
    expect(shut?.blockers.map(({ because }) => because)).toEqual([
      'it has no public IPv4 address',
      'it sends no answer to an internet gateway',
      'no rule admits any tcp port from an address of the internet',
    ]);
    const [open] = await getBlockers.run(deps, READER, { id: path?.resourceId ?? '' });
    expect(open?.blockers).toEqual([]);

    // Nothing has changed: nothing is due, and nothing is asked for.
    await runDiscovery(deps, aws());
    expect((await runNetworkScan(deps)).message).toContain('in 0 networks');
  });

  it.skipIf(cli === null)(
    'opens with a rule within seconds, and closes with the fix made through the AWS CLI',
    async () => {
      await runDiscovery(deps, aws());
      await runNetworkScan(deps);
      const rule = { IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId: world.admin, IpPermissions: [rule] }));
      const startedAt = performance.now();
      // CloudTrail tells EventBridge of the call, EventBridge the queue, and the queue the place to look at.
      await tellOfCall('AuthorizeSecurityGroupIngress');
      expect(await followChanges(deps, { warn: () => undefined }, () => openAwsEstate(aws()))).toBe(1);
      const { rows: asked } = await fixture.database.pool.query<{ payload: { places: ChangedPlace[] } }>(
        `select payload from job where kind = 'discover-estate' and state = 'queued'`,
      );
      expect(asked.map(({ payload }) => payload.places)).toEqual([
        [{ accountId: ACCOUNT, region: REGION, service: 'network' }],
      ]);
      await runDiscovery(deps, aws(), asked[0]?.payload.places);
      await runNetworkScan(deps);
      const milliseconds = performance.now() - startedAt;
      const opened = (await exposures()).find(({ title }) => title.startsWith('Port 3389 '));
      expect(opened).toMatchObject({ status: 'ACTIVE', severity: 'MEDIUM', instance: world.bastion.id });
      process.stdout.write(`a rule was a finding after ${Math.round(milliseconds)} ms\n`);

      const permissions = JSON.stringify([rule]);
      const revoke = [
        'ec2',
        'revoke-security-group-ingress',
        '--group-id',
        world.admin,
        '--ip-permissions',
        permissions,
      ];
      execFileSync(cli ?? '', ['--endpoint-url', moto.endpoint, '--region', REGION, ...revoke]);
      await runDiscovery(deps, aws(), [{ accountId: ACCOUNT, region: REGION, service: 'network' }]);
      await runNetworkScan(deps);
      expect((await exposures()).find(({ title }) => title.startsWith('Port 3389 '))?.status).toBe('CLOSED');
      expect((await exposures()).find(({ title }) => title.startsWith('Port 22 '))?.status).toBe('ACTIVE');
    },
  );

  it('that cannot be read stays as it was, and says so', async () => {
    await runDiscovery(deps, aws());
    await runNetworkScan(deps);
    const before = await exposures();
    const port = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2().send(new RevokeSecurityGroupIngressCommand({ GroupId: world.admin, IpPermissions: [port] }));
    try {
      proxy.setFault(({ body }) => (body.includes('Action=DescribeRouteTables') ? DENIED : null));
      await runDiscovery(deps, aws());
      await runNetworkScan(deps);
      expect(await exposures()).toEqual(before);
      const { rows } = await fixture.database.pool.query(
        "select state, detail from account_place where service = 'network'",
      );
      expect(rows).toEqual([{ state: 'denied', detail: expect.stringContaining('denied') }]);
    } finally {
      await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId: world.admin, IpPermissions: [port] }));
    }
  });

  it('says of load balancers that nobody could read that they are not known, and closes nothing for it', async () => {
    await runDiscovery(deps, aws());
    await runNetworkScan(deps);
    proxy.setFault(({ body }) => (body.includes('Action=DescribeLoadBalancers') ? DENIED : null));
    await runDiscovery(deps, aws());
    await runNetworkScan(deps);
    const behind = (await exposures()).find(({ instance }) => instance === world.worker.id);
    expect(behind?.status).toBe('ACTIVE');
    const { rows } = await fixture.database.pool.query(
      `select c.outcome, c.reason from coverage c join resource r on r.id = c.resource_id
       where c.scan_type = 'network' and r.cloud->>'instanceId' = $1`,
      [world.worker.id],
    );
    expect(rows).toEqual([{ outcome: 'partial', reason: expect.stringContaining('LoadBalancers could not be read') }]);
  });
});
