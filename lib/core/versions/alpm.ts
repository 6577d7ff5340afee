import { compareDigits, compareText } from './digits.ts';
import { orderOf } from './order-of.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VERSION_LENGTH_MAX } from './scheme.ts';

export interface AlpmVersion {
  readonly epoch: string;
  readonly version: readonly Segment[];
  readonly release: readonly Segment[];
  readonly isUsual: boolean;
}

/** A run of digits or of letters, with the number of signs between it and the run before. */
interface Segment {
  readonly signs: number;
  readonly isNumber: boolean;
  readonly text: string;
}

/**
 * `[epoch:]version[-release]` as pacman orders it. Rules: vercmp(8) and lib/libalpm/version.c of pacman. A variant of
 * rpmvercmp in which letters right behind a version are older than the version alone: 1.0rc1 is before 1.0.
 *
 * In two corners pacman's answers go round in a circle, which no order can. A version without a release equals every release
 * of it (1.0-1, 1.0, 1.0-2): here it is the first one, `-1`. And 1.0.1 < 1.0..a < 1.0. < 1.0.1: what ends in a sign, as no
 * package does, is not a version here.
 */
export const alpm: VersionScheme<AlpmVersion> = {
  id: 'alpm',
  parse,
  compare: (a, b) =>
    compareDigits(a.epoch, b.epoch) || compareSegments(a.version, b.version) || compareSegments(a.release, b.release),
  isDoubtful: ({ isUsual }) => !isUsual,
};

const USUAL = /^[0-9A-Za-z:._+~@-]*$/;
const VISIBLE = /^[^\s\p{Cc}]+$/u;
const EPOCH = /^(?:([0-9]*):)?(.*)$/s;

function parse(text: string): AlpmVersion | null {
  if (text.length > VERSION_LENGTH_MAX) {
    return null;
  }
  const whole = text.trim();
  if (!VISIBLE.test(whole)) {
    return null;
  }
  const [, epoch = '0', rest = ''] = EPOCH.exec(whole) ?? [];
  const hyphen = rest.lastIndexOf('-');
  const version = segmentsOf(hyphen === -1 ? rest : rest.slice(0, hyphen));
  const release = segmentsOf(hyphen === -1 ? '1' : rest.slice(hyphen + 1));
  return version === null || release === null ? null : { epoch, version, release, isUsual: USUAL.test(whole) };
}

function segmentsOf(text: string): readonly Segment[] | null {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(/[0-9]+|[A-Za-z]+/g)) {
    segments.push({ signs: match.index - end, isNumber: /^[0-9]/.test(match[0]), text: match[0] });
    end = match.index + match[0].length;
  }
  return segments.length === 0 || end !== text.length ? null : segments;
}

function compareSegments(a: readonly Segment[], b: readonly Segment[]): Order {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const [left, right] = [a[at], b[at]];
    const order = left === undefined || right === undefined ? 0 : compareSegment(left, right);
    if (order !== 0) {
      return order;
    }
  }
  if (a.length === b.length) {
    return 0;
  }
  const goesOn: Order = isOlderTail(a[b.length] ?? b[a.length]) ? -1 : 1;
  return a.length > b.length ? goesOn : orderOf(-goesOn);
}

/** More signs between two runs are newer, whatever stands behind them; then numbers are newer than letters. */
function compareSegment(a: Segment, b: Segment): Order {
  if (a.signs !== b.signs || a.isNumber !== b.isNumber) {
    return orderOf(a.signs - b.signs || Number(a.isNumber) - Number(b.isNumber));
  }
  return a.isNumber ? compareDigits(a.text, b.text) : compareText(a.text, b.text);
}

function isOlderTail(segment: Segment | undefined): boolean {
  return segment !== undefined && segment.signs === 0 && !segment.isNumber;
}
