import { cutAt, type Piece, splitChips, splitPieces, textOf } from '@/lib/core/findings/query/chips.ts';
import { ACTIVITY_KINDS, type ActivityFilter, type ActivityKind } from '@/lib/core/model/activity.ts';

/** The keys of the bar, with what each asks for. */
export const ACTIVITY_KEYS = {
  who: 'name or e-mail address of a person',
  action: 'what was done, role-changed',
  object: 'what it was done to',
  account: 'account that it was about',
  kind: ACTIVITY_KINDS.join(', '),
  from: 'first day, 2026-11-23',
  to: 'last day, 2026-11-24',
  request: 'id of an act on findings',
} as const;
export type ActivityKey = keyof typeof ACTIVITY_KEYS;

/** One chip as it was written, and what is wrong with it. */
export interface ActivityTerm {
  readonly text: string;
  readonly negated: boolean;
  readonly key: ActivityKey;
  readonly values: readonly string[];
  readonly error: string | null;
}

const QUERY_CHARACTERS_MAX = 2_000;
const TERMS_MAX = 30;
const VALUES_MAX = 50;
const NOT_ANY: readonly ActivityKey[] = ['object', 'account', 'from', 'to', 'request'];
const DAY_MS = 86_400_000;

/** Splits a query into chips. A bare word asks for an object. Never throws. */
export function parseActivityQuery(text: string): readonly ActivityTerm[] {
  const read = text.slice(0, QUERY_CHARACTERS_MAX);
  return splitChips(read, TERMS_MAX).map(({ start, end, pieces }) => toTerm(read.slice(start, end), pieces));
}

function toTerm(text: string, pieces: readonly Piece[]): ActivityTerm {
  const [first, ...others] = pieces;
  const negated = first !== undefined && !first.quoted && first.text.startsWith('-') && first.text.length > 1;
  const body = negated ? [{ text: first.text.slice(1), quoted: false }, ...others] : pieces;
  const cut = cutAt(body, ':');
  const named = cut === null ? null : textOf(cut.before).toLowerCase();
  const values = splitPieces(cut === null ? body : cut.after, ',')
    .map(textOf)
    .filter((value) => value !== '');
  const key = named === null ? 'object' : Object.keys(ACTIVITY_KEYS).find((one): one is ActivityKey => one === named);
  const term = { text, negated, key: key ?? 'object', values: values.slice(0, VALUES_MAX) };
  return { ...term, error: key === undefined ? `There is no key "${named}".` : errorOf(term) };
}

function errorOf({ key, values, negated }: Omit<ActivityTerm, 'error'>): string | null {
  if (values.length === 0) return `Say which ${key}.`;
  if (values.length > VALUES_MAX) return `At most ${VALUES_MAX} values.`;
  if (negated && NOT_ANY.includes(key)) return `${key} cannot be excluded.`;
  const wrong = values.find((value) => !isRight(key, value));
  if (wrong !== undefined) {
    return key === 'kind'
      ? `There is no kind "${wrong}". Kinds are ${ACTIVITY_KINDS.join(', ')}.`
      : `"${wrong}" is no day.`;
  }
  return (key === 'from' || key === 'to') && values.length > 1 ? 'One day alone.' : null;
}

function isRight(key: ActivityKey, value: string): boolean {
  if (key === 'kind') return isKind(value);
  return (key !== 'from' && key !== 'to') || dayOf(value) !== null;
}

function isKind(text: string): text is ActivityKind {
  return ACTIVITY_KINDS.some((kind) => kind === text);
}

/** Midnight (UTC) of a day that exists. */
function dayOf(text: string): Date | null {
  const at = new Date(`${text}T00:00:00.000Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
    ? at
    : null;
}

/** What the right chips ask for; a wrong one restricts nothing. Values of one key add up; the last day is part of it. */
export function toActivityFilter(terms: readonly ActivityTerm[]): Omit<ActivityFilter, 'tab'> {
  const right = terms.filter(({ error }) => error === null);
  const of = (key: ActivityKey, negated = false): readonly string[] =>
    right.flatMap((term) => (term.key === key && term.negated === negated ? term.values : []));
  const lastDay = of('to').map(dayOf).at(-1) ?? null;
  return {
    who: of('who'),
    notWho: of('who', true),
    actions: of('action'),
    notActions: of('action', true),
    objects: of('object'),
    accounts: of('account'),
    kinds: of('kind').filter(isKind),
    notKinds: of('kind', true).filter(isKind),
    requests: of('request'),
    from: of('from').map(dayOf).at(-1) ?? null,
    to: lastDay === null ? null : new Date(lastDay.getTime() + DAY_MS),
  };
}
