import {
  type NumberRange,
  PACKAGE_PARTS,
  type PackagePart,
  type PackageValue,
  type QueryField,
  type TagValue,
  type TextMatch,
  type TextValue,
} from '../../model/finding-query.ts';
import { wordList } from '../../model/word-list.ts';
import { cutAt, isPlain, type Piece, splitPieces, textOf } from './chips.ts';
import { foldCase } from './fold-case.ts';
import { type FieldSpec, QUERY_FIELDS } from './query-fields.ts';
import { type NumberRules, type Read, readNumberRange } from './ranges.ts';

/** As Amazon Inspector bounds values, and the key and value of a tag. */
export const VALUE_CHARACTERS_MAX = 1024;
export const TAG_KEY_CHARACTERS_MAX = 128;
export const TAG_VALUE_CHARACTERS_MAX = 256;

const EPOCH_RULES = { limits: [0, 2 ** 31 - 1], wholeNumbers: false, percent: false, example: '>=1' } as const;

export function readWord(field: QueryField, pieces: readonly Piece[]): Read<string> {
  const { words } = QUERY_FIELDS[field];
  const word = foldCase(textOf(pieces)).replaceAll('_', '-');
  return Object.hasOwn(words, word)
    ? { value: word }
    : { error: `${field} takes ${wordList(Object.keys(words), 'or')}` };
}

export function readText(field: QueryField, pieces: readonly Piece[]): Read<TextValue> {
  const { words, expand } = QUERY_FIELDS[field];
  const written = textOf(pieces);
  const plain = isPlain(pieces);
  if (plain && Object.hasOwn(words, foldCase(written))) {
    return { value: { kind: 'word', word: foldCase(written) } };
  }
  const match = readMatch(pieces, VALUE_CHARACTERS_MAX);
  if ('error' in match) {
    return match;
  }
  const { text, prefix } = match.value;
  if (text === '' && !prefix) {
    return { error: `${field} takes a value; ${field}:* means any` };
  }
  return { value: { kind: 'text', text: plain && !prefix && expand !== null ? expand(text) : text, prefix } };
}

/** A text, or with a star after it a beginning. */
export function readMatch(pieces: readonly Piece[], charactersMax: number): Read<TextMatch> {
  const last = pieces.at(-1);
  const prefix = last !== undefined && !last.quoted && last.text.endsWith('*');
  const text = prefix ? textOf(pieces).slice(0, -1) : textOf(pieces);
  const stars = pieces.reduce((sum, piece) => sum + (piece.quoted ? 0 : piece.text.split('*').length - 1), 0);
  if (stars > (prefix ? 1 : 0)) {
    return { error: 'a star stands only at the end of a value; put the value in quotes to mean the sign itself' };
  }
  return text.length > charactersMax
    ? { error: `a value has at most ${charactersMax} characters` }
    : { value: { text, prefix } };
}

/** `openssl`, `name=openssl;version=3.0*;epoch=0..1`; the first part is the name where it does not say. */
export function readPackage(pieces: readonly Piece[]): Read<PackageValue> {
  const parts: PackagePart[] = [];
  let epoch: NumberRange | null = null;
  for (const [index, piece] of splitPieces(pieces, ';').entries()) {
    const cut = cutAt(piece, '=') ?? (index === 0 ? { before: NAME, after: piece } : null);
    if (cut === null || cut.after.length === 0) {
      return { error: `several facts of one package are written name=…;version=…; ${PARTS_HELP}` };
    }
    const label = textOf(cut.before);
    if (label === 'epoch') {
      const range: Read<NumberRange> =
        epoch === null ? readNumberRange(textOf(cut.after), EPOCH_RULES) : { error: 'stands twice' };
      if ('error' in range) {
        return { error: `epoch ${range.error}` };
      }
      epoch = range.value;
      continue;
    }
    const part = readPart(label, cut.after, parts);
    if ('error' in part) {
      return part;
    }
    parts.push(part.value);
  }
  return { value: { parts: inOrder(parts), epoch } };
}

const NAME: readonly Piece[] = [{ text: 'name', quoted: false }];
const PARTS_HELP = `the facts are ${wordList([...PACKAGE_PARTS, 'epoch'], 'or')}`;

function readPart(label: string, pieces: readonly Piece[], before: readonly PackagePart[]): Read<PackagePart> {
  const not = label.endsWith('!');
  const name = not ? label.slice(0, -1) : label;
  const part = PACKAGE_PARTS.find((known) => known === foldCase(name));
  if (part === undefined) {
    return { error: `a package has no fact ${shown(name)}; ${PARTS_HELP}` };
  }
  if (before.some((one) => one.part === part)) {
    return { error: `${part} stands twice; separate two packages by a comma` };
  }
  const match = readMatch(pieces, VALUE_CHARACTERS_MAX);
  if ('error' in match) {
    return match;
  }
  const isEmpty = match.value.text === '' && !match.value.prefix;
  return isEmpty ? { error: `${part} takes a value` } : { value: { part, not, ...match.value } };
}

export function inOrder(parts: readonly PackagePart[]): readonly PackagePart[] {
  return PACKAGE_PARTS.flatMap((name) => parts.filter((one) => one.part === name));
}

/** `Key=value`, `Key=*` or the key alone. */
export function readTag(pieces: readonly Piece[]): Read<TagValue> {
  const cut = cutAt(pieces, '=');
  return cut === null ? readTagOfKey(textOf(pieces), ANY) : readTagOfKey(textOf(cut.before), cut.after);
}

const ANY: readonly Piece[] = [{ text: '*', quoted: false }];

export function readTagOfKey(key: string, pieces: readonly Piece[]): Read<TagValue> {
  if (key === '' || key.length > TAG_KEY_CHARACTERS_MAX) {
    return { error: `a tag has a key of 1 to ${TAG_KEY_CHARACTERS_MAX} characters, such as tag.Team:payments` };
  }
  if (pieces.length === 0) {
    return { error: 'a tag takes a value; * means any, and "" means the empty one' };
  }
  const match = readMatch(pieces, TAG_VALUE_CHARACTERS_MAX);
  return 'error' in match ? match : { value: { key, ...match.value } };
}

/** The rules of a field of numbers. */
export function numberRules({ limits, wholeNumbers, percent, examples }: FieldSpec): NumberRules {
  return { limits: limits ?? [0, Number.MAX_VALUE], wholeNumbers, percent, example: examples[0] ?? '' };
}

/** A text as a message quotes it, cut where it is long. */
export function shown(text: string): string {
  return text.length > 40 ? `"${text.slice(0, 40)}…"` : `"${text}"`;
}
