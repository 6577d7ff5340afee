import type { Trap } from './build-topology.ts';
import { BALANCER_TRAPS } from './traps-balancers.ts';
import { INTERNET_TRAPS } from './traps-internet.ts';
import { PEER_TRAPS, TRANSIT_TRAPS, VPN_TRAPS } from './traps-neighbours.ts';
import { UNKNOWN_TRAPS } from './traps-unknown.ts';

/** Hand-made cases, each with the answer of AWS. */
export const TRAPS: readonly Trap[] = [
  ...INTERNET_TRAPS,
  ...PEER_TRAPS,
  ...TRANSIT_TRAPS,
  ...VPN_TRAPS,
  ...BALANCER_TRAPS,
  ...UNKNOWN_TRAPS,
];
