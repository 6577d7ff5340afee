import { compareText } from './digits.ts';
import type { Order } from './scheme.ts';

const PRINTABLE = /^[!-~]+$/;
const PIECES = /[0-9]+|[a-z]+|\.|-|[^0-9a-z.-]+/g;
/** Words that the old rule wrote differently, so that plain text order puts them where people expect them. */
const SPELLINGS: Readonly<Record<string, string>> = { pre: 'c', preview: 'c', rc: 'c', '-': 'final-', dev: '@' };
const END = '*final';

/**
 * Sort key of text from before PEP 440, by the published rule of old setuptools: runs of digits are padded, words get a
 * star, words that mean "before the release" sort below the end. Null for text that no index would have taken.
 */
export function legacyKey(version: string): readonly string[] | null {
  if (!PRINTABLE.test(version)) {
    return null;
  }
  const key: string[] = [];
  for (const piece of version.match(PIECES) ?? []) {
    if (piece === '.') {
      continue;
    }
    addPart(key, /^[0-9]/.test(piece) ? piece.padStart(8, '0') : `*${SPELLINGS[piece] ?? piece}`);
  }
  addPart(key, END);
  return key;
}

function addPart(key: string[], part: string): void {
  if (part.startsWith('*')) {
    if (part < END) {
      dropTrailing(key, '*final-');
    }
    dropTrailing(key, '00000000');
  }
  key.push(part);
}

function dropTrailing(key: string[], part: string): void {
  while (key.at(-1) === part) {
    key.pop();
  }
}

/** Null stands for a real PEP 440 version, which comes after every legacy one. */
export function compareLegacy(a: readonly string[] | null, b: readonly string[] | null): Order {
  if (a === null || b === null) {
    return a === null ? 1 : -1;
  }
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) {
      return 1;
    }
    const order = compareText(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return a.length < b.length ? -1 : 0;
}
