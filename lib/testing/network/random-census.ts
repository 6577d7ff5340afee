import type { InterfaceAnswer, PacketAnswer, ProtocolPorts } from './topology-file.ts';

/** How often something of a kind is open: in topologies, on interfaces, and on interfaces only for some ports. */
export interface CensusCount {
  topologies: number;
  interfaces: number;
  partial: number;
}

const CATEGORIES = ['directIpv4', 'directIpv6', 'conditional', 'loadBalancer', 'peer', 'vgw', 'tgw'] as const;

export type Census = Record<(typeof CATEGORIES)[number], CensusCount>;

/** Counts what is open in the answers, so that a test can prove that its topologies are not all shut. */
export function censusOf(answers: readonly PacketAnswer[]): Census {
  const census = Object.fromEntries(
    CATEGORIES.map((category) => [category, { topologies: 0, interfaces: 0, partial: 0 }]),
  ) as Census;
  for (const answer of answers) {
    for (const category of CATEGORIES) {
      const sets = Object.values(answer).map((face) => portSetsOf(face)[category]);
      const open = sets.filter((each) => each.some(isOpen));
      if (open.length > 0) census[category].topologies++;
      census[category].interfaces += open.length;
      census[category].partial += open.filter((each) => each.some(isPartlyOpen)).length;
    }
  }
  return census;
}

function portSetsOf(face: InterfaceAnswer): Record<(typeof CATEGORIES)[number], ProtocolPorts[]> {
  const gateways = (each: InterfaceAnswer['peer']) => Object.values(each).flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
  return {
    directIpv4: [face.direct.ipv4],
    directIpv6: [face.direct.ipv6],
    conditional: [face.conditional.ipv4, face.conditional.ipv6],
    loadBalancer: [face.loadBalancer],
    peer: gateways(face.peer),
    vgw: gateways(face.vgw),
    tgw: gateways(face.tgw),
  };
}

function isOpen({ tcp, udp }: ProtocolPorts): boolean {
  return tcp.length + udp.length > 0;
}

function isPartlyOpen({ tcp, udp }: ProtocolPorts): boolean {
  return [tcp, udp].some(
    ([first, ...others]) => first !== undefined && (others.length > 0 || first[1] - first[0] < 65535),
  );
}
