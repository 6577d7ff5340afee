import { parseCoverageSearch } from '@/app/(console)/coverage/search-params.ts';
import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportLedger } from '@/lib/operations/console/export-ledger.ts';

export const dynamic = 'force-dynamic';

/** The resources that the address of Coverage lists, as CSV. */
export const GET = guardRoute(
  exportLedger,
  (request) => {
    const { scope, filter } = parseCoverageSearch(Object.fromEntries(new URL(request.url).searchParams));
    return { scope, filter };
  },
  downloadAnswer,
);
