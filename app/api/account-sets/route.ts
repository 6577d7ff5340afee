import { guardRoute } from '@/lib/auth/guard-route.ts';
import { getAccountSet } from '@/lib/operations/console/account-set.ts';

export const dynamic = 'force-dynamic';

/** The accounts behind a name in the scope of an address. */
export const GET = guardRoute(getAccountSet, (request) => ({ id: new URL(request.url).searchParams.get('id') }));
