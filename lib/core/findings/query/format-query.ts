import type {
  DatePoint,
  FindingQuery,
  PackagePart,
  PackageValue,
  QueryField,
  QueryTerm,
  Range,
  TagValue,
  TextMatch,
  TextValue,
} from '../../model/finding-query.ts';
import { foldCase } from './fold-case.ts';
import { QUERY_FIELDS } from './query-fields.ts';

/** The query in its canonical spelling; parsing that gives the same query. */
export function formatQuery({ terms }: FindingQuery): string {
  return terms.map(formatTerm).join(' ');
}

/** One term as its chip says it: `-severity:low,informational`. */
export function formatTerm(term: QueryTerm): string {
  return `${term.negated ? '-' : ''}${formatBody(term)}`;
}

/** A value as it is written after its key, which takes packages or free text. */
export function spellValue(field: QueryField, text: string): string {
  return field === 'package' ? formatMatch({ text, prefix: false }, PART_SIGNS) : formatText(field, textValue(text));
}

function textValue(text: string): TextValue {
  return { kind: 'text', text, prefix: false };
}

/** The key of a tag as it is written after `tag.`. */
export function spellKey(key: string): string {
  return PLAIN_KEY.test(key) ? key : inQuotes(key);
}

function formatBody(term: QueryTerm): string {
  switch (term.kind) {
    case 'word':
      return `${term.field}:${term.values.join(',')}`;
    case 'text':
      return `${term.field}:${term.values.map((value) => formatText(term.field, value)).join(',')}`;
    case 'number':
      return `${term.field}:${term.values.map((value) => formatRange(value, String)).join(',')}`;
    case 'date':
      return `${term.field}:${term.values.map((value) => formatRange(value, formatPoint)).join(',')}`;
    case 'package':
      return `package:${term.values.map(formatPackage).join(',')}`;
    case 'tag':
      return formatTags(term.values);
    case 'words':
      return term.values.map((value) => quoted(value, /[\s",*:]|^-/)).join(',');
  }
}

/** Signs that mean something in every value. */
const SIGNS = /[\s",*]/;
/** … and between the facts of a package, and before the value of a tag. */
const PART_SIGNS = /[\s",*;=]/;
/** Keys of tags that need no quotes, whatever stands around them. */
const PLAIN_KEY = /^[\w.@+/-]+$/;

function formatText(field: QueryField, value: TextValue): string {
  if (value.kind === 'word') {
    return value.word;
  }
  const { words, expand } = QUERY_FIELDS[field];
  const isWord = Object.hasOwn(words, foldCase(value.text));
  const isShort = expand !== null && expand(value.text) !== value.text;
  return formatMatch(value, SIGNS, !value.prefix && (isWord || isShort));
}

function formatMatch({ text, prefix }: TextMatch, signs: RegExp, always = false): string {
  if (prefix && text === '') {
    return '*';
  }
  return `${always || text === '' ? inQuotes(text) : quoted(text, signs)}${prefix ? '*' : ''}`;
}

function formatRange<Point>(range: Range<Point>, format: (point: Point) => string): string {
  if (range.kind === 'compare') {
    return `${range.operator}${format(range.point)}`;
  }
  const [from, to] = [format(range.from), format(range.to)];
  return from === to && !/[hdw]$/.test(from) ? from : `${from}..${to}`;
}

/** A time without what goes without saying: `2026-11-01T12:00Z`. */
function formatPoint(point: DatePoint): string {
  switch (point.kind) {
    case 'age':
      return `${point.amount}${point.unit}`;
    case 'day':
      return point.day;
    case 'instant':
      return point.at.replace(/(?::00)?\.000Z$/, 'Z');
  }
}

function formatPackage({ parts, epoch }: PackageValue): string {
  const texts = parts.map(formatPart);
  return [...texts, ...(epoch === null ? [] : [`epoch=${formatRange(epoch, String)}`])].join(';');
}

function formatPart(part: PackagePart): string {
  const match = formatMatch(part, PART_SIGNS);
  return part.part === 'name' && !part.not ? match : `${part.part}${part.not ? '!' : ''}=${match}`;
}

function formatTags(values: readonly TagValue[]): string {
  const key = values[0]?.key ?? '';
  if (values.every((value) => value.key === key)) {
    return `tag.${spellKey(key)}:${values.map((value) => formatMatch(value, SIGNS)).join(',')}`;
  }
  return `tag:${values.map((value) => `${spellKey(value.key)}=${formatMatch(value, SIGNS)}`).join(',')}`;
}

function quoted(text: string, signs: RegExp): string {
  return signs.test(text) ? inQuotes(text) : text;
}

function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
