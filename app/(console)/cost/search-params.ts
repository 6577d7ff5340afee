import { parseScope } from '@/components/layout/scope-params.ts';
import {
  addressWith,
  readSearch,
  type SearchRecord,
  type SearchValues,
  scopeOnly,
} from '@/components/layout/search-params.ts';
import { BUILT_IN_BOOK, PRICE_BOOKS } from '@/lib/core/cost/price-books.ts';
import type { Month } from '@/lib/core/model/cost.ts';
import type { Scope } from '@/lib/core/model/scope.ts';
import { monthOfPeriod } from '@/lib/core/model/time-range.ts';

export interface CostSearch {
  readonly ask: {
    readonly scope: Scope;
    readonly month: Month;
    readonly book: string;
    readonly trial: boolean;
  };
  /** Every account has its row, not the dearest alone. */
  readonly allAccounts: boolean;
  /** The scope as address values, for links. */
  readonly kept: SearchValues;
}

/** `?t=month:2026-10&book=list&trial=1&tab=accounts`. Without a month it is the one in which the period of the scope ends. */
export function parseCostSearch(record: SearchRecord, now: Date): CostSearch {
  const values = readSearch(record);
  const scope = parseScope(values);
  return {
    ask: {
      scope,
      month: monthOfPeriod(scope.time, now),
      book: PRICE_BOOKS.find(({ id }) => id === values.book)?.id ?? BUILT_IN_BOOK.id,
      trial: values.trial === '1',
    },
    allAccounts: values.tab === 'accounts',
    kept: scopeOnly(values),
  };
}

interface CostAddress {
  readonly book?: string;
  readonly trial?: boolean;
  readonly allAccounts?: boolean;
  /** Narrows the scope. */
  readonly scope?: SearchValues;
}

/** The address of the page with these changes. */
export function costAddress(search: CostSearch, changes: CostAddress = {}): string {
  return addressWith('/cost', { ...search.kept, ...changes.scope }, valuesOf(search, changes));
}

/** The address of the file of the same. */
export function costFileAddress(search: CostSearch): string {
  return addressWith('/api/cost', search.kept, valuesOf(search, { allAccounts: false }));
}

function valuesOf({ ask, allAccounts }: CostSearch, changes: CostAddress): SearchValues {
  const book = changes.book ?? ask.book;
  return {
    book: book === BUILT_IN_BOOK.id ? null : book,
    trial: (changes.trial ?? ask.trial) ? '1' : null,
    tab: (changes.allAccounts ?? allAccounts) ? 'accounts' : null,
  };
}
