import {
  DoorOpen,
  Globe,
  KeyRound,
  ListChecks,
  type LucideIcon,
  Network,
  Plug,
  Route,
  Server,
  Shield,
  Split,
  Waypoints,
} from 'lucide-react';
import type { NetworkHop } from '@/lib/core/model/network.ts';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  InternetGateway: DoorOpen,
  VPNGateway: KeyRound,
  VPCPeeringConnection: Split,
  TransitGateway: Waypoints,
  RouteTable: Route,
  NetworkAcl: ListChecks,
  SecurityGroup: Shield,
  NetworkInterface: Plug,
  Instance: Server,
  Subnet: Network,
  LoadBalancer: Split,
  Listener: DoorOpen,
  TargetGroup: Server,
};

const WORDS: Readonly<Record<string, string>> = {
  InternetGateway: 'Internet gateway',
  VPNGateway: 'VPN gateway',
  VPCPeeringConnection: 'Peering',
  TransitGateway: 'Transit gateway',
  RouteTable: 'Route table',
  NetworkAcl: 'Network ACL',
  SecurityGroup: 'Security group',
  NetworkInterface: 'Interface',
  Instance: 'Instance',
  Subnet: 'Subnet',
  LoadBalancer: 'Load balancer',
  Listener: 'Listener',
  TargetGroup: 'Target group',
  VPCEndpoint: 'Appliance',
};

/** The hops of a path in the order in which a packet meets them, each with what lets it through. */
export function HopList({ hops }: { readonly hops: readonly NetworkHop[] }) {
  return (
    <ol className="hop-list">
      {hops.map((hop, at) => {
        const kind = hop.type.split('::').at(-1) ?? '';
        const Icon = ICONS[kind] ?? Globe;
        const name = WORDS[kind] ?? kind;
        return (
          // Two groups may admit one packet, and a list may be met twice: the place tells hops apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: hops of a path never move
          <li key={at}>
            <Icon size={14} strokeWidth={1.6} className="mt-[3px] shrink-0 text-fg-3" aria-hidden="true" />
            <div className="min-w-0">
              <p className="break-words">
                {name} {hop.because}
              </p>
              <p className="break-all font-mono text-12 text-fg-3">{shortId(hop.id)}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** The name in an ARN, and everything else as it is. */
function shortId(id: string): string {
  return id.startsWith('arn:') ? (id.split(':').slice(5).join(':') ?? id) : id;
}
