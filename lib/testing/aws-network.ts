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
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** What was made: the machines with their interfaces, and the group that opens port 22 of the first. */
export interface AwsNetwork {
  readonly bastion: { readonly id: string; readonly eni: string };
  readonly worker: { readonly id: string; readonly eni: string };
  readonly admin: string;
}

/** A public subnet with a machine that has a public address, and a second machine behind a load balancer. */
export async function makeAwsNetwork(
  endpoint: string,
  region: string,
  software: string | null = null,
): Promise<AwsNetwork> {
  const config = {
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const ec2 = new EC2Client(config);
  const elb = new ElasticLoadBalancingV2Client(config);
  const VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).Vpc?.VpcId ?? '';
  const subnet = async (CidrBlock: string, AvailabilityZone: string): Promise<string> =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet?.SubnetId ?? '';
  const [open, other, closed] = [
    await subnet('10.9.1.0/24', `${region}a`),
    await subnet('10.9.2.0/24', `${region}b`),
    await subnet('10.9.3.0/24', `${region}a`),
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
      new RunInstancesCommand({
        ImageId: 'ami-12c6146b',
        MinCount: 1,
        MaxCount: 1,
        SubnetId,
        SecurityGroupIds,
        TagSpecifications: tagsOf(software),
      }),
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
  return { bastion, worker, admin };
}

/** The tag by which the emulator's SSM knows what is installed. */
function tagsOf(software: string | null): TagSpecification[] {
  if (software === null) return [];
  return [{ ResourceType: 'instance', Tags: [{ Key: 'test:software', Value: software }] }];
}
