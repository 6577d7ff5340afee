import type { Family } from './address.ts';
import { inclusive } from './intervals.ts';
import type { Unknown } from './missing.ts';
import type { Category, Opening } from './opening.ts';
import { type InterfaceReach, portsBy } from './reach.ts';
import type { Protocol } from './topology.ts';

type Ranges = readonly (readonly [first: number, last: number])[];
type ByProtocol = Readonly<Record<Protocol, Ranges>>;
type ByFamily = Readonly<Record<Family, ByProtocol>>;

/** What `harrier reach` says of one interface: ports by the way in, as sorted and merged ranges, both ends in them. */
export interface InterfaceAnswer {
  readonly direct: ByFamily;
  readonly conditional: ByFamily;
  readonly loadBalancer: ByProtocol;
  readonly peer: Readonly<Record<string, ByFamily>>;
  readonly vgw: Readonly<Record<string, ByFamily>>;
  readonly tgw: Readonly<Record<string, ByFamily>>;
  readonly unknown: readonly Unknown[];
}

export function answerOf({ openings, unknown }: InterfaceReach): InterfaceAnswer {
  const of = (category: Category): readonly Opening[] => openings.filter((one) => one.category === category);
  return {
    direct: byFamily(of('internet')),
    conditional: byFamily(of('conditional')),
    loadBalancer: byProtocol(of('load-balancer')),
    peer: byGateway(of('peer')),
    vgw: byGateway(of('vgw')),
    tgw: byGateway(of('tgw')),
    unknown,
  };
}

function byGateway(openings: readonly Opening[]): Readonly<Record<string, ByFamily>> {
  const ids = [...new Set(openings.map(({ via }) => via))].toSorted();
  return Object.fromEntries(ids.map((id) => [id, byFamily(openings.filter(({ via }) => via === id))]));
}

function byFamily(openings: readonly Opening[]): ByFamily {
  return {
    ipv4: byProtocol(openings.filter(({ family }) => family === 'ipv4')),
    ipv6: byProtocol(openings.filter(({ family }) => family === 'ipv6')),
  };
}

function byProtocol(openings: readonly Opening[]): ByProtocol {
  const ports = (protocol: Protocol): Ranges => inclusive(portsBy(openings, (one) => one.protocol === protocol));
  return { tcp: ports('tcp'), udp: ports('udp') };
}
