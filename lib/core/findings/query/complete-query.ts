import type { QueryField } from '../../model/finding-query.ts';
import { splitChips } from './chips.ts';
import { foldCase } from './fold-case.ts';
import { spellKey, spellValue } from './format-query.ts';
import { QUERY_CHARACTERS_MAX, QUERY_CHIPS_MAX } from './parse-query.ts';
import { fieldOfKey, QUERY_FIELDS, QUERY_KEYS, type ValueSource } from './query-fields.ts';

const ITEMS_MAX = 12;

/** A value that the estate has, such as an account, with its name and how many findings it has where that is known. */
export interface EstateValue {
  readonly value: string;
  readonly label?: string;
  readonly count?: number;
}

export type EstateValues = Readonly<Partial<Record<ValueSource, readonly EstateValue[]>>>;

export interface CompletionItem {
  /** What takes the place of the stretch. */
  readonly insert: string;
  /** What it is, in a few words; empty where it says so itself. */
  readonly description: string;
  readonly count: number | null;
}

/** What fits at the caret. */
export interface Completion {
  /** The stretch of the text that a chosen item takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly stage: 'key' | 'value';
  /** The key whose value is written; null while the key is. */
  readonly field: QueryField | null;
  /** The facts of the estate that go on with what was typed; whoever asks can look more up. */
  readonly source: ValueSource | null;
  /** What was typed of it so far. */
  readonly typed: string;
  readonly items: readonly CompletionItem[];
}

/** What could stand at the caret: keys, the words of a key, and values that the estate has. */
export function completeQuery(text: string, caret: number, estate: EstateValues): Completion {
  const read = text.slice(0, QUERY_CHARACTERS_MAX);
  const at = Math.max(0, Math.min(caret, read.length));
  const chip = splitChips(read, QUERY_CHIPS_MAX).find(({ start, end }) => start <= at && at <= end) ?? {
    start: at,
    end: at,
  };
  const start = read.charAt(chip.start) === '-' && at > chip.start ? chip.start + 1 : chip.start;
  const signs = signsOf(read.slice(start, chip.end));
  const colon = signs.find(({ sign }) => sign === ':');
  if (colon === undefined || start + colon.at >= at) {
    return completeKey(read.slice(start, at), start, colon === undefined ? chip.end : start + colon.at + 1, estate);
  }
  const key = read.slice(start, start + colon.at);
  const commas = signs.filter(({ sign, at: place }) => sign === ',' && place > colon.at);
  const before = commas.filter((comma) => start + comma.at < at).at(-1) ?? colon;
  const after = commas.find((comma) => start + comma.at >= at);
  const from = start + before.at + 1;
  const to = after === undefined ? chip.end : start + after.at;
  const listed = read.slice(start + colon.at + 1, from).split(',');
  return completeValue(key, read.slice(from, at), { start: from, end: to, listed: new Set(listed) }, estate);
}

/** Colons and commas outside of quotes. */
function signsOf(chip: string): readonly { readonly sign: string; readonly at: number }[] {
  const signs: { sign: string; at: number }[] = [];
  let isQuoted = false;
  for (let at = 0; at < chip.length; at += 1) {
    const sign = chip.charAt(at);
    if (sign === '\\' && isQuoted) {
      at += 1;
    } else if (sign === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && (sign === ':' || sign === ',')) {
      signs.push({ sign, at });
    }
  }
  return signs;
}

function completeKey(typed: string, start: number, end: number, estate: EstateValues): Completion {
  const wanted = foldCase(typed);
  const isTag = wanted.startsWith('tag.');
  const keys = isTag ? [] : QUERY_KEYS.filter((key) => namesOf(key).some((name) => name.startsWith(wanted)));
  const items = [
    ...keys.map((key) => ({ insert: `${key}:`, description: QUERY_FIELDS[key].description, count: null })),
    ...(isTag ? tagKeys(wanted.slice('tag.'.length), estate) : wordsThatFit(wanted)),
  ];
  const source = isTag ? ('tag-keys' as const) : null;
  return { start, end, stage: 'key', field: null, source, typed, items: items.slice(0, ITEMS_MAX) };
}

function namesOf(key: QueryField): readonly string[] {
  return [key, ...QUERY_FIELDS[key].aliases];
}

function tagKeys(wanted: string, estate: EstateValues): readonly CompletionItem[] {
  return (estate['tag-keys'] ?? [])
    .filter(({ value }) => foldCase(value).startsWith(wanted))
    .map(({ value, label = '', count = null }) => ({ insert: `tag.${spellKey(value)}:`, description: label, count }));
}

/** Somebody who writes `crit` means `severity:critical`. */
function wordsThatFit(wanted: string): readonly CompletionItem[] {
  if (wanted.length < 2) {
    return [];
  }
  return QUERY_KEYS.flatMap((key) =>
    Object.entries(QUERY_FIELDS[key].words)
      .filter(([word]) => word.startsWith(wanted))
      .map(([word, description]) => ({ insert: `${key}:${word}`, description, count: null })),
  );
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly listed: ReadonlySet<string>;
}

function completeValue(key: string, typed: string, { start, end, listed }: Stretch, estate: EstateValues): Completion {
  const field = /^tag\./i.test(key) ? 'tag' : fieldOfKey(key);
  const base = { start, end, stage: 'value' as const, field, typed };
  if (field === null || foldCase(key).startsWith('tag.')) {
    return { ...base, source: null, items: [] };
  }
  const { words, examples, source } = QUERY_FIELDS[field];
  const known = source === null ? [] : (estate[source] ?? []);
  const offers = [
    ...Object.entries(words).map(([word, description]) => ({ insert: word, description, count: null, label: '' })),
    ...known.map(({ value, label = '', count = null }) => ({
      insert: field === 'tag' ? `${spellKey(value)}=` : spellValue(field, value),
      description: label,
      count,
      label,
    })),
    ...(known.length === 0 ? examples : []).map((insert) => ({ insert, description: '', count: null, label: '' })),
  ].filter(({ insert }) => !listed.has(insert));
  const wanted = foldCase(typed.replaceAll('"', ''));
  const begin = offers.filter(({ insert }) => foldCase(insert.replaceAll('"', '')).startsWith(wanted));
  const inside = offers.filter(
    (offer) => !begin.includes(offer) && wanted !== '' && foldCase(`${offer.insert} ${offer.label}`).includes(wanted),
  );
  const items = [...begin, ...inside].slice(0, ITEMS_MAX);
  return { ...base, source, items: items.map(({ insert, description, count }) => ({ insert, description, count })) };
}
