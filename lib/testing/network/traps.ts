import type { Trap } from './build-topology.ts';
import { BALANCER_TRAPS } from './traps-balancers.ts';
import { INTERNET_TRAPS } from './traps-internet.ts';
import { NEIGHBOUR_TRAPS } from './traps-neighbours.ts';
import { UNKNOWN_TRAPS } from './traps-unknown.ts';

/** Hand-made cases, each with the answer of AWS. */
export const TRAPS: readonly Trap[] = [...INTERNET_TRAPS, ...NEIGHBOUR_TRAPS, ...BALANCER_TRAPS, ...UNKNOWN_TRAPS];
