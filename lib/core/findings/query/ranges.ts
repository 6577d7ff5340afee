import type { AgeUnit, Comparison, DatePoint, DateRange, NumberRange, Range } from '../../model/finding-query.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const UNIT_MS: Readonly<Record<AgeUnit, number>> = { h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

/** The end of a range; null where it is open. */
export interface NumberEnd {
  readonly value: number;
  readonly included: boolean;
}

export interface NumberEnds {
  readonly lower: NumberEnd | null;
  readonly upper: NumberEnd | null;
}

export function numberEnds(range: NumberRange): NumberEnds {
  if (range.kind === 'between') {
    return { lower: { value: range.from, included: true }, upper: { value: range.to, included: true } };
  }
  const end = { value: range.point, included: range.operator.endsWith('=') };
  return isUpward(range.operator) ? { lower: end, upper: null } : { lower: null, upper: end };
}

export function inNumbers(range: NumberRange, value: number): boolean {
  const { lower, upper } = numberEnds(range);
  const isAbove = lower === null || value > lower.value || (lower.included && value === lower.value);
  const isBelow = upper === null || value < upper.value || (upper.included && value === upper.value);
  return isAbove && isBelow;
}

/** First and last millisecond that are in the range; null where it is open. */
export interface DateEnds {
  readonly from: number | null;
  readonly to: number | null;
}

/** A range of dates at a time. Ages count back from now, or with `ahead` on from it. */
export function dateEnds(range: DateRange, now: Date, ahead: boolean): DateEnds {
  if (range.kind === 'between') {
    const [from, to] = [span(range.from, now, ahead), span(range.to, now, ahead)];
    return { from: Math.min(from.first, to.first), to: Math.max(from.last, to.last) };
  }
  const { first, last } = span(range.point, now, ahead);
  switch (dateOperator(range.operator, range.point, ahead)) {
    case '>=':
      return { from: first, to: null };
    case '>':
      return { from: last + 1, to: null };
    case '<=':
      return { from: null, to: last };
    case '<':
      return { from: null, to: first - 1 };
  }
}

export function inDates({ from, to }: DateEnds, date: Date): boolean {
  const time = date.getTime();
  return (from === null || time >= from) && (to === null || time <= to);
}

const MIRRORED = { '>=': '<=', '>': '<', '<=': '>=', '<': '>' } as const satisfies Record<Comparison, Comparison>;

/** The greater an age, the earlier the date. */
function dateOperator(operator: Comparison, point: DatePoint, ahead: boolean): Comparison {
  return point.kind === 'age' && !ahead ? MIRRORED[operator] : operator;
}

/** First and last millisecond of a point. */
function span(point: DatePoint, now: Date, ahead: boolean): { readonly first: number; readonly last: number } {
  if (point.kind === 'age') {
    const at = now.getTime() + (ahead ? 1 : -1) * ageMs(point);
    return { first: at, last: at };
  }
  if (point.kind === 'instant') {
    const at = Date.parse(point.at);
    return { first: at, last: at };
  }
  const first = Date.parse(`${point.day}T00:00:00.000Z`);
  return { first, last: first + DAY_MS - 1 };
}

function ageMs({ amount, unit }: Extract<DatePoint, { readonly kind: 'age' }>): number {
  return amount * UNIT_MS[unit];
}

function isUpward(operator: Comparison): boolean {
  return operator === '>=' || operator === '>';
}

/** Either the range or a sentence about what is wrong with its text. */
export type Read<Value> = { readonly value: Value } | { readonly error: string };

/** `>=7`, `7..9`, `7..`, `..9` or a single point, which `single` makes a range of. */
export function readRange<Point>(
  text: string,
  readPoint: (text: string) => Read<Point>,
  single: (point: Point) => Range<Point>,
): Read<Range<Point>> {
  const operator = (['>=', '<=', '>', '<'] as const).find((sign) => text.startsWith(sign));
  if (operator !== undefined) {
    return compared(operator, readPoint(text.slice(operator.length)));
  }
  const dots = text.indexOf('..');
  if (dots < 0) {
    const point = readPoint(text);
    return 'error' in point ? point : { value: single(point.value) };
  }
  const [before, after] = [text.slice(0, dots), text.slice(dots + 2)];
  if (before === '') {
    return compared('<=', readPoint(after));
  }
  if (after === '') {
    return compared('>=', readPoint(before));
  }
  const [from, to] = [readPoint(before), readPoint(after)];
  if ('error' in from) {
    return from;
  }
  return 'error' in to ? to : { value: { kind: 'between', from: from.value, to: to.value } };
}

function compared<Point>(operator: Comparison, point: Read<Point>): Read<Range<Point>> {
  return 'error' in point ? point : { value: { kind: 'compare', operator, point: point.value } };
}

const NUMBER = /^(\d{1,16}(?:\.\d{1,24})?(?:e[+-]?\d{1,3})?)(%?)$/i;

export interface NumberRules {
  readonly limits: readonly [number, number];
  readonly wholeNumbers: boolean;
  readonly percent: boolean;
  /** Shown to who wrote none. */
  readonly example: string;
}

export function readNumberRange(text: string, rules: NumberRules): Read<NumberRange> {
  const range = readRange(
    text,
    (one) => readNumber(one, rules),
    (point) => ({ kind: 'between', from: point, to: point }),
  );
  if ('value' in range && range.value.kind === 'between' && range.value.from > range.value.to) {
    return { error: `${text} begins above its end; write the smaller number first` };
  }
  return range;
}

function readNumber(text: string, { limits, wholeNumbers, percent, example }: NumberRules): Read<number> {
  const [, digits, sign] = NUMBER.exec(text) ?? [];
  const number = sign === '%' ? Number(digits) / 100 : Number(digits);
  const isKind = sign === '' || (sign === '%' && percent);
  if (!isKind || !(number >= limits[0] && number <= limits[1]) || (wholeNumbers && !Number.isInteger(number))) {
    const kind = wholeNumbers ? 'a whole number' : 'a number';
    return { error: `takes ${kind} from ${limits[0]} to ${limits[1]}, such as ${example} or a range` };
  }
  return { value: number };
}

export function readDateRange(text: string): Read<DateRange> {
  const range = readRange(text, readDatePoint, (point) =>
    point.kind === 'age' ? { kind: 'compare', operator: '<=', point } : { kind: 'between', from: point, to: point },
  );
  if ('error' in range || range.value.kind === 'compare') {
    return range;
  }
  const { from, to } = range.value;
  if ((from.kind === 'age') !== (to.kind === 'age')) {
    return { error: `${text} mixes a date with an age; write two of one kind` };
  }
  const zero = new Date(0);
  if (span(from, zero, true).first > span(to, zero, true).last) {
    return { error: `${text} begins after its end; write the smaller one first` };
  }
  return range;
}

const AGE = /^(\d{1,5})([hdw])$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?:(:\d{2})(?:\.(\d{1,3}))?)?Z$/;
const DATE_HELP = 'takes a date such as 2026-11-01, a range 2026-11-01..2026-11-24 or an age such as <7d or >24h';

function readDatePoint(text: string): Read<DatePoint> {
  const [, amount, unit] = AGE.exec(text) ?? [];
  if (amount !== undefined && (unit === 'h' || unit === 'd' || unit === 'w')) {
    return { value: { kind: 'age', amount: Number(amount), unit } };
  }
  if (DAY.test(text)) {
    return isoOf(`${text}T00:00:00.000Z`) === null
      ? { error: `${text} is no day from 1970 on` }
      : { value: { kind: 'day', day: text } };
  }
  const [, minutes, seconds = ':00', fraction = '0'] = INSTANT.exec(text) ?? [];
  if (minutes === undefined) {
    return { error: DATE_HELP };
  }
  const at = isoOf(`${minutes}${seconds}.${fraction.padEnd(3, '0')}Z`);
  return at === null ? { error: `${text} is no time from 1970 on` } : { value: { kind: 'instant', at } };
}

/** The same text when it names a time that exists; `2026-02-30` does not. */
function isoOf(text: string): string | null {
  const time = Date.parse(text);
  return time >= 0 && new Date(time).toISOString() === text ? text : null;
}
