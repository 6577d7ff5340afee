import { parseScope } from '@/components/layout/scope-params.ts';
import { readSearch } from '@/components/layout/search-params.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { countFindings } from '@/lib/operations/console/count-findings.ts';

export const dynamic = 'force-dynamic';

/** How many findings each `query` of the address matches, in the scope of the address. */
export const GET = guardRoute(countFindings, (request) => {
  const { searchParams } = new URL(request.url);
  return {
    scope: parseScope(readSearch(Object.fromEntries(searchParams))),
    queries: searchParams.getAll('query'),
  };
});
