import { compareDigits } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

/** Runs of digits and runs of other characters. */
export type PackagistVersion = readonly string[];

/**
 * Versions of Composer packages as PHP's version_compare orders them, with the leading "v" dropped. Rules: the PHP
 * manual, version_compare. All words that PHP does not know weigh the same.
 */
export const packagist: VersionScheme<PackagistVersion> = {
  id: 'packagist',
  parse,
  compare,
  // A branch has no place among releases; PHP sorts it before them all.
  isDoubtful: ([first = '']) => !NUMBER.test(first),
};

const VERSION = /^[0-9A-Za-z.+_#-]+$/;
const PART = /[0-9]+|#|[^0-9._+#-]+/g;
const NUMBER = /^[0-9]/;
const RELEASE = 4;
const UNKNOWN = -1;
/** Beginnings of words with their rank, in the order in which PHP tries them. */
const WORDS: readonly (readonly [start: string, rank: number])[] = [
  ['dev', 0],
  ['alpha', 1],
  ['a', 1],
  ['beta', 2],
  ['b', 2],
  ['RC', 3],
  ['rc', 3],
  ['pl', 5],
  ['p', 5],
];

function parse(text: string): PackagistVersion | null {
  const version = text.length > VERSION_LENGTH_MAX ? '' : text.trim().replace(/^[vV](?=[0-9])/, '');
  // PHP holds "#" equal to every number, by which 1 = # = 2. As the number 1 it has one place.
  return VERSION.test(version) ? (version.match(PART)?.map((part) => (part === '#' ? '1' : part)) ?? null) : null;
}

function compare(a: PackagistVersion, b: PackagistVersion): Order {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareParts(a[index], b[index]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** What goes on with a number is newer than what ends; what goes on with a word is as old as the word. */
function compareParts(a: string | undefined, b: string | undefined): Order {
  if (a !== undefined && b !== undefined && NUMBER.test(a) && NUMBER.test(b)) {
    return compareDigits(a, b);
  }
  if (a === undefined || b === undefined) {
    const longer = a ?? b ?? '';
    const order = NUMBER.test(longer) ? 1 : orderOf(rankOf(longer) - RELEASE);
    return (a === undefined ? -order : order) as Order;
  }
  return orderOf(rankOf(a) - rankOf(b));
}

function rankOf(part: string): number {
  if (NUMBER.test(part)) {
    return RELEASE;
  }
  return WORDS.find(([start]) => part.startsWith(start))?.[1] ?? UNKNOWN;
}
