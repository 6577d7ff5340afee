import { compareDigits, compareText } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order } from './scheme.ts';

const IDENTIFIERS = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/;
const NUMBER = /^[0-9]+$/;

/** The identifiers of a pre-release or of build metadata; null when the text is neither. */
export function identifiersOf(text: string): readonly string[] | null {
  return IDENTIFIERS.test(text) ? text.split('.') : null;
}

/** Semantic Versioning 2.0.0, item 11: none at all comes last, numbers before words, the shorter first. */
export function comparePrerelease(a: readonly string[], b: readonly string[]): Order {
  // A pre-release comes before the release it leads to.
  if (a.length === 0 || b.length === 0) {
    return orderOf(Number(a.length === 0) - Number(b.length === 0));
  }
  return compareIdentifiers(a, b);
}

/** Identifier by identifier; where one list begins with the other, the shorter comes first. */
export function compareIdentifiers(a: readonly string[], b: readonly string[]): Order {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) {
      return 1;
    }
    const order = compareIdentifier(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return a.length < b.length ? -1 : 0;
}

function compareIdentifier(a: string, b: string): Order {
  const aIsNumber = NUMBER.test(a);
  if (aIsNumber !== NUMBER.test(b)) {
    return aIsNumber ? -1 : 1;
  }
  return aIsNumber ? compareDigits(a, b) : compareText(a, b);
}
