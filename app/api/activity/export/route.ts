import { parseActivitySearch } from '@/app/(console)/activity/search-params.ts';
import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportActivity } from '@/lib/operations/activity/export-activity.ts';

export const dynamic = 'force-dynamic';

/** The entries that the address lists, as a file: `format=csv` or `json`. */
export const GET = guardRoute(
  exportActivity,
  (request) => {
    const { searchParams } = new URL(request.url);
    const { filter } = parseActivitySearch(Object.fromEntries(searchParams));
    return { filter, format: searchParams.get('format') ?? 'csv' };
  },
  downloadAnswer,
);
