/** The configuration of one account's network in one region, as EC2 and Elastic Load Balancing tell it. */
export interface NetworkLists {
  /** Lists under the names of the API. */
  readonly lists: Readonly<Record<string, unknown>>;
  /** Lists that could not be read, and why in one sentence. */
  readonly unread: Readonly<Record<string, string>>;
}

/** A component that a packet passes, under its CloudFormation type, and what about it lets the packet through. */
export interface NetworkHop {
  readonly type: string;
  readonly id: string;
  readonly because: string;
}

/** An entry of a security group in the words of the API, as it is revoked or authorized. Ports are null where it has none. */
export interface IngressRule {
  readonly groupId: string;
  readonly protocol: string;
  readonly from: number | null;
  readonly to: number | null;
  /** A CIDR block, a prefix list or a group. */
  readonly source: string;
}

/** Where a path begins; `conditional` is the internet by an appliance whose rules are not known. */
export type PathCategory = 'internet' | 'conditional' | 'peer' | 'vgw' | 'tgw';

/** What proves a finding of network reachability. */
export interface NetworkEvidence {
  readonly interfaceId: string;
  readonly subnetId: string;
  /** By its tag; empty without one. */
  readonly subnetName: string;
  readonly category: PathCategory;
  /** Id of the gateway, connection or load balancer. */
  readonly via: string;
  readonly protocol: 'TCP' | 'UDP';
  /** First and last port. */
  readonly begin: number;
  readonly end: number;
  /** Services that are known by these ports. */
  readonly services: readonly string[];
  readonly families: readonly ('ipv4' | 'ipv6')[];
  /** Everybody of the internet may call. */
  readonly isWorld: boolean;
  /** How many addresses may call, as a decimal number. */
  readonly sourceCount: string;
  /** The first blocks of them; empty for everybody. */
  readonly sourceBlocks: readonly string[];
  readonly hops: readonly NetworkHop[];
  /** Entries whose removal closes the ports; what else that closes is worked out when somebody asks. */
  readonly revokes: readonly IngressRule[];
}

/** `22/tcp`, or `20-25/tcp`. */
export function portsWord({
  begin,
  end,
  protocol,
}: {
  readonly begin: number;
  readonly end: number;
  readonly protocol: string;
}): string {
  return `${begin === end ? begin : `${begin}-${end}`}/${protocol.toLowerCase()}`;
}
