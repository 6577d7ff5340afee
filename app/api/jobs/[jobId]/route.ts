import { guardRoute } from '@/lib/auth/guard-route.ts';
import { getJob } from '@/lib/operations/console/get-job.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(getJob, (_request, { jobId }) => ({ id: jobId }));
