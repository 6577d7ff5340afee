import fc from 'fast-check';
import { inOrder } from '../core/findings/query/parse-value.ts';
import { QUERY_FIELDS } from '../core/findings/query/query-fields.ts';
import {
  type DatePoint,
  type DateRange,
  type FindingQuery,
  type NumberRange,
  PACKAGE_PARTS,
  type PackageValue,
  type QueryField,
  type QueryTerm,
  type Range,
  type TagValue,
  type TextValue,
} from '../core/model/finding-query.ts';

/** Texts that a query can ask for in a field. */
export type TextsOf = (field: QueryField) => fc.Arbitrary<string>;

const OPERATORS = ['>=', '>', '<=', '<'] as const;
const SIGNS = [
  'a',
  'B',
  '1',
  ' ',
  ',',
  ':',
  ';',
  '=',
  '*',
  '"',
  '\\',
  '-',
  '.',
  '!',
  '..',
  'me',
  'none',
  '>=',
  'é',
  '\t',
];

/** Texts full of the signs of the language. */
export const awkwardText = fc.oneof(
  fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ minLength: 1, maxLength: 12 }),
);

/** Any query whatever that the language can say. */
export function anyQuery(textOf: TextsOf = () => awkwardText, termsMax = 4): fc.Arbitrary<FindingQuery> {
  return fc.array(anyTerm(textOf), { maxLength: termsMax }).map((terms) => ({ terms }));
}

/** A term of one of the fields; of any field unless given. */
export function anyTerm(
  textOf: TextsOf,
  fields: readonly QueryField[] = Object.keys(QUERY_FIELDS) as QueryField[],
): fc.Arbitrary<QueryTerm> {
  return fc.constantFrom(...fields).chain((field) => termOfField(field, textOf));
}

function termOfField(field: QueryField, textOf: TextsOf): fc.Arbitrary<QueryTerm> {
  const spec = QUERY_FIELDS[field];
  return fc
    .record({ negated: fc.boolean(), values: fc.array(valueOfField(field, textOf), { minLength: 1, maxLength: 3 }) })
    .map(({ negated, values }) => {
      const isNothing = field === 'is' && values.includes('any');
      return { kind: spec.kind, field, negated: negated && !isNothing, values } as QueryTerm;
    });
}

function valueOfField(field: QueryField, textOf: TextsOf): fc.Arbitrary<unknown> {
  const spec = QUERY_FIELDS[field];
  switch (spec.kind) {
    case 'word':
      return fc.constantFrom(...Object.keys(spec.words));
    case 'text':
      return textValue(Object.keys(spec.words), textOf(field));
    case 'number':
      return numberRange(spec.limits ?? [0, 1], spec.wholeNumbers);
    case 'date':
      return dateRange();
    case 'package':
      return packageValue(textOf('package'), textOf('version'));
    case 'tag':
      return tagValue(textOf('tag'));
    case 'words':
      return textOf('words');
  }
}

function textValue(words: readonly string[], text: fc.Arbitrary<string>): fc.Arbitrary<TextValue> {
  const exact = text.map((one) => ({ kind: 'text' as const, text: one, prefix: false }));
  const begun = fc
    .tuple(text, fc.nat(60))
    .map(([one, length]) => ({ kind: 'text' as const, text: one.slice(0, length), prefix: true }));
  const word = fc.constantFrom(...words, 'unused').map((one) => ({ kind: 'word' as const, word: one }));
  return words.length === 0
    ? fc.oneof(exact, begun)
    : fc.oneof(
        exact,
        begun,
        word.filter((one) => one.word !== 'unused'),
      );
}

export function numberRange([least, most]: readonly [number, number], whole: boolean): fc.Arbitrary<NumberRange> {
  const fine = fc.double({ min: least, max: most, noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number));
  const coarse = fc.integer({ min: least * 10, max: Math.min(most, 100) * 10 }).map((tenths) => tenths / 10);
  const point = whole ? fc.integer({ min: least, max: most }) : fc.oneof(coarse, fine);
  return rangeOf(point, (from, to) => from <= to);
}

export function dateRange(): fc.Arbitrary<DateRange> {
  const day = fc.integer({ min: 20_400, max: 20_500 }).map((days) => new Date(days * 86_400_000).toISOString());
  const dates = fc.oneof(
    day.map((iso) => ({ kind: 'day' as const, day: iso.slice(0, 10), start: Date.parse(iso) })),
    fc.oneof(fc.integer({ min: 0, max: 4e12 }), day.map(Date.parse)).map((start) => ({
      kind: 'instant' as const,
      at: new Date(start).toISOString(),
      start,
    })),
  );
  const ages = fc.record({
    kind: fc.constant('age' as const),
    amount: fc.nat(200),
    unit: fc.constantFrom('h' as const, 'd' as const, 'w' as const),
  });
  const hours = { h: 1, d: 24, w: 168 };
  return fc.oneof(
    rangeOf(dates, (from, to) => from.start <= to.start).map(withoutStart),
    rangeOf(ages, (from, to) => from.amount * hours[from.unit] <= to.amount * hours[to.unit]),
  );
}

function withoutStart(range: Range<DatePoint & { readonly start: number }>): DateRange {
  const plain = ({ start: _, ...point }: DatePoint & { readonly start: number }): DatePoint => point;
  return range.kind === 'compare'
    ? { ...range, point: plain(range.point) }
    : { ...range, from: plain(range.from), to: plain(range.to) };
}

function rangeOf<Point>(
  point: fc.Arbitrary<Point>,
  isRight: (from: Point, to: Point) => boolean,
): fc.Arbitrary<Range<Point>> {
  return fc.oneof(
    fc.record({ kind: fc.constant('compare' as const), operator: fc.constantFrom(...OPERATORS), point }),
    fc.tuple(point, point).map(([one, other]) => {
      const [from, to] = isRight(one, other) ? [one, other] : [other, one];
      return { kind: 'between' as const, from, to };
    }),
  );
}

function packageValue(name: fc.Arbitrary<string>, other: fc.Arbitrary<string>): fc.Arbitrary<PackageValue> {
  const simple = name.map((text) => ({
    parts: [{ part: 'name' as const, not: false, text, prefix: false }],
    epoch: null,
  }));
  const parts = fc
    .uniqueArray(fc.constantFrom(...PACKAGE_PARTS), { minLength: 1, maxLength: 3 })
    .chain((names) =>
      fc.tuple(
        ...names.map((part) =>
          fc.record({
            part: fc.constant(part),
            not: fc.boolean(),
            text: part === 'name' ? name : other,
            prefix: fc.boolean(),
          }),
        ),
      ),
    )
    .map(inOrder);
  const epoch = fc.option(numberRange([0, 5], false));
  return fc.oneof(simple, fc.record({ parts, epoch }));
}

function tagValue(value: fc.Arbitrary<string>): fc.Arbitrary<TagValue> {
  const key = fc.oneof(fc.constantFrom('Env', 'Team', 'aws:cloudformation:stack-name', 'Cost Center'), awkwardText);
  return fc.record({ key, text: fc.oneof(value, fc.constant('')), prefix: fc.boolean() });
}
