import { expect } from 'vitest';
import { answerOf } from '../../core/scan/network/answer.ts';
import { Reach } from '../../core/scan/network/reach.ts';
import { readTopology } from '../../core/scan/network/read-topology.ts';
import type { Trap } from './build-topology.ts';

/** Compares what the engine says of a trap with the answer of AWS, and what it says is not known. */
export function expectTrap({ topology: file, interface: id, expected, unknown }: Trap): void {
  const { topology } = readTopology(file);
  const found = new Reach(topology).all().find((one) => one.interface.id === id);
  if (found === undefined) throw new Error(`${id} is not told of.`);
  const answer = answerOf(found);
  for (const [key, value] of Object.entries(expected)) {
    expect(answer[key as keyof typeof answer], key).toEqual(value);
  }
  const components = new Set(answer.unknown.map(({ component }) => component));
  expect([...components].toSorted()).toEqual([...(unknown ?? [])].toSorted());
}
