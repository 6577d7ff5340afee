import { compareDigits } from './digits.ts';
import type { Order } from './scheme.ts';

/** Orders two lists of digits number by number; where one begins with the other, the shorter comes first. */
export function compareNumbers(a: readonly string[], b: readonly string[]): Order {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) {
      return 1;
    }
    const order = compareDigits(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return a.length < b.length ? -1 : 0;
}
