import fc from 'fast-check';
import { expect, it } from 'vitest';
import { has, intersect, intervalsOf, sizeOf, subtract, union } from './intervals.ts';
import { firstMatch, intersectRegions, portsFrom, unionOf } from './region.ts';

const END = 24;
const span = fc.tuple(fc.integer({ min: 0, max: END }), fc.integer({ min: 0, max: END }));
const set = fc.array(span, { maxLength: 4 }).map(intervalsOf);
const points = Array.from({ length: END }, (_, at) => at);
const statement = fc
  .record({ ports: span, addresses: set, allow: fc.boolean() })
  .map(({ ports: [a, b], ...rest }) => ({ from: Math.min(a, b), to: Math.max(a, b), ...rest }));
const statements = fc.array(statement, { maxLength: 6 });

it('sets hold the points that each point alone says', () => {
  fc.assert(
    fc.property(set, set, (a, b) => {
      for (const point of points) {
        expect(has(union(a, b), point)).toBe(has(a, point) || has(b, point));
        expect(has(intersect(a, b), point)).toBe(has(a, point) && has(b, point));
        expect(has(subtract(a, b), point)).toBe(has(a, point) && !has(b, point));
      }
      expect(sizeOf(a)).toBe(BigInt(points.filter((point) => has(a, point)).length));
    }),
  );
});

it('regions let through the packets that each packet alone says', () => {
  fc.assert(
    fc.property(statements, statements, (list, slabs) => {
      const [first, any] = [firstMatch(list), unionOf(slabs)];
      const both = intersectRegions(first, any);
      for (const address of points) {
        for (const port of points) {
          const meets = ({ from, to, addresses }: (typeof list)[number]): boolean =>
            from <= port && port < to && has(addresses, address);
          const [decides, joins] = [list.find(meets)?.allow === true, slabs.some(meets)];
          expect(has(portsFrom(first, address), port)).toBe(decides);
          expect(has(portsFrom(any, address), port)).toBe(joins);
          expect(has(portsFrom(both, address), port)).toBe(decides && joins);
        }
      }
    }),
    { numRuns: 40 },
  );
});
