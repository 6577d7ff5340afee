import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listJobTargets } from '@/lib/operations/console/list-job-targets.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(listJobTargets, (request, { jobId }) => ({
  id: jobId,
  by: new URL(request.url).searchParams.get('by') ?? 'account',
}));
