import { compareDigits, compareDigitsIn } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface DebVersion {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

/** Versions of dpkg: `[epoch:]upstream[-revision]`. Rules: deb-version(7). */
export const deb: VersionScheme<DebVersion> = {
  id: 'deb',
  parse,
  compare,
  isDoubtful: () => false,
};

const EPOCH = /^[0-9]{1,10}$/;
const UPSTREAM = /^[A-Za-z0-9.+~:-]+$/;
const REVISION = /^[A-Za-z0-9.+~]+$/;

function parse(text: string): DebVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const version = text.trim();
  const colon = version.indexOf(':');
  const epoch = colon === -1 ? '0' : version.slice(0, colon);
  const rest = version.slice(colon + 1);
  // The revision follows the last hyphen, since the upstream version may hold hyphens of its own.
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen === -1 ? rest : rest.slice(0, hyphen);
  const revision = hyphen === -1 ? '' : rest.slice(hyphen + 1);
  if (!EPOCH.test(epoch) || !UPSTREAM.test(upstream) || !/[0-9]/.test(upstream)) {
    return null;
  }
  if (hyphen !== -1 && !REVISION.test(revision)) {
    return null;
  }
  // A colon in the upstream part is legal only behind an epoch; without one the first colon has already ended it.
  return { epoch, upstream, revision };
}

function compare(a: DebVersion, b: DebVersion): Order {
  return compareDigits(a.epoch, b.epoch) || comparePart(a.upstream, b.upstream) || comparePart(a.revision, b.revision);
}

/** Alternates between a run of non-digits and a run of digits, as dpkg does. An absent part equals "0". */
function comparePart(a: string, b: string): Order {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const difference = weight(a, i) - weight(b, j);
      if (difference !== 0) {
        return difference < 0 ? -1 : 1;
      }
      i += 1;
      j += 1;
    }
    const endOfA = endOfDigits(a, i);
    const endOfB = endOfDigits(b, j);
    const order = compareDigitsIn(a, i, endOfA, b, j, endOfB);
    if (order !== 0) {
      return order;
    }
    i = endOfA;
    j = endOfB;
  }
  return 0;
}

/** A tilde sorts before everything, even the end; letters sort before all other signs. */
function weight(text: string, index: number): number {
  if (index >= text.length || isDigit(text, index)) {
    return 0;
  }
  const code = text.charCodeAt(index);
  if (text[index] === '~') {
    return -1;
  }
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter ? code : code + 256;
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text, end)) {
    end += 1;
  }
  return end;
}
