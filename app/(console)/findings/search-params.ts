import { parseScope } from '@/components/layout/scope-params.ts';
import { readSearch, type SearchRecord } from '@/components/layout/search-params.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import { FINDING_SORTS, type FindingCriteria, type FindingSort } from '@/lib/core/model/views.ts';
import { parseQuery, type QueryTerm } from './query.ts';
import { QUERY_KEYS } from './query-keys.ts';

/** The query of an address without one. */
export const DEFAULT_QUERY = 'is:open severity:critical,high';

export const FINDING_TABS = ['summary', 'evidence', 'activity'] as const;
export type FindingTab = (typeof FINDING_TABS)[number];

/** A term of the filter bar with what is wrong about it, if anything. */
export interface CheckedTerm extends QueryTerm {
  readonly error: string | null;
}

export interface FindingSearch {
  readonly scope: Scope;
  readonly terms: readonly CheckedTerm[];
  /** From the terms that are right; a wrong one restricts nothing. */
  readonly criteria: FindingCriteria;
  readonly selected: string | null;
  readonly tab: FindingTab;
}

const UNRESTRICTED: Omit<FindingCriteria, 'sort' | 'descending'> = {
  statuses: [],
  severities: [],
  kinds: [],
  types: [],
  minimumScore: null,
  exploited: null,
  fixAvailable: null,
  overdue: null,
  firstSeenAfter: null,
  words: [],
  resource: null,
  package: null,
  vulnerability: null,
};

/** Address → what the findings page shows. `now` anchors ages such as `first:7d`. */
export function parseFindingSearch(record: SearchRecord, now: Date): FindingSearch {
  const values = readSearch(record);
  const { terms, restrictions } = readTerms(parseQuery(values.q ?? DEFAULT_QUERY), now);
  return {
    scope: parseScope(values),
    terms,
    criteria: { ...restrictions, ...parseSort(values.sort) },
    selected: values.sel ?? null,
    tab: FINDING_TABS.find((tab) => tab === values.tab) ?? 'summary',
  };
}

/** `-score` sorts downwards. */
export function parseSort(text: string | undefined): { readonly sort: FindingSort; readonly descending: boolean } {
  const descending = text === undefined || text.startsWith('-');
  const name = text?.replace(/^-/, '');
  const sort = FINDING_SORTS.find((known) => known === name);
  return sort ? { sort, descending } : { sort: 'score', descending: true };
}

/** The address value of a sort; null for the default. */
export function formatSort(sort: FindingSort, descending: boolean): string | null {
  return sort === 'score' && descending ? null : `${descending ? '-' : ''}${sort}`;
}

/** Says of each term whether it is right, without looking at the data. */
export function checkTerms(terms: readonly QueryTerm[], now: Date): readonly CheckedTerm[] {
  return readTerms(terms, now).terms;
}

function readTerms(terms: readonly QueryTerm[], now: Date) {
  const checked: CheckedTerm[] = [];
  let restrictions = UNRESTRICTED;
  const seen = new Set<string>();
  for (const term of terms) {
    const { error, patch } = readTerm(term, now, restrictions, seen);
    checked.push({ ...term, error });
    if (patch) restrictions = { ...restrictions, ...patch };
  }
  return { terms: checked, restrictions };
}

function readTerm(term: QueryTerm, now: Date, before: typeof UNRESTRICTED, seen: Set<string>) {
  if (term.key === null) {
    if (term.negated) return { error: 'a bare word cannot be excluded; name a key', patch: null };
    return { error: null, patch: { words: [...before.words, ...term.values] } };
  }
  const key = QUERY_KEYS.find((known) => known.key === term.key);
  if (!key) return { error: `there is no key "${term.key}"`, patch: null };
  const meaning = key.read(term, now);
  if ('error' in meaning) return { error: meaning.error, patch: null };
  const overlap = Object.keys(meaning.patch).filter((field) => seen.has(field));
  // A second list narrows the first: terms are joined by AND.
  const patch = narrow(before, meaning.patch, overlap);
  if (patch === null) return { error: `contradicts the other ${term.key}:`, patch: null };
  for (const field of Object.keys(meaning.patch)) seen.add(field);
  return { error: null, patch };
}

type Patch = Partial<typeof UNRESTRICTED>;

function narrow(before: typeof UNRESTRICTED, patch: Patch, overlap: readonly string[]): Patch | null {
  const result: Record<string, unknown> = { ...patch };
  for (const field of overlap) {
    const old = before[field as keyof typeof UNRESTRICTED];
    const next = result[field];
    if (Array.isArray(old) && Array.isArray(next)) {
      const both = old.length === 0 ? next : next.filter((item) => old.includes(item));
      if (both.length === 0 && next.length > 0) return null;
      result[field] = next.length === 0 ? old : both;
    } else if (old !== next) return null;
  }
  return result;
}
