import { parseFindingSearch } from '@/app/(console)/findings/search-params.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listFindings } from '@/lib/operations/console/list-findings.ts';
import { NO_CRITERIA } from '@/lib/operations/console/no-criteria.ts';

export const dynamic = 'force-dynamic';

/** Further pages of the findings list: the same address as the page's own, and a cursor. */
export const GET = guardRoute(listFindings, (request) => {
  const { searchParams } = new URL(request.url);
  const { scope, query, sort, descending } = parseFindingSearch(Object.fromEntries(searchParams));
  return { scope, query, criteria: { ...NO_CRITERIA, sort, descending }, cursor: searchParams.get('cursor') };
});
