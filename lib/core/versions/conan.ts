import { compareDigits, compareText } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface ConanVersion {
  /** Without the zeros at the end, which change nothing. */
  readonly items: readonly string[];
  readonly prerelease: ConanVersion | null;
  readonly build: ConanVersion | null;
}

/** Versions of Conan 2: any number of items, a pre-release behind a hyphen, a build behind the last plus. Rules: conan.api. */
export const conan: VersionScheme<ConanVersion> = { id: 'conan', parse, compare, isDoubtful: () => false };

const VERSION = /^[0-9A-Za-z.+*_-]+$/;

function parse(text: string): ConanVersion | null {
  const version = text.length > VERSION_LENGTH_MAX ? '' : text.trim();
  return VERSION.test(version) && /[0-9A-Za-z]/.test(version) ? read(version, true) : null;
}

function read(text: string, mayBePrerelease: boolean): ConanVersion {
  const plus = text.lastIndexOf('+');
  const front = plus === -1 ? text : text.slice(0, plus);
  const hyphen = mayBePrerelease ? front.indexOf('-') : -1;
  const items = (hyphen === -1 ? front : front.slice(0, hyphen)).split('.');
  while (/^0+$/.test(items.at(-1) ?? '')) {
    items.pop();
  }
  return {
    items,
    prerelease: hyphen === -1 ? null : read(front.slice(hyphen + 1), false),
    build: plus === -1 ? null : read(text.slice(plus + 1), false),
  };
}

function compare(a: ConanVersion, b: ConanVersion): Order {
  return (
    compareItems(a.items, b.items) ||
    compareOptional(a.prerelease, b.prerelease, 1) ||
    compareOptional(a.build, b.build, -1)
  );
}

/** `whenAbsent` is the order of a version without this part against one that has it. */
function compareOptional(a: ConanVersion | null, b: ConanVersion | null, whenAbsent: Order): Order {
  if (a === null || b === null) {
    return a === b ? 0 : ((a === null ? whenAbsent : -whenAbsent) as Order);
  }
  return compare(a, b);
}

function compareItems(a: readonly string[], b: readonly string[]): Order {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) {
      return 1;
    }
    const order = compareItem(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return a.length < b.length ? -1 : 0;
}

/**
 * Numbers as numbers, then what follows the number as text. Conan itself compares a number with a text as texts, by
 * which 9 < 10, 10 < "1a" and "1a" < 9: no order at all. The number in front decides here, and both agree wherever
 * Conan's own answer fits into an order.
 */
function compareItem(a: string, b: string): Order {
  const left = /^[0-9]+/.exec(a)?.[0];
  const right = /^[0-9]+/.exec(b)?.[0];
  if (left === undefined || right === undefined) {
    return left === right ? compareText(a, b) : orderOf(Number(left === undefined) - Number(right === undefined));
  }
  return compareDigits(left, right) || compareText(a.slice(left.length), b.slice(right.length));
}
