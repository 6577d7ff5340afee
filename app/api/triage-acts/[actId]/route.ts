import { guardRoute } from '@/lib/auth/guard-route.ts';
import { getTriageAct } from '@/lib/operations/triage/get-triage-act.ts';

export const dynamic = 'force-dynamic';

/** What has become of an own act, for as long as a job works on it. */
export const GET = guardRoute(getTriageAct, (_request, { actId }) => ({ actId }));
