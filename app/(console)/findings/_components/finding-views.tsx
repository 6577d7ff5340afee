import Link from 'next/link';
import { addressWith, type SearchValues } from '@/components/layout/search-params.ts';
import { DEFAULT_QUERY } from '../search-params.ts';
import { FINDING_VIEWS } from '../views.ts';

/** Named queries above the list; each is an address. */
export function FindingViews({ values }: { readonly values: SearchValues }) {
  const query = values.q ?? DEFAULT_QUERY;
  return (
    <nav className="tabs flex-none px-(--gutter)" aria-label="Views">
      {FINDING_VIEWS.map((view) => (
        <Link
          key={view.label}
          className="tab"
          href={addressWith('/findings', values, { q: view.query === DEFAULT_QUERY ? null : view.query })}
          aria-current={view.query === query ? 'page' : undefined}
        >
          {view.label}
        </Link>
      ))}
    </nav>
  );
}
