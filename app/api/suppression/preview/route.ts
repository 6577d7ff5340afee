import { guardRoute } from '@/lib/auth/guard-route.ts';
import { previewSuppressionRule } from '@/lib/operations/suppression/preview-suppression-rule.ts';

export const dynamic = 'force-dynamic';

/** What a rule would hide, while its query is being written. */
export const GET = guardRoute(previewSuppressionRule, (request) => ({
  query: new URL(request.url).searchParams.get('q') ?? '',
}));
