import {
  type DateField,
  type DatePoint,
  type FindingQuery,
  type NumberField,
  type NumberRange,
  PACKAGE_PARTS,
  type PackagePart,
  type PackageValue,
  type QueryField,
  type QueryTerm,
  type Range,
  type TagValue,
  type TextField,
  type TextValue,
  type WordField,
} from '../../model/finding-query.ts';
import {
  type ConversionProblem,
  END_NAMES,
  FIELD_OF_FILTER,
  FILTER_TEXT_MAX,
  FILTERS_MAX,
  PACKAGE_FACTS,
} from './filter-criteria.ts';
import { shown, TAG_KEY_CHARACTERS_MAX, TAG_VALUE_CHARACTERS_MAX } from './parse-value.ts';
import { QUERY_FIELDS } from './query-fields.ts';
import type { Read } from './ranges.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A StringFilter that was read. */
interface Comparison {
  readonly comparison: 'EQUALS' | 'PREFIX' | 'NOT_EQUALS';
  readonly value: string;
}

/** The greatest time that a date can be written for: the end of the year 9999. */
const MILLISECONDS_MAX = Date.UTC(10_000, 0, 1) - 1;

/**
 * Filter criteria of Amazon Inspector as a query. What is not right about them is said by field, and nothing of that field
 * is taken: a filter that cannot be read must not become a wider one, so look at the problems first.
 */
export function fromFilterCriteria(criteria: unknown): {
  readonly query: FindingQuery;
  readonly problems: readonly ConversionProblem[];
} {
  const terms: QueryTerm[] = [];
  const problems: ConversionProblem[] = [];
  if (!isEntry(criteria)) {
    return { query: { terms }, problems: [{ field: 'filterCriteria', message: 'is an object of lists' }] };
  }
  for (const [name, entries] of Object.entries(criteria)) {
    if (entries === undefined || entries === null) {
      continue;
    }
    const read = readField(name, entries);
    if ('error' in read) {
      problems.push({ field: name.slice(0, 100), message: read.error });
    } else {
      terms.push(...read.value);
    }
  }
  return { query: { terms }, problems };
}

function readField(name: string, entries: unknown): Read<readonly QueryTerm[]> {
  const field = FIELD_OF_FILTER.get(name);
  if (field === undefined) {
    return { error: 'is no field of filter criteria' };
  }
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > FILTERS_MAX) {
    return { error: `is a list of 1 to ${FILTERS_MAX} filters` };
  }
  if (!entries.every(isEntry)) {
    return { error: 'has a filter that is no object' };
  }
  return termsOf(field, entries);
}

function termsOf(field: QueryField, entries: readonly Entry[]): Read<readonly QueryTerm[]> {
  const spec = QUERY_FIELDS[field];
  switch (spec.kind) {
    case 'word':
      return all(entries, readString, (filters) => wordTerms(field as WordField, filters));
    case 'text':
      return all(entries, readString, (filters) => ({ value: textTerms(field as TextField, filters) }));
    case 'number': {
      const limits = spec.limits ?? [0, Number.MAX_VALUE];
      const names = field === 'port' ? END_NAMES.port : END_NAMES.number;
      return all(
        entries,
        (entry) => readNumbers(entry, names, limits, spec.wholeNumbers),
        (values) => ({
          value: [{ kind: 'number', field: field as NumberField, negated: false, values }],
        }),
      );
    }
    case 'date':
      return all(entries, readDates, (values) => ({
        value: [{ kind: 'date', field: field as DateField, negated: false, values }],
      }));
    case 'package':
      return all(entries, readPackage, (values) => ({
        value: [{ kind: 'package', field: 'package', negated: false, values }],
      }));
    case 'tag':
      return all(entries, readMap, (values) => ({ value: [{ kind: 'tag', field: 'tag', negated: false, values }] }));
    case 'words':
      return { error: 'is no field of filter criteria' };
  }
}

function wordTerms(field: WordField, filters: readonly Comparison[]): Read<readonly QueryTerm[]> {
  const { inspectorWords } = QUERY_FIELDS[field];
  const names = Object.keys(inspectorWords);
  const wanted = new Set<string>();
  const unwanted = new Set<string>();
  for (const { comparison, value } of filters) {
    const meant = names.filter((name) => (comparison === 'PREFIX' ? name.startsWith(value) : name === value));
    if (meant.length === 0) {
      return { error: `has the value ${shown(value)}, which is none of ${names.join(', ')}` };
    }
    for (const word of meant.flatMap((name) => inspectorWords[name] ?? [])) {
      (comparison === 'NOT_EQUALS' ? unwanted : wanted).add(word);
    }
  }
  return {
    value: [
      ...(wanted.size > 0 ? [{ kind: 'word' as const, field, negated: false, values: [...wanted] }] : []),
      ...(unwanted.size > 0 ? [{ kind: 'word' as const, field, negated: true, values: [...unwanted] }] : []),
    ],
  };
}

function textTerms(field: TextField, filters: readonly Comparison[]): readonly QueryTerm[] {
  const values = (negated: boolean): readonly TextValue[] =>
    filters
      .filter((filter) => (filter.comparison === 'NOT_EQUALS') === negated)
      .map(({ comparison, value }) => ({ kind: 'text', text: value, prefix: comparison === 'PREFIX' }));
  return [false, true]
    .map((negated) => ({ kind: 'text' as const, field, negated, values: values(negated) }))
    .filter((term) => term.values.length > 0);
}

function readString({ comparison, value }: Entry): Read<Comparison> {
  if (comparison !== 'EQUALS' && comparison !== 'PREFIX' && comparison !== 'NOT_EQUALS') {
    return { error: 'has a comparison that is none of EQUALS, PREFIX, NOT_EQUALS' };
  }
  return typeof value === 'string' && value !== '' && value.length <= FILTER_TEXT_MAX
    ? { value: { comparison, value } }
    : { error: `has a value that is no text of 1 to ${FILTER_TEXT_MAX} characters` };
}

/** A limit beyond what there is restricts nothing on its side; one on the wrong side of it would hold for no finding. */
function readNumbers(
  entry: Entry,
  [lowerName, upperName]: readonly [string, string],
  [least, most]: readonly [number, number],
  wholeNumbers: boolean,
): Read<NumberRange> {
  const [lower, upper] = [entry[lowerName] ?? null, entry[upperName] ?? null];
  const isNumber = (end: unknown): end is number | null =>
    end === null || (typeof end === 'number' && Number.isFinite(end) && (!wholeNumbers || Number.isInteger(end)));
  if (!isNumber(lower) || !isNumber(upper)) {
    return { error: `has a limit that is no ${wholeNumbers ? 'whole ' : ''}number` };
  }
  if ((lower !== null && lower > most) || (upper !== null && upper < least)) {
    return { error: `has a limit outside of ${least} to ${most}` };
  }
  return between(
    lower === null ? null : Math.max(lower, least),
    upper === null ? null : Math.min(upper, most),
    (end) => end,
  );
}

function readDates({ startInclusive, endInclusive }: Entry): Read<Range<DatePoint>> {
  const [start, end] = [millisecondsOf(startInclusive), millisecondsOf(endInclusive)];
  if (Number.isNaN(start) || Number.isNaN(end)) {
    return { error: 'has a time that is no time from 1970 on' };
  }
  return between(start, end, (at) => ({ kind: 'instant', at: new Date(at).toISOString() }));
}

/** Seconds as on the wire, or a time in words as command lines take it; NaN where it is neither. */
function millisecondsOf(time: unknown): number | null {
  if (time === undefined || time === null) {
    return null;
  }
  const at = typeof time === 'number' ? Math.round(time * 1000) : Number.NaN;
  const milliseconds = typeof time === 'string' && time.length <= 40 ? Date.parse(time) : at;
  return milliseconds >= 0 && milliseconds <= MILLISECONDS_MAX ? milliseconds : Number.NaN;
}

function between<Point>(from: number | null, to: number | null, point: (end: number) => Point): Read<Range<Point>> {
  if (from !== null && to !== null) {
    return from > to
      ? { error: 'begins after its end' }
      : { value: { kind: 'between', from: point(from), to: point(to) } };
  }
  if (from !== null) {
    return { value: { kind: 'compare', operator: '>=', point: point(from) } };
  }
  return to === null
    ? { error: 'has a range without a limit' }
    : { value: { kind: 'compare', operator: '<=', point: point(to) } };
}

function readMap({ comparison, key, value = null }: Entry): Read<TagValue> {
  if (comparison !== 'EQUALS') {
    return { error: 'has a comparison that is not EQUALS' };
  }
  if (typeof key !== 'string' || key === '' || key.length > TAG_KEY_CHARACTERS_MAX) {
    return { error: `has a key that is no text of 1 to ${TAG_KEY_CHARACTERS_MAX} characters` };
  }
  if (value === null) {
    return { value: { key, text: '', prefix: true } };
  }
  return typeof value === 'string' && value.length <= TAG_VALUE_CHARACTERS_MAX
    ? { value: { key, text: value, prefix: false } }
    : { error: `has a value that is no text of at most ${TAG_VALUE_CHARACTERS_MAX} characters` };
}

function readPackage(entry: Entry): Read<PackageValue> {
  const parts: PackagePart[] = [];
  for (const part of PACKAGE_PARTS) {
    const filter = entry[PACKAGE_FACTS[part]] ?? null;
    if (filter === null) {
      continue;
    }
    const read: Read<Comparison> = isEntry(filter) ? readString(filter) : { error: 'has a filter that is no object' };
    if ('error' in read) {
      return read;
    }
    const { comparison, value } = read.value;
    parts.push({ part, not: comparison === 'NOT_EQUALS', text: value, prefix: comparison === 'PREFIX' });
  }
  const filter = entry.epoch ?? null;
  if (filter === null) {
    return parts.length > 0 ? { value: { parts, epoch: null } } : { error: 'has a package of which nothing is asked' };
  }
  const epoch: Read<NumberRange> = isEntry(filter)
    ? readNumbers(filter, END_NAMES.number, [0, 2 ** 31 - 1], false)
    : { error: 'has a filter that is no object' };
  return 'error' in epoch ? epoch : { value: { parts, epoch: epoch.value } };
}

function all<Value>(
  entries: readonly Entry[],
  read: (entry: Entry) => Read<Value>,
  toTerms: (values: readonly Value[]) => Read<readonly QueryTerm[]>,
): Read<readonly QueryTerm[]> {
  const values: Value[] = [];
  for (const entry of entries) {
    const one = read(entry);
    if ('error' in one) {
      return one;
    }
    values.push(one.value);
  }
  return toTerms(values);
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
