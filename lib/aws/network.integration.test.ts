import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '../core/model/cloud.ts';
import { answerOf } from '../core/scan/network/answer.ts';
import { commandsOf } from '../core/scan/network/commands.ts';
import { Fixes } from '../core/scan/network/fix.ts';
import { Paths } from '../core/scan/network/paths.ts';
import { Reach } from '../core/scan/network/reach.ts';
import { readTopology } from '../core/scan/network/read-topology.ts';
import { awsPeers, type MotoServer, pointSdkAt, pythonTool, startMoto } from '../testing/moto-server.ts';
import { readNetwork } from './network.ts';
import { openAwsSessions } from './session.ts';

const peers = awsPeers([]);
const cli = peers === null ? null : pythonTool(peers.python, 'aws');
const REGION = 'eu-west-1';
const place: Place = {
  account: { id: '123456789012', name: 'own', organizationalUnit: '', isActive: true, roleArn: null, externalId: null },
  region: REGION,
};

let folder = '';
let moto: MotoServer;
let world: Awaited<ReturnType<typeof makeWorld>>;

/** A public subnet with a machine that has a public address, and a second machine behind a load balancer. */
async function makeWorld(endpoint: string) {
  const config = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const ec2 = new EC2Client(config);
  const elb = new ElasticLoadBalancingV2Client(config);
  const VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).Vpc?.VpcId ?? '';
  const subnet = async (CidrBlock: string, AvailabilityZone: string): Promise<string> =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet?.SubnetId ?? '';
  const [open, other, closed] = [
    await subnet('10.9.1.0/24', `${REGION}a`),
    await subnet('10.9.2.0/24', `${REGION}b`),
    await subnet('10.9.3.0/24', `${REGION}a`),
  ];
  const gateway = (await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId ?? '';
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId }));
  const table = (await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId ?? '';
  await ec2.send(
    new CreateRouteCommand({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway }),
  );
  for (const SubnetId of [open, other])
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId: table, SubnetId }));
  const group = async (GroupName: string): Promise<string> =>
    (await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId }))).GroupId ?? '';
  const [admin, web, app] = [await group('admin'), await group('web'), await group('app')];
  const permit = (GroupId: string, port: number, from: { CidrIp?: string; GroupId?: string }) =>
    ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            ...(from.CidrIp === undefined ? {} : { IpRanges: [{ CidrIp: from.CidrIp }] }),
            ...(from.GroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId: from.GroupId }] }),
          },
        ],
      }),
    );
  await permit(admin, 22, { CidrIp: '0.0.0.0/0' });
  await permit(web, 443, { CidrIp: '0.0.0.0/0' });
  await permit(app, 8080, { GroupId: web });
  const run = async (SubnetId: string, SecurityGroupIds: string[]) => {
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, SubnetId, SecurityGroupIds }),
    );
    return { id: Instances[0]?.InstanceId ?? '', eni: Instances[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '' };
  };
  const bastion = await run(open, [admin]);
  const worker = await run(closed, [app]);
  const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(new AssociateAddressCommand({ AllocationId: address.AllocationId, NetworkInterfaceId: bastion.eni }));
  const balancer = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'front',
      Subnets: [open, other],
      SecurityGroups: [web],
      Scheme: 'internet-facing',
    }),
  );
  const targets = await elb.send(new CreateTargetGroupCommand({ Name: 'app', Protocol: 'HTTP', Port: 8080, VpcId }));
  const TargetGroupArn = targets.TargetGroups?.[0]?.TargetGroupArn ?? '';
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: worker.id }] }));
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 443,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  return { bastion, worker, admin, gateway };
}

async function look() {
  const sessions = openAwsSessions({ homeRegion: REGION, endpoint: null });
  try {
    const { lists, unread } = await readNetwork(sessions, place, AbortSignal.timeout(60_000));
    const { topology } = readTopology(lists, unread);
    return { reach: new Reach(topology), unread };
  } finally {
    sessions.close();
  }
}

function reachOf(reach: Reach, eni: string) {
  const found = reach.all().find((one) => one.interface.id === eni);
  if (found === undefined) throw new Error(`${eni} was not read.`);
  return found;
}

beforeAll(async () => {
  if (peers === null) return;
  folder = mkdtempSync(join(tmpdir(), 'harrier-network-'));
  moto = await startMoto(peers.python, folder, { software: {} });
  pointSdkAt(moto);
  world = await makeWorld(moto.endpoint);
}, 120_000);

afterAll(async () => {
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

describe.skipIf(peers === null)('the network of a region', () => {
  it('is read whole, and what is open in it is found', async () => {
    const { reach } = await look();
    const bastion = answerOf(reachOf(reach, world.bastion.eni));
    expect(bastion.direct.ipv4).toEqual({ tcp: [[22, 22]], udp: [] });
    expect(bastion.unknown).toEqual([]);
    const worker = answerOf(reachOf(reach, world.worker.eni));
    expect(worker.direct.ipv4).toEqual({ tcp: [], udp: [] });
    expect(worker.loadBalancer).toEqual({ tcp: [[8080, 8080]], udp: [] });
  });

  it.skipIf(cli === null)(
    'is closed by the fix that is proposed, made through the AWS CLI, and by nothing less',
    async () => {
      const { reach } = await look();
      const [path] = new Paths(reach.view).of(reachOf(reach, world.bastion.eni));
      if (path === undefined || cli === null) throw new Error('There is no path, or no AWS CLI.');
      expect(path.hops.map(({ type }) => type)).toEqual([
        'AWS::EC2::InternetGateway',
        'AWS::EC2::RouteTable',
        'AWS::EC2::NetworkAcl',
        'AWS::EC2::SecurityGroup',
        'AWS::EC2::NetworkInterface',
        'AWS::EC2::Instance',
      ]);
      const fix = new Fixes(reach).of(path);
      expect(fix?.revokes.map(({ groupId }) => groupId)).toEqual([world.admin]);
      for (const command of commandsOf(fix?.revokes ?? [])) {
        execFileSync(cli, ['--region', REGION, ...command]);
      }
      const after = await look();
      expect(answerOf(reachOf(after.reach, world.bastion.eni)).direct.ipv4.tcp).toEqual([]);
      expect(answerOf(reachOf(after.reach, world.worker.eni)).loadBalancer.tcp).toEqual([[8080, 8080]]);
    },
  );
});
