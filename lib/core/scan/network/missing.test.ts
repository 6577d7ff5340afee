import { describe, it } from 'vitest';
import { expectTrap } from '../../../testing/network/expect-trap.ts';
import { UNKNOWN_TRAPS } from '../../../testing/network/traps-unknown.ts';

describe('what was not read', () => {
  it.each(UNKNOWN_TRAPS)('$name', expectTrap);
});
