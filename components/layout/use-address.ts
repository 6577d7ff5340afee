'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { addressWith, readSearch, type SearchValues, scopeOnly } from './search-params.ts';

interface Address {
  readonly pathname: string;
  readonly values: SearchValues;
  /** A link to another page in the same scope. */
  readonly scoped: (path: string) => string;
}

/** Where the reader is, and how to link from here without losing the scope. */
export function useAddress(): Address {
  const pathname = usePathname();
  const values = readSearch(Object.fromEntries(useSearchParams()));
  return { pathname, values, scoped: (path) => addressWith(path, scopeOnly(values)) };
}
