import { describe, it } from 'vitest';
import { expectTrap } from '../../../../testing/network/expect-trap.ts';
import { PEER_TRAPS } from '../../../../testing/network/traps-neighbours.ts';

describe('through peerings, as AWS has it', () => {
  it.each(PEER_TRAPS)('$name', expectTrap);
});
