import { describe, it } from 'vitest';
import { expectTrap } from '../../../../testing/network/expect-trap.ts';
import { INTERNET_TRAPS } from '../../../../testing/network/traps-internet.ts';
import { VPN_TRAPS } from '../../../../testing/network/traps-neighbours.ts';

describe('through internet and VPN gateways, as AWS has it', () => {
  it.each([...INTERNET_TRAPS, ...VPN_TRAPS])('$name', expectTrap);
});
