import { guardRoute } from '@/lib/auth/guard-route.ts';
import { searchEstate } from '@/lib/operations/console/search-estate.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(searchEstate, (request) => ({
  text: new URL(request.url).searchParams.get('text') ?? '',
}));
