import type { Order } from './scheme.ts';

const ZERO = 48;

/** Orders two runs of ASCII digits as numbers of any size, without losing digits to floating point. */
export function compareDigits(a: string, b: string): Order {
  return compareDigitsIn(a, 0, a.length, b, 0, b.length);
}

/** As `compareDigits`, for the runs from `startA` to `endA` and from `startB` to `endB` of two texts, without cutting them out. */
export function compareDigitsIn(
  a: string,
  startA: number,
  endA: number,
  b: string,
  startB: number,
  endB: number,
): Order {
  let i = startA;
  let j = startB;
  while (i < endA && a.charCodeAt(i) === ZERO) {
    i += 1;
  }
  while (j < endB && b.charCodeAt(j) === ZERO) {
    j += 1;
  }
  if (endA - i !== endB - j) {
    return endA - i < endB - j ? -1 : 1;
  }
  for (; i < endA; i += 1, j += 1) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j);
    if (difference !== 0) {
      return difference < 0 ? -1 : 1;
    }
  }
  return 0;
}

/** Orders by UTF-16 code unit, which equals ASCII order for the characters that versions are made of. */
export function compareText(a: string, b: string): Order {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
