import { guardRoute } from '@/lib/auth/guard-route.ts';
import { getActivityEntry } from '@/lib/operations/activity/get-activity-entry.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(getActivityEntry, (_request, { id }) => ({ id }));
