import { parseFindingSearch } from '@/app/(console)/findings/search-params.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { pastDayOf } from '@/lib/core/model/time-range.ts';
import { listFindingsAsOf, pastFindingsInput } from '@/lib/operations/history/list-findings-as-of.ts';

export const dynamic = 'force-dynamic';

/** Further pages of the list of a past day: the same address as the page's own, and a cursor. */
export const GET = guardRoute(listFindingsAsOf, (request) => {
  const { searchParams } = new URL(request.url);
  const { scope, query } = parseFindingSearch(Object.fromEntries(searchParams));
  const day = pastDayOf(scope.time, new Date());
  return { ...pastFindingsInput(scope, day ?? '', query), cursor: searchParams.get('cursor') };
});
