import { compareDigits, compareText } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

/** Kinds of parts in the order in which apk ranks them where two versions differ in kind; the end comes last. */
const INITIAL = 0;
const NUMBER = 1;
const LETTER = 2;
const SUFFIX = 3;
const SUFFIX_NUMBER = 4;
const COMMIT = 5;
const REVISION = 6;
const END = 7;

interface Part {
  readonly kind: number;
  readonly text: string;
}

export interface ApkVersion {
  readonly parts: readonly Part[];
  /** What follows where the grammar ends; empty for a version as apk accepts it. */
  readonly rest: string;
  readonly isDoubtful: boolean;
}

/** Suffixes from the oldest to the newest; those before the plain release are pre-releases. */
const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];
const PLAIN = SUFFIXES.indexOf('');

/**
 * Versions of Alpine's apk: `number{.number}[letter[number]]{_suffix[number]}[~hash][-rN]`. Rules: apk-package(5) and
 * src/version.c of apk-tools, whose tests also order text that it refuses elsewhere; such text is doubtful here.
 */
export const apk: VersionScheme<ApkVersion> = {
  id: 'apk',
  parse,
  compare,
  isDoubtful: (version) => version.isDoubtful,
};

const PRINTABLE = /^[\x21-\x7e]+$/;
const PART = /(\.?)([0-9]+)|(\.)(?=\.)|([a-z])|_([a-z]+)([0-9]*)|~([0-9a-f]+)|-r([0-9]*)(?![a-z])/y;

function parse(text: string): ApkVersion | null {
  const version = text.length > VERSION_LENGTH_MAX ? '' : text.trim();
  if (!PRINTABLE.test(version)) {
    return null;
  }
  const parts: Part[] = /^[0-9]/.test(version) ? [] : [{ kind: INITIAL, text: '' }];
  let at = 0;
  for (let last = parts.length - 1; at < version.length; ) {
    PART.lastIndex = at;
    const found = PART.exec(version);
    const read = found === null ? null : partsOf(found, last);
    if (read === null) {
      break;
    }
    parts.push(...read);
    last = read.at(-1)?.kind ?? last;
    at = PART.lastIndex;
  }
  const rest = version.slice(at);
  const isDoubtful = rest !== '' || parts.some((part) => part.text === '');
  return parts.length === 1 && parts[0]?.text === '' && rest === version ? null : { parts, rest, isDoubtful };
}

/** The parts of one match, or null where they may not stand at this place. */
function partsOf(found: RegExpExecArray, last: number): readonly Part[] | null {
  const [, dot, digits, lonelyDot, letter, suffix, count = '', hash, revision] = found;
  if (digits !== undefined) {
    if (last === -1) {
      return [{ kind: INITIAL, text: digits }];
    }
    // apk 2 let a number follow the letter at once, as in 1.8.28p1.
    return last <= NUMBER || (last === LETTER && dot === '') ? [{ kind: NUMBER, text: digits }] : null;
  }
  if (lonelyDot !== undefined) {
    return last <= NUMBER ? [{ kind: NUMBER, text: '' }] : null;
  }
  if (letter !== undefined) {
    return last <= NUMBER ? [{ kind: LETTER, text: letter }] : null;
  }
  if (suffix !== undefined) {
    if (last > SUFFIX_NUMBER || !SUFFIXES.includes(suffix)) {
      return null;
    }
    const named = { kind: SUFFIX, text: suffix };
    return count === '' ? [named] : [named, { kind: SUFFIX_NUMBER, text: count }];
  }
  if (hash !== undefined) {
    return last < COMMIT ? [{ kind: COMMIT, text: hash }] : null;
  }
  return last < REVISION && revision !== undefined ? [{ kind: REVISION, text: revision }] : null;
}

function compare(a: ApkVersion, b: ApkVersion): Order {
  const length = Math.max(a.parts.length, b.parts.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.parts[index];
    const right = b.parts[index];
    const order =
      left !== undefined && right !== undefined && left.kind === right.kind
        ? comparePart(left, right)
        : compareKind(left, right);
    if (order !== 0) {
      return order;
    }
  }
  return compareRest(a.rest, b.rest);
}

function comparePart(a: Part, b: Part): Order {
  if (a.kind === SUFFIX) {
    return orderOf(SUFFIXES.indexOf(a.text) - SUFFIXES.indexOf(b.text));
  }
  if (a.kind === LETTER || a.kind === COMMIT) {
    return compareText(a.text, b.text);
  }
  // A number with a leading zero is a fraction, so it orders as text, as in Gentoo. An absent one comes first.
  const asText = a.kind === NUMBER && (a.text[0] === '0' || b.text[0] === '0');
  const absent = a.kind === REVISION ? 0 : Number(a.text !== '') - Number(b.text !== '');
  return orderOf(absent) || (asText ? compareText(a.text, b.text) : compareDigits(a.text, b.text));
}

/** Where one goes on and the other ends, or they go on differently: longer is newer, unless it is a pre-release. */
function compareKind(a: Part | undefined, b: Part | undefined): Order {
  if (isPreRelease(a)) {
    return -1;
  }
  if (isPreRelease(b)) {
    return 1;
  }
  return orderOf((b?.kind ?? END) - (a?.kind ?? END));
}

function isPreRelease(part: Part | undefined): boolean {
  return part?.kind === SUFFIX && SUFFIXES.indexOf(part.text) < PLAIN;
}

/** Text behind the grammar makes a version older; only text behind a dot orders, all other is the same to apk. */
function compareRest(a: string, b: string): Order {
  if (a === '' || b === '') {
    return orderOf(Number(a === '') - Number(b === ''));
  }
  return compareText(keyOfRest(a), keyOfRest(b));
}

function keyOfRest(rest: string): string {
  return rest.startsWith('.') || rest === '' ? rest : '-';
}
