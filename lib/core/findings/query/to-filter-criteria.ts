import type {
  DateTerm,
  FindingQuery,
  NumberRange,
  NumberTerm,
  PackageValue,
  QueryTerm,
  TagValue,
  TextMatch,
  TextTerm,
  WordTerm,
} from '../../model/finding-query.ts';
import {
  type ConversionProblem,
  END_NAMES,
  FILTERS_MAX,
  type FilterCriteria,
  type FilterEntry,
  type NumberFilter,
  PACKAGE_FACTS,
  type PortRangeFilter,
  type StringFilter,
} from './filter-criteria.ts';
import { QUERY_FIELDS } from './query-fields.ts';
import { dateEnds, numberEnds, type Read } from './ranges.ts';

const NO_STRICT_LIMIT = 'Amazon Inspector knows >= and <= only';
const NO_SECOND = 'Amazon Inspector joins the values of a field by OR; a second list beside the first cannot be said';

/**
 * A query as filter criteria of Amazon Inspector, with what those cannot say. Dates there are fixed: ages are counted from
 * `now`, and where that is null they are a problem.
 */
export function toFilterCriteria(
  { terms }: FindingQuery,
  now: Date | null,
): { readonly criteria: FilterCriteria; readonly problems: readonly ConversionProblem[] } {
  const criteria = new Map<string, readonly FilterEntry[]>();
  const problems: ConversionProblem[] = [];
  const asked = new Set<string>();
  for (const term of terms) {
    const name = QUERY_FIELDS[term.field].inspector;
    const read = name === null ? { error: 'Amazon Inspector has no such filter' } : toEntries(term, now);
    if (name === null || 'error' in read) {
      problems.push({ field: term.field, message: 'error' in read ? read.error : '' });
      continue;
    }
    const entries = [...(criteria.get(name) ?? []), ...read.value];
    if (entries.length > FILTERS_MAX || (!term.negated && asked.has(name))) {
      const message = entries.length > FILTERS_MAX ? `Amazon Inspector takes at most ${FILTERS_MAX} values` : NO_SECOND;
      problems.push({ field: term.field, message });
      continue;
    }
    if (!term.negated) {
      asked.add(name);
    }
    criteria.set(name, entries);
  }
  return { criteria: Object.fromEntries(criteria), problems };
}

function toEntries(term: QueryTerm, now: Date | null): Read<readonly FilterEntry[]> {
  if (term.negated && term.kind !== 'word' && term.kind !== 'text') {
    return { error: 'Amazon Inspector excludes texts only' };
  }
  switch (term.kind) {
    case 'word':
      return wordEntries(term);
    case 'text':
      return textEntries(term);
    case 'number':
      return numberEntries(term);
    case 'date':
      return dateEntries(term, now);
    case 'package':
      return each(term.values, toPackageFilter);
    case 'tag':
      return each(term.values, toMapFilter);
    case 'words':
      return { error: 'Amazon Inspector has no search by words' };
  }
}

/** Words there stand for one or more of ours, and only a whole set of them can be said. */
function wordEntries({ field, values, negated }: WordTerm): Read<readonly FilterEntry[]> {
  const groups = Object.entries(QUERY_FIELDS[field].inspectorWords).filter(([, words]) =>
    words.every((word) => values.includes(word)),
  );
  const said = new Set(groups.flatMap(([, words]) => words));
  const unsaid = values.find((value) => !said.has(value));
  if (unsaid !== undefined) {
    return { error: `Amazon Inspector has no word for ${field}:${unsaid} alone` };
  }
  return { value: groups.map(([value]) => ({ comparison: negated ? 'NOT_EQUALS' : 'EQUALS', value })) };
}

function textEntries({ field, values, negated }: TextTerm): Read<readonly FilterEntry[]> {
  return each(values, (value) =>
    value.kind === 'word'
      ? { error: `Amazon Inspector has no ${field}:${value.word}` }
      : toStringFilter(value, negated),
  );
}

function toStringFilter({ text, prefix }: TextMatch, not: boolean): Read<StringFilter> {
  if (text === '') {
    return { error: 'Amazon Inspector has no filter for any value at all' };
  }
  if (prefix && not) {
    return { error: 'Amazon Inspector excludes whole values only' };
  }
  const comparison = prefix ? 'PREFIX' : 'EQUALS';
  return { value: { comparison: not ? 'NOT_EQUALS' : comparison, value: text } };
}

function numberEntries({ field, values }: NumberTerm): Read<readonly FilterEntry[]> {
  return each(values, (value) => toRangeFilter(value, field === 'port' ? END_NAMES.port : END_NAMES.number));
}

function toRangeFilter(range: NumberRange, [lowerName, upperName]: readonly [string, string]): Read<Ends> {
  const { lower, upper } = numberEnds(range);
  if (lower?.included === false || upper?.included === false) {
    return { error: NO_STRICT_LIMIT };
  }
  return {
    value: {
      ...(lower === null ? {} : { [lowerName]: lower.value }),
      ...(upper === null ? {} : { [upperName]: upper.value }),
    },
  };
}

/** Of either name. */
type Ends = NumberFilter & PortRangeFilter;

function dateEntries({ field, values }: DateTerm, now: Date | null): Read<readonly FilterEntry[]> {
  const [startName, endName] = END_NAMES.date;
  return each(values, (value) => {
    const points = value.kind === 'between' ? [value.from, value.to] : [value.point];
    if (now === null && points.some((point) => point.kind === 'age')) {
      return { error: 'Amazon Inspector has fixed dates only; write a date in place of the age' };
    }
    const { from, to } = dateEnds(value, now ?? new Date(0), QUERY_FIELDS[field].ahead);
    return {
      value: {
        ...(from === null ? {} : { [startName]: from / 1000 }),
        ...(to === null ? {} : { [endName]: to / 1000 }),
      },
    };
  });
}

function toMapFilter({ key, text, prefix }: TagValue): Read<FilterEntry> {
  if (prefix && text !== '') {
    return { error: 'Amazon Inspector compares whole values of tags only' };
  }
  return { value: { comparison: 'EQUALS', key, ...(prefix ? {} : { value: text }) } };
}

function toPackageFilter({ parts, epoch }: PackageValue): Read<FilterEntry> {
  const filter: Record<string, StringFilter> = {};
  for (const part of parts) {
    const read = toStringFilter(part, part.not);
    if ('error' in read) {
      return read;
    }
    filter[PACKAGE_FACTS[part.part]] = read.value;
  }
  if (epoch === null) {
    return { value: filter };
  }
  const range = toRangeFilter(epoch, END_NAMES.number);
  return 'error' in range ? range : { value: { ...filter, epoch: range.value } };
}

function each<Value>(
  values: readonly Value[],
  read: (value: Value) => Read<FilterEntry>,
): Read<readonly FilterEntry[]> {
  const entries: FilterEntry[] = [];
  for (const value of values) {
    const one = read(value);
    if ('error' in one) {
      return one;
    }
    entries.push(one.value);
  }
  return { value: entries };
}
