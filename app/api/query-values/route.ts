import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listQueryValues } from '@/lib/operations/console/list-query-values.ts';

export const dynamic = 'force-dynamic';

/** What goes on with a text after a key of a query. */
export const GET = guardRoute(listQueryValues, (request) => {
  const { searchParams } = new URL(request.url);
  return { source: searchParams.get('source'), typed: searchParams.get('typed') ?? '' };
});
