import { groupInputOf } from '@/app/(console)/findings/group-input.ts';
import { parseFindingSearch } from '@/app/(console)/findings/search-params.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listFindingGroups } from '@/lib/operations/console/list-finding-groups.ts';

export const dynamic = 'force-dynamic';

/** Further pages of a grouped list: the same address as the page's own, and a cursor. */
export const GET = guardRoute(listFindingGroups, (request) => {
  const { searchParams } = new URL(request.url);
  const search = parseFindingSearch(Object.fromEntries(searchParams));
  return groupInputOf(search, search.grouping ?? 'vulnerability', searchParams.get('cursor'));
});
