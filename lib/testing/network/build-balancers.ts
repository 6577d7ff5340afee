import { addGroup, addSubnet, type Base, type Lists, rule, takePublicAddress } from './build-topology.ts';
import type { Listener, LoadBalancer, ProtocolPorts, SecurityGroup, Subnet, TargetGroup } from './topology-file.ts';

export const BALANCED: ProtocolPorts = { tcp: [[8080, 8080]], udp: [] };
export const NOT_BALANCED: ProtocolPorts = { tcp: [], udp: [] };

export interface Balanced {
  nodes: Subnet;
  balancer: LoadBalancer;
  listener: Listener;
  targets: TargetGroup;
  balancerGroup: SecurityGroup;
}

/** A balancer of group sg-lb in subnet-n, open on port 80, before port 8080 of i-a, whose group admits sg-lb. */
export function addBalancer({ file, vpc, face, group }: Base, type: 'application' | 'network'): Balanced {
  const nodes = addSubnet(file, vpc, 'subnet-n', '10.0.2.0/24');
  const arn = balancerArn(type === 'network' ? 'net/front/1' : 'app/front/1');
  takePublicAddress(face);
  group.IpPermissions = [rule('tcp', [8080, 8080], 'sg-lb')];
  const balancerGroup = addGroup(file, 'sg-lb', rule('tcp', [80, 80], '0.0.0.0/0'));
  const balancer: LoadBalancer = {
    LoadBalancerArn: arn,
    Type: type,
    Scheme: 'internet-facing',
    State: { Code: 'active' },
    VpcId: vpc.VpcId,
    IpAddressType: 'ipv4',
    SecurityGroups: ['sg-lb'],
    AvailabilityZones: [{ ZoneName: 'eu-central-1a', SubnetId: 'subnet-n' }],
    Attributes: [],
  };
  file.LoadBalancers.push(balancer);
  const protocol = type === 'network' ? 'TCP' : 'HTTP';
  const targets = addTargets(file, 'tg-1', protocol, 8080, 'i-a');
  const listener = addListener(file, arn, 80, protocol, 'tg-1');
  return { nodes, balancer, listener, targets, balancerGroup };
}

/** The ARN of a load balancer `KIND/NAME/ID`. */
export function balancerArn(name: string): string {
  return `arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/${name}`;
}

/** A target group of healthy instances. */
export function addTargets(file: Lists, arn: string, protocol: string, port: number, ...ids: string[]): TargetGroup {
  const targets: TargetGroup = {
    TargetGroupArn: arn,
    TargetType: 'instance',
    Protocol: protocol,
    Port: port,
    VpcId: 'vpc-a',
    Attributes: [],
    Targets: ids.map((Id) => ({ Target: { Id, Port: port }, TargetHealth: { State: 'healthy' } })),
  };
  file.TargetGroups.push(targets);
  return targets;
}

/** A listener of a load balancer that forwards to one target group. */
export function addListener(file: Lists, balancer: string, port: number, protocol: string, targets: string): Listener {
  const listener: Listener = {
    ListenerArn: `${balancer.replace('loadbalancer/', 'listener/')}/${port}`,
    LoadBalancerArn: balancer,
    Port: port,
    Protocol: protocol,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targets }],
  };
  file.Listeners.push(listener);
  return listener;
}

/** A network load balancer without groups: an open door of every client. */
export function dropGroups({ balancer }: Balanced): void {
  balancer.SecurityGroups = [];
}
