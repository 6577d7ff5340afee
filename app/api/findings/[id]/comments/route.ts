import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listFindingComments } from '@/lib/operations/triage/list-finding-comments.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(listFindingComments, (_request, { id }) => ({ id }));
