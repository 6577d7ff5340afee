import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportJobLog } from '@/lib/operations/console/export-job-log.ts';

export const dynamic = 'force-dynamic';

/** Everything that a job noted, as a text file. */
export const GET = guardRoute(exportJobLog, (_request, { jobId }) => ({ id: jobId }), downloadAnswer);
