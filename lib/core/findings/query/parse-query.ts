import type {
  DateField,
  FindingQuery,
  NumberField,
  QueryField,
  QueryTerm,
  TextField,
  WordField,
} from '../../model/finding-query.ts';
import { type Chip, cutAt, isPlain, type Piece, splitChips, splitPieces, textOf } from './chips.ts';
import { foldCase } from './fold-case.ts';
import { nearestKey } from './nearest-key.ts';
import {
  numberRules,
  readPackage,
  readTag,
  readTagOfKey,
  readText,
  readWord,
  shown,
  VALUE_CHARACTERS_MAX,
} from './parse-value.ts';
import { fieldOfKey, QUERY_FIELDS } from './query-fields.ts';
import { type Read, readDateRange, readNumberRange } from './ranges.ts';

export const QUERY_CHARACTERS_MAX = 20_000;
export const QUERY_CHIPS_MAX = 100;
export const CHIP_VALUES_MAX = 1000;

/** One chip of the text: either what it means or what is wrong with it. */
export type ParsedChip = {
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
} & (
  | { readonly term: QueryTerm; readonly error: null }
  /** A sentence that says what to do. */
  | { readonly term: null; readonly error: string }
);

export type QueryError = Pick<ParsedChip, 'start' | 'end'> & { readonly error: string };

export interface ParsedQuery {
  /** What the good chips mean. */
  readonly query: FindingQuery;
  readonly chips: readonly ParsedChip[];
  readonly errors: readonly QueryError[];
}

/**
 * Reads a query: spaces join by AND, commas by OR, a leading `-` negates, quotes keep spaces and signs. A wrong chip is marked
 * and the others hold. Never throws; linear in the length of the text, which is bounded.
 */
export function parseQuery(text: string): ParsedQuery {
  const chips = splitChips(text.slice(0, QUERY_CHARACTERS_MAX), QUERY_CHIPS_MAX)
    // What the limit cuts through would say less than was written.
    .filter((chip) => chip.end < QUERY_CHARACTERS_MAX || text.length === QUERY_CHARACTERS_MAX)
    .map(toParsedChip);
  const end = chips.at(-1)?.end ?? 0;
  const rest = text.slice(end).trim();
  const all = rest === '' ? chips : [...chips, tooMuch(end, text.length)];
  return {
    query: { terms: all.flatMap(({ term }) => term ?? []) },
    chips: all,
    errors: all.flatMap(({ start, end: stop, error }) => (error === null ? [] : [{ start, end: stop, error }])),
  };
}

function tooMuch(start: number, end: number): ParsedChip {
  const error = `A query has at most ${QUERY_CHIPS_MAX} parts and ${QUERY_CHARACTERS_MAX} characters; shorten it.`;
  return { start, end, term: null, error };
}

function toParsedChip(chip: Chip): ParsedChip {
  const { start, end } = chip;
  const term = readChip(chip);
  return 'error' in term
    ? { start, end, term: null, error: sentence(term.error) }
    : { start, end, term: term.value, error: null };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function readChip({ pieces, isClosed }: Chip): Read<QueryTerm> {
  if (!isClosed) {
    return { error: 'a quote is open; add " at its end' };
  }
  const [first, ...others] = pieces;
  const negated = first !== undefined && !first.quoted && first.text.startsWith('-');
  const body = negated ? [{ text: first.text.slice(1), quoted: false }, ...others] : pieces;
  const cut = cutAt(body, ':');
  const key = cut === null ? null : keyOf(cut.before);
  if (cut === null || key === null) {
    return readWords(body, negated);
  }
  const values = splitPieces(cut.after, ',').filter((value) => value.length > 0);
  return 'tag' in key ? tagTerm(key.tag, values, negated) : readKey(key.text, values, negated);
}

/** Null where what stands before the colon is no key at all, as in an ARN, an address or the name of an image. */
function keyOf(pieces: readonly Piece[]): { readonly text: string } | { readonly tag: string } | null {
  const text = textOf(pieces);
  const first = pieces[0];
  if (first !== undefined && !first.quoted && /^tag\./i.test(first.text)) {
    return { tag: text.slice('tag.'.length) };
  }
  const isKey = isPlain(pieces) && text.length <= VALUE_CHARACTERS_MAX && /^[a-z][a-z0-9_.-]*$/i.test(text);
  return isKey && foldCase(text) !== 'arn' ? { text } : null;
}

function readKey(key: string, values: readonly (readonly Piece[])[], negated: boolean): Read<QueryTerm> {
  const field = fieldOfKey(key);
  if (field === null) {
    const near = nearestKey(key);
    const hint = near === null ? '' : ` Did you mean ${near}:?`;
    return { error: `there is no key ${shown(key)}.${hint} Put it in quotes to search for it as text` };
  }
  if (values.length === 0) {
    return { error: `${field} takes a value${exampleOf(field)}` };
  }
  return termOf(field, values, negated);
}

function exampleOf(field: QueryField): string {
  const { words, examples } = QUERY_FIELDS[field];
  const [example] = [...examples, ...Object.keys(words)];
  return example === undefined ? '' : `, such as ${field}:${example}`;
}

function termOf(field: QueryField, values: readonly (readonly Piece[])[], negated: boolean): Read<QueryTerm> {
  const spec = QUERY_FIELDS[field];
  switch (spec.kind) {
    case 'word':
      return wordTerm(field as WordField, values, negated);
    case 'text':
      return each(
        values,
        (value) => readText(field, value),
        (read) => ({ kind: 'text', field: field as TextField, negated, values: read }),
      );
    case 'number':
      return each(
        values,
        (value) => named(field, readNumberRange(textOf(value), numberRules(spec))),
        (read) => ({ kind: 'number', field: field as NumberField, negated, values: read }),
      );
    case 'date':
      return each(
        values,
        (value) => named(field, readDateRange(textOf(value))),
        (read) => ({ kind: 'date', field: field as DateField, negated, values: read }),
      );
    case 'package':
      return each(values, readPackage, (read) => ({ kind: 'package', field: 'package', negated, values: read }));
    case 'tag':
      return each(values, readTag, (read) => ({ kind: 'tag', field: 'tag', negated, values: read }));
    case 'words':
      return { error: 'write the words alone, without a key' };
  }
}

function wordTerm(field: WordField, values: readonly (readonly Piece[])[], negated: boolean): Read<QueryTerm> {
  const term = each(
    values,
    (value) => readWord(field, value),
    (read) => ({ kind: 'word', field, negated, values: read }),
  );
  const isNothing =
    field === 'is' && negated && 'value' in term && term.value.kind === 'word' && term.value.values.includes('any');
  return isNothing ? { error: 'is:any holds for everything and cannot be excluded; take it out' } : term;
}

function tagTerm(key: string, values: readonly (readonly Piece[])[], negated: boolean): Read<QueryTerm> {
  const pieces = values.length === 0 ? [[]] : values;
  return each(
    pieces,
    (value) => readTagOfKey(key, value),
    (read) => ({ kind: 'tag', field: 'tag', negated, values: read }),
  );
}

function readWords(pieces: readonly Piece[], negated: boolean): Read<QueryTerm> {
  const values = splitPieces(pieces, ',')
    .map(wordOf)
    .filter((word) => word !== '');
  if (values.length === 0) {
    return {
      error: negated
        ? '- excludes what follows it; write it right before a key or word'
        : 'there is nothing to search for here',
    };
  }
  return each(values, bounded, (read) => ({ kind: 'words', field: 'words', negated, values: read }));
}

/** Words are found anywhere, so a star at the end adds nothing. */
function wordOf(pieces: readonly Piece[]): string {
  const last = pieces.at(-1);
  const text = textOf(pieces);
  return last !== undefined && !last.quoted && last.text.endsWith('*') ? text.slice(0, -1) : text;
}

function bounded(text: string): Read<string> {
  return text.length > VALUE_CHARACTERS_MAX
    ? { error: `a word has at most ${VALUE_CHARACTERS_MAX} characters` }
    : { value: text };
}

/** The first value that is wrong makes the chip wrong. */
function each<Source, Value>(
  sources: readonly Source[],
  read: (source: Source) => Read<Value>,
  toTerm: (values: readonly Value[]) => QueryTerm,
): Read<QueryTerm> {
  if (sources.length > CHIP_VALUES_MAX) {
    return { error: `a part has at most ${CHIP_VALUES_MAX} values; this one has ${sources.length}` };
  }
  const values: Value[] = [];
  for (const source of sources) {
    const one = read(source);
    if ('error' in one) {
      return one;
    }
    values.push(one.value);
  }
  return { value: toTerm(values) };
}

function named<Value>(field: QueryField, read: Read<Value>): Read<Value> {
  return 'error' in read && read.error.startsWith('takes ') ? { error: `${field} ${read.error}` } : read;
}
