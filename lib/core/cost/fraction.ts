/** An exact number that is not negative: `top / bottom`. */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

export const ZERO: Fraction = { top: 0n, bottom: 1n };

const DECIMAL = /^(\d{1,18})(?:\.(\d{1,12}))?$/;

/** Reads a decimal as it is written; null for what is negative, has an exponent or is no number. */
export function toFraction(decimal: string | number): Fraction | null {
  const match = DECIMAL.exec(String(decimal));
  if (match === null) return null;
  const [, whole = '', part = ''] = match;
  return lowest(BigInt(whole + part), 10n ** BigInt(part.length));
}

export function plus(one: Fraction, other: Fraction): Fraction {
  return lowest(one.top * other.bottom + other.top * one.bottom, one.bottom * other.bottom);
}

/** Not for differences below nothing. */
export function minus(one: Fraction, other: Fraction): Fraction {
  return lowest(one.top * other.bottom - other.top * one.bottom, one.bottom * other.bottom);
}

export function times(one: Fraction, other: Fraction): Fraction {
  return lowest(one.top * other.top, one.bottom * other.bottom);
}

/** A whole number of cents, half a cent rounded up. */
export function toCents({ top, bottom }: Fraction): number {
  return Number((top * 200n + bottom) / (bottom * 2n));
}

function lowest(top: bigint, bottom: bigint): Fraction {
  const divisor = commonDivisor(top, bottom);
  return { top: top / divisor, bottom: bottom / divisor };
}

function commonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
