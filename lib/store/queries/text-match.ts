import { foldCase } from '../../core/findings/query/fold-case.ts';
import type { TextMatch, TextValue } from '../../core/model/finding-query.ts';
import { containing, type Parameters } from './parameters.ts';

/** More beginnings than this are given as one list, which no index of a sorted kind serves. */
const PREFIXES_MAX = 20;

/** The texts of a term, without the words that its field gives a meaning to. */
export function textsOf(values: readonly TextValue[]): readonly TextMatch[] {
  return values.flatMap((value) => (value.kind === 'text' ? value : []));
}

/** A text in the database as queries compare it. */
export function folded(expression: string): string {
  return `lower((${expression}) collate "C")`;
}

/** The expression, not empty, is one of the texts or begins as one of them. */
export function textCondition(
  expression: string,
  matches: readonly TextMatch[],
  values: Parameters,
  exactCase = false,
): string {
  const compared = exactCase ? expression : folded(expression);
  const written = ({ text }: TextMatch): string => (exactCase ? text : foldCase(text));
  const whole = matches.filter(({ prefix }) => !prefix).map(written);
  const begun = matches
    .filter(({ prefix, text }) => prefix && text !== '')
    .map((match) => `${escaped(written(match))}%`);
  const parts = [
    ...(whole.length > 0 ? [`${compared} = any(${values.add(whole, 'text[]')})`] : []),
    ...(begun.length > PREFIXES_MAX
      ? [`${compared} like any(${values.add(begun, 'text[]')})`]
      : begun.map((pattern) => `${compared} like ${values.add(pattern, 'text')}`)),
    ...(matches.some(({ prefix, text }) => prefix && text === '') ? [`(${expression}) <> ''`] : []),
  ];
  return anyOf(parts);
}

/**
 * A condition that an index of three-letter groups serves, on a text in small letters that holds all the names: whatever
 * `textCondition` finds meets it too. Null where there is none: letters beyond ASCII are made small in more than one way.
 */
export function containsAny(expression: string, matches: readonly TextMatch[], values: Parameters): string | null {
  const texts = matches.map(({ text }) => text);
  if (texts.length === 0 || texts.some((text) => text === '' || !isPlainText(text))) {
    return null;
  }
  return `${expression} like any(${values.add(
    texts.map((text) => containing(foldCase(text))),
    'text[]',
  )})`;
}

export function isPlainText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** The text with the wildcards of LIKE taken literally. */
export function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Conditions joined by OR; false when there are none. */
export function anyOf(conditions: readonly string[]): string {
  if (conditions.length === 0) {
    return 'false';
  }
  return conditions.length === 1 ? `${conditions[0]}` : `(${conditions.join(' or ')})`;
}

/** The conditions that are not null, joined by AND. */
export function allOf(conditions: readonly (string | null)[]): string {
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? 'true' : `(${given.join(' and ')})`;
}
