import Link from 'next/link';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';

const GROUPINGS = [
  ['Finding', null],
  ['Vulnerability', 'vulnerability'],
  ['Resource', 'resource'],
  ['Account', 'account'],
  ['Package', 'package'],
] as const;

/** What the list is grouped by; each is an address. */
export function GroupBy({ values }: { readonly values: SearchValues }) {
  const current = values.group ?? null;
  return (
    <>
      <span className="text-fg-3 max-lg:hidden">Group by</span>
      <nav className="segmented max-sm:hidden" aria-label="Group by">
        {GROUPINGS.map(([label, group]) => (
          <Link
            key={label}
            prefetch={false}
            href={addressWith('/findings', values, { group, sort: null })}
            aria-current={group === current ? 'true' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
    </>
  );
}
