import { compareDigitsIn, compareText } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface RpmVersion {
  readonly epoch: string;
  readonly version: string;
  /** Null where none is written; it then orders before every release. */
  readonly release: string | null;
}

/**
 * `[epoch:]version[-release]` as RPM orders it: rpmvercmp of epoch, version and release, with `~` before and `^` after
 * the end. Rules: rpm-version(7) and lib/rpmvercmp of RPM.
 */
export const rpm: VersionScheme<RpmVersion> = { id: 'rpm', parse, compare, isDoubtful };

/** RPM orders any text, and builds packages with these signs alone. */
function isDoubtful({ version, release }: RpmVersion): boolean {
  return !USUAL.test(version) || !USUAL.test(release ?? '');
}

const USUAL = /^[0-9A-Za-z._+~^-]*$/;
const EPOCH = /^(?:([0-9]+):)?(.*)$/s;
const VISIBLE = /^[^\s\p{Cc}]+$/u;

function parse(text: string): RpmVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const whole = text.trim();
  if (!VISIBLE.test(whole)) {
    return null;
  }
  // Only digits before a colon are an epoch; a colon elsewhere is a separator like any other.
  const [, epoch = '0', rest = ''] = EPOCH.exec(whole) ?? [];
  const hyphen = rest.lastIndexOf('-');
  const version = hyphen === -1 ? rest : rest.slice(0, hyphen);
  return version === '' ? null : { epoch, version, release: hyphen === -1 ? null : rest.slice(hyphen + 1) };
}

function compare(a: RpmVersion, b: RpmVersion): Order {
  return (
    compareRpmPart(a.epoch, b.epoch) || compareRpmPart(a.version, b.version) || compareRelease(a.release, b.release)
  );
}

function compareRelease(a: string | null, b: string | null): Order {
  if (a === null || b === null) {
    return orderOf(Number(b === null) - Number(a === null));
  }
  return compareRpmPart(a, b);
}

/** rpmvercmp: runs of digits and runs of letters in turn; what lies between them separates and does not order. */
export function compareRpmPart(a: string, b: string): Order {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    i = skipSeparators(a, i);
    j = skipSeparators(b, j);
    const sign = compareSign(a[i], b[j], '~', -1) ?? compareSign(a[i], b[j], '^', 1);
    if (sign === 0) {
      i += 1;
      j += 1;
      continue;
    }
    if (sign !== undefined) {
      return sign;
    }
    if (i >= a.length || j >= b.length) {
      break;
    }
    const isNumber = kindOf(a.charCodeAt(i)) === DIGIT;
    const endA = endOfRun(a, i, isNumber ? DIGIT : LETTER);
    const endB = endOfRun(b, j, isNumber ? DIGIT : LETTER);
    if (endB === j) {
      // Runs of different kinds: numbers are newer than letters.
      return isNumber ? 1 : -1;
    }
    const order = isNumber ? compareDigitsIn(a, i, endA, b, j, endB) : compareText(a.slice(i, endA), b.slice(j, endB));
    if (order !== 0) {
      return order;
    }
    i = endA;
    j = endB;
  }
  return orderOf(Number(i < a.length) - Number(j < b.length));
}

/**
 * Where one side or both stand at a tilde or a caret. A tilde orders before anything, the end included; a caret orders
 * after the end and before anything else. 0 when both do, undefined when neither does.
 */
function compareSign(
  a: string | undefined,
  b: string | undefined,
  sign: '~' | '^',
  afterEnd: Order,
): Order | undefined {
  if (a !== sign && b !== sign) {
    return undefined;
  }
  if (a === b) {
    return 0;
  }
  const other = a === sign ? b : a;
  const order = other === undefined ? afterEnd : -1;
  return (a === sign ? order : -order) as Order;
}

const SEPARATOR = 0;
const DIGIT = 1;
const LETTER = 2;
const MARK = 3;

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) {
    return DIGIT;
  }
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) {
    return LETTER;
  }
  return code === 126 || code === 94 ? MARK : SEPARATOR;
}

function skipSeparators(text: string, from: number): number {
  let at = from;
  while (at < text.length && kindOf(text.charCodeAt(at)) === SEPARATOR) {
    at += 1;
  }
  return at;
}

function endOfRun(text: string, from: number, kind: number): number {
  let end = from;
  while (end < text.length && kindOf(text.charCodeAt(end)) === kind) {
    end += 1;
  }
  return end;
}
