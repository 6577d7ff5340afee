import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listVexHidden } from '@/lib/operations/suppression/list-vex-hidden.ts';

export const dynamic = 'force-dynamic';

/** What one statement of a supplier keeps out of the findings. */
export const GET = guardRoute(listVexHidden, (request) => ({ id: new URL(request.url).searchParams.get('id') ?? '' }));
