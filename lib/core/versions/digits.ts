import type { Order } from './scheme.ts';

/** Orders two runs of ASCII digits as numbers of any size, without losing digits to floating point. */
export function compareDigits(a: string, b: string): Order {
  const left = withoutLeadingZeros(a);
  const right = withoutLeadingZeros(b);
  if (left.length !== right.length) {
    return left.length < right.length ? -1 : 1;
  }
  return compareText(left, right);
}

/** Orders by UTF-16 code unit, which equals ASCII order for the characters that versions are made of. */
export function compareText(a: string, b: string): Order {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function withoutLeadingZeros(digits: string): string {
  let start = 0;
  while (start < digits.length && digits[start] === '0') {
    start += 1;
  }
  return digits.slice(start);
}
