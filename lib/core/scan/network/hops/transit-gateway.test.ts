import { describe, it } from 'vitest';
import { expectTrap } from '../../../../testing/network/expect-trap.ts';
import { TRANSIT_TRAPS } from '../../../../testing/network/traps-neighbours.ts';

describe('through transit gateways, as AWS has it', () => {
  it.each(TRANSIT_TRAPS)('$name', expectTrap);
});
