import { downloadAnswer } from '@/lib/auth/download-answer.ts';
import { guardRoute } from '@/lib/auth/guard-route.ts';
import { exportSbom } from '@/lib/operations/console/export-sbom.ts';

export const dynamic = 'force-dynamic';

/** The packages of a resource: `format=cyclonedx` or `spdx`. */
export const GET = guardRoute(
  exportSbom,
  (request, { id }) => ({ id, format: new URL(request.url).searchParams.get('format') ?? 'cyclonedx' }),
  downloadAnswer,
);
