import type { Family } from './address.ts';
import type { Intervals } from './intervals.ts';
import type { Region } from './region.ts';
import type { Protocol } from './topology.ts';

/** `internet` without a load balancer, `conditional` through an appliance whose rules are not known. */
export type Category = 'internet' | 'conditional' | 'load-balancer' | 'peer' | 'vgw' | 'tgw';

/** A way into an interface: who may call which of its ports, and what the packets pass. */
export interface Opening {
  readonly category: Category;
  /** Id of the gateway, connection or load balancer that lets it in. */
  readonly via: string;
  readonly family: Family;
  readonly protocol: Protocol;
  /** Sources and the ports of the interface that each of them may call. Through a load balancer the sources are its clients. */
  readonly region: Region;
  /** What else tells this way from others by the same gateway. */
  readonly passes: Passes;
}

/** What tells a way in from others: openings that agree in it are told as one. */
export type Way = Pick<Opening, 'category' | 'via' | 'family' | 'protocol'>;

export function isSameWay(a: Way, b: Way): boolean {
  return a.via === b.via && a.category === b.category && a.family === b.family && a.protocol === b.protocol;
}

/** Openings by the way in, in the order in which each way comes first. */
export function byWay(openings: readonly Opening[]): readonly (readonly [Opening, ...Opening[]])[] {
  const ways: [Opening, ...Opening[]][] = [];
  for (const opening of openings) {
    const way = ways.find(([first]) => isSameWay(first, opening));
    if (way === undefined) ways.push([opening]);
    else way.push(opening);
  }
  return ways;
}

interface Passes {
  /** The appliance between gateway and subnet. */
  readonly applianceId?: string;
  /** The subnets that the sources are in, or the one that the node of the load balancer is in. */
  readonly fromSubnetIds?: readonly string[];
  /** The VPC whose groups the target's rules may name. */
  readonly referredVpcId?: string;
  /** Subnets of the transit gateway at the source and at the target. */
  readonly attachments?: readonly { readonly attachmentId: string; readonly subnetId: string | null }[];
  readonly listeners?: readonly { readonly balancerId: string; readonly listenerId: string; readonly port: number }[];
  readonly targetGroupId?: string;
  /** Addresses that the target sees as the source, where those are not the clients'; and groups that the balancer wears. */
  readonly seen?: { readonly family: Family; readonly addresses: Intervals; readonly groupIds: readonly string[] };
}
