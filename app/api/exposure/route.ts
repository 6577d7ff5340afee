import { parseExposureSearch } from '@/app/(console)/exposure/search-params.ts';
import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportExposure } from '@/lib/operations/console/export-exposure.ts';

export const dynamic = 'force-dynamic';

/** The open paths that the address of Exposure lists, as CSV. */
export const GET = guardRoute(
  exportExposure,
  (request) => {
    const { scope, from } = parseExposureSearch(Object.fromEntries(new URL(request.url).searchParams));
    return { scope, from };
  },
  downloadAnswer,
);
