import { guardRoute } from '@/lib/auth/guard-route.ts';
import { getFinding } from '@/lib/operations/console/get-finding.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(getFinding, (_request, { id }) => ({ id }));
