import { describe, expect, it } from 'vitest';
import { reachByPackets } from './packet-by-packet.ts';
import { censusOf } from './random-census.ts';
import { randomTopology } from './random-topology.ts';
import { TRAPS } from './traps.ts';

const decidable = TRAPS.filter((trap) => (trap.unknown ?? []).length === 0);

describe('reachByPackets', () => {
  it.each(decidable)('$name', (trap) => {
    const answer = reachByPackets(trap.topology)[trap.interface];
    for (const [key, value] of Object.entries(trap.expected))
      expect({ [key]: answer?.[key as never] }).toEqual({ [key]: value });
  });
});

describe('TRAPS', () => {
  it('have different names', () => {
    expect(new Set(TRAPS.map((trap) => trap.name)).size).toBe(TRAPS.length);
  });
});

describe('randomTopology', () => {
  it('is the same for the same seed', () => {
    expect(randomTopology(7)).toEqual(randomTopology(7));
  });

  it('opens something of every category in many topologies, and often only in part', () => {
    const count = 100;
    const answers = Array.from({ length: count }, (_, seed) => reachByPackets(randomTopology(seed)));
    for (const [category, { topologies, interfaces, partial }] of Object.entries(censusOf(answers))) {
      expect(topologies, category).toBeGreaterThan(count * 0.08);
      expect(partial, category).toBeGreaterThan(interfaces * 0.3);
    }
  });
});
