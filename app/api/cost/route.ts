import { parseCostSearch } from '@/app/(console)/cost/search-params.ts';
import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportCost } from '@/lib/operations/usage/export-cost.ts';

export const dynamic = 'force-dynamic';

/** The cost that the address of Cost shows, as CSV. */
export const GET = guardRoute(
  exportCost,
  (request) => parseCostSearch(Object.fromEntries(new URL(request.url).searchParams), new Date()).ask,
  downloadAnswer,
);
