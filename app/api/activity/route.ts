import { parseActivitySearch } from '@/app/(console)/activity/search-params.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listActivity } from '@/lib/operations/activity/list-activity.ts';

export const dynamic = 'force-dynamic';

/** Further pages of the activity: the same address as the page's own, and a cursor. */
export const GET = guardRoute(listActivity, (request) => {
  const { searchParams } = new URL(request.url);
  const { filter } = parseActivitySearch(Object.fromEntries(searchParams));
  return { filter, cursor: searchParams.get('cursor') };
});
