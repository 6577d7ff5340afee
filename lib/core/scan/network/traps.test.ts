import { describe, expect, it } from 'vitest';
import { TRAPS } from '../../../testing/network/traps.ts';
import { answerOf } from './answer.ts';
import { Reach } from './reach.ts';
import { readTopology } from './read-topology.ts';

describe('what AWS does, case by case', () => {
  it.each(TRAPS)('$name', ({ topology: file, interface: id, expected, unknown }) => {
    const { topology } = readTopology(file);
    const found = new Reach(topology).all().find((one) => one.interface.id === id);
    if (found === undefined) throw new Error(`${id} is not told of.`);
    const answer = answerOf(found);
    for (const [key, value] of Object.entries(expected)) {
      expect(answer[key as keyof typeof answer], key).toEqual(value);
    }
    const components = new Set(answer.unknown.map(({ component }) => component));
    expect([...components].toSorted()).toEqual([...(unknown ?? [])].toSorted());
  });
});
