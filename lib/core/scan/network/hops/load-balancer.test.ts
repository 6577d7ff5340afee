import { describe, it } from 'vitest';
import { expectTrap } from '../../../../testing/network/expect-trap.ts';
import { BALANCER_TRAPS } from '../../../../testing/network/traps-balancers.ts';

describe('through load balancers, as AWS has it', () => {
  it.each(BALANCER_TRAPS)('$name', expectTrap);
});
