import type { Severity } from '../../model/severity.ts';
import type { Protocol } from './topology.ts';

/** A service that is known by its ports, and how bad it is that the internet, or a neighbouring network, can call it. */
export interface Service {
  readonly name: string;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
  readonly internet: Severity;
  readonly neighbour: Severity;
  /** Not of Amazon Inspector's list, but of ours. */
  readonly isOurs?: boolean;
}

const MEDIUM = { internet: 'MEDIUM', neighbour: 'INFORMATIONAL' } as const;
const HIGH = { internet: 'HIGH', neighbour: 'MEDIUM' } as const;
const LOGIN = { internet: 'MEDIUM', neighbour: 'LOW' } as const;
const WEB = { internet: 'LOW', neighbour: 'INFORMATIONAL' } as const;

/**
 * Ports and severities of Amazon Inspector's findings of network reachability
 * (https://docs.aws.amazon.com/inspector/latest/user/findings-types.html), and behind them those that it does not list.
 */
export const SERVICES: readonly Service[] = [
  { name: 'DHCP', tcp: [67, 68, 546, 547], udp: [67, 68, 546, 547], ...MEDIUM },
  { name: 'Elasticsearch', tcp: [9200, 9300], udp: [], ...MEDIUM },
  { name: 'FTP', tcp: [21], udp: [21], ...HIGH },
  { name: 'Global catalog LDAP', tcp: [3268], udp: [], ...MEDIUM },
  { name: 'Global catalog LDAP over TLS', tcp: [3269], udp: [], ...MEDIUM },
  { name: 'HTTP', tcp: [80], udp: [80], ...WEB },
  { name: 'HTTPS', tcp: [443], udp: [443], ...WEB },
  { name: 'Kerberos', tcp: [88, 464, 543, 544, 749, 751], udp: [88, 464, 749, 750, 751, 752], ...MEDIUM },
  { name: 'LDAP', tcp: [389], udp: [389], ...MEDIUM },
  { name: 'LDAP over TLS', tcp: [636], udp: [], ...MEDIUM },
  { name: 'MongoDB', tcp: [27_017, 27_018, 27_019, 28_017], udp: [], ...MEDIUM },
  { name: 'MySQL', tcp: [3306], udp: [], ...MEDIUM },
  { name: 'NetBIOS', tcp: [137, 139], udp: [137, 138], ...MEDIUM },
  { name: 'NFS', tcp: [111, 2049, 4045, 1110], udp: [111, 2049, 4045, 1110], ...MEDIUM },
  { name: 'Oracle', tcp: [1521, 1630], udp: [], ...MEDIUM },
  { name: 'PostgreSQL', tcp: [5432], udp: [], ...MEDIUM },
  { name: 'Print services', tcp: [515], udp: [], ...HIGH },
  { name: 'RDP', tcp: [3389], udp: [3389], ...LOGIN },
  { name: 'RPC', tcp: [111, 135, 530], udp: [111, 135, 530], ...MEDIUM },
  { name: 'SMB', tcp: [445], udp: [445], ...MEDIUM },
  { name: 'SSH', tcp: [22], udp: [22], ...LOGIN },
  { name: 'SQL Server', tcp: [1433], udp: [1434], ...MEDIUM },
  { name: 'Syslog', tcp: [601], udp: [514], ...MEDIUM },
  { name: 'Telnet', tcp: [23], udp: [23], ...HIGH },
  { name: 'WINS', tcp: [42, 1512], udp: [42, 1512], ...MEDIUM },
  ...[
    { name: 'Redis', tcp: [6379] },
    { name: 'Memcached', tcp: [11_211] },
    { name: 'Docker', tcp: [2375, 2376] },
    { name: 'kubelet', tcp: [10_250] },
    { name: 'Kubernetes API', tcp: [6443] },
    { name: 'etcd', tcp: [2379, 2380] },
    { name: 'WinRM', tcp: [5985, 5986] },
    { name: 'VNC', tcp: [5900, 5901] },
    { name: 'Kafka', tcp: [9092] },
    { name: 'Cassandra', tcp: [9042] },
    { name: 'Jupyter', tcp: [8888] },
  ].map((service): Service => ({ ...service, udp: [], ...MEDIUM, isOurs: true })),
];

const BY_PORT: Readonly<Record<Protocol, ReadonlyMap<number, readonly Service[]>>> = {
  tcp: byPort('tcp'),
  udp: byPort('udp'),
};

function byPort(protocol: Protocol): ReadonlyMap<number, readonly Service[]> {
  const map = new Map<number, readonly Service[]>();
  for (const service of SERVICES) {
    for (const port of service[protocol]) map.set(port, [...(map.get(port) ?? []), service]);
  }
  return map;
}

/** Ports of a protocol that belong to a service, ascending. */
const RECOGNISED: Readonly<Record<Protocol, readonly number[]>> = {
  tcp: [...BY_PORT.tcp.keys()].toSorted((a, b) => a - b),
  udp: [...BY_PORT.udp.keys()].toSorted((a, b) => a - b),
};

export function servicesAt(protocol: Protocol, port: number): readonly Service[] {
  return BY_PORT[protocol].get(port) ?? [];
}

/** Cuts ports so that each recognised one stands alone and the rest stays whole; both ends of a range are in it. */
export function rangesOf(protocol: Protocol, ports: readonly (readonly [number, number])[]): readonly PortRange[] {
  return ports.flatMap(([first, last]) => {
    const ranges: PortRange[] = [];
    let from = first;
    for (const port of RECOGNISED[protocol]) {
      if (port < from || port > last) continue;
      if (from < port) ranges.push([from, port - 1]);
      ranges.push([port, port]);
      from = port + 1;
    }
    if (from <= last) ranges.push([from, last]);
    return ranges;
  });
}

/** The first and the last port. */
export type PortRange = readonly [first: number, last: number];
