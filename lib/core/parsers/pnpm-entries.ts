import { indentOf, textLines } from './text-lines.ts';

export interface PnpmEntry {
  readonly key: string;
  /** Fields that only packages from elsewhere than a registry have. */
  readonly name: string | null;
  readonly version: string | null;
}

interface OpenEntry {
  readonly key: string;
  name: string | null;
  version: string | null;
}

/** Where a reader stands: outside, or in the list of packages whose keys have that indent. */
interface State {
  isInside: boolean;
  keyIndent: number;
  fieldIndent: number;
  entry: OpenEntry | null;
  longKey: string | null;
}

/**
 * Reads the `packages` of every document of a lock file in the block style that pnpm writes, and hands each entry to
 * `take` until that answers false. False as soon as a line does not have that style: what was handed over is then incomplete.
 */
export function pnpmEntries(text: string, take: (entry: PnpmEntry) => boolean): boolean {
  const state: State = { isInside: false, keyIndent: 0, fieldIndent: 0, entry: null, longKey: null };
  for (const line of textLines(text)) {
    const indent = indentOf(line);
    if (indent === line.length || line[indent] === '#') {
      continue;
    }
    if (line[indent] === '\t') {
      return false;
    }
    const isKey = indent === 0 || (state.isInside && (state.keyIndent === 0 || indent <= state.keyIndent));
    if (isKey && state.entry !== null) {
      const { entry } = state;
      state.entry = null;
      if (!take(entry)) {
        return true;
      }
    }
    if (indent === 0 ? !enter(state, line) : !step(state, line, indent)) {
      return false;
    }
  }
  if (state.entry !== null) {
    take(state.entry);
  }
  return true;
}

/** Nothing, in the spellings of YAML. */
export function isEmptyValue(value: string): boolean {
  return ['', '{}', 'null', '~'].includes(value);
}

/** A line at the margin opens a section or a document. */
function enter(state: State, line: string): boolean {
  const isDocument = line === '---' || line === '...';
  const pair = isDocument ? null : keyAndValue(line);
  state.isInside = pair?.key === 'packages';
  state.keyIndent = 0;
  const isEmpty = pair === null || isEmptyValue(pair.value);
  return isDocument || (pair !== null && (!state.isInside || isEmpty));
}

function step(state: State, line: string, indent: number): boolean {
  if (!state.isInside) {
    return true;
  }
  state.keyIndent ||= indent;
  if (indent < state.keyIndent) {
    return false;
  }
  const rest = line.slice(indent);
  if (indent === state.keyIndent) {
    return open(state, rest);
  }
  state.fieldIndent ||= indent;
  if (state.entry !== null && indent === state.fieldIndent) {
    const field = /^(['"]?)(name|version)\1:\s+/.exec(rest.slice(0, 20));
    if (field !== null) {
      state.entry[field[2] === 'name' ? 'name' : 'version'] = scalar(rest.slice(field[0].length));
    }
  }
  return true;
}

function open(state: State, rest: string): boolean {
  if (rest.startsWith('? ')) {
    // Keys past 1,024 signs are written as `? key`, with the colon on the next line.
    state.longKey = scalar(rest.slice(2));
    return state.longKey !== null;
  }
  const isRest = state.longKey !== null && /^:(?:\s|$)/.test(rest);
  const pair = isRest ? { key: state.longKey ?? '', value: '' } : keyAndValue(rest);
  state.longKey = null;
  // A value in flow style would have to be read as a whole; pnpm has none but the empty one.
  if (pair === null || !isEmptyValue(pair.value)) {
    return false;
  }
  state.entry = { key: pair.key, name: null, version: null };
  state.fieldIndent = 0;
  return true;
}

/** `key: value` with a plain or quoted key; null for anything else. */
function keyAndValue(text: string): { readonly key: string; readonly value: string } | null {
  const quote = text[0];
  if (quote !== "'" && quote !== '"') {
    const spaced = text.indexOf(': ');
    const plain = text.trimEnd();
    const end = spaced === -1 && plain.endsWith(':') ? plain.length - 1 : spaced;
    return end <= 0 || '{[&*!|>%@`?'.includes(text[0] ?? '{')
      ? null
      : { key: text.slice(0, end), value: valueAfter(text, end) };
  }
  const end = text.indexOf(`${quote}:`, 1);
  const key = end === -1 ? null : scalar(text.slice(0, end + 1));
  return key === null ? null : { key, value: valueAfter(text, end + 1) };
}

function valueAfter(text: string, colon: number): string {
  const value = text.slice(colon + 1).trim();
  return value.startsWith('#') ? '' : value;
}

/** A plain or quoted scalar on one line; null where it is not one. */
function scalar(text: string): string | null {
  const trimmed = text.trim();
  const quote = trimmed[0] ?? '';
  if (quote !== "'" && quote !== '"') {
    return '{[&*!|>%@`'.includes(quote) ? null : trimmed.replace(/\s#.*$/, '').trimEnd();
  }
  if (trimmed.length < 2 || !trimmed.endsWith(quote) || (quote === '"' && trimmed.includes('\\'))) {
    return null;
  }
  const inner = trimmed.slice(1, -1);
  return quote === "'" ? inner.replaceAll("''", "'") : inner;
}
