import { parseScope } from '@/components/layout/scope-params.ts';
import { readSearch } from '@/components/layout/search-params.ts';
import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportOverview } from '@/lib/operations/console/export-overview.ts';

export const dynamic = 'force-dynamic';

/** The overview as CSV, in the scope of the address. */
export const GET = guardRoute(
  exportOverview,
  (request) => ({ scope: parseScope(readSearch(Object.fromEntries(new URL(request.url).searchParams))) }),
  downloadAnswer,
);
