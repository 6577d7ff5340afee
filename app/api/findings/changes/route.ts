import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listChangedFindings } from '@/lib/operations/console/list-changed-findings.ts';

export const dynamic = 'force-dynamic';

/** Which findings changed since they were seen: `seen` is `id.version`, between commas. */
export const GET = guardRoute(listChangedFindings, (request) => {
  const seen = new URL(request.url).searchParams.get('seen') ?? '';
  return {
    seen: seen
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [id = '', version = ''] = part.split('.');
        return { id, version: Number(version) };
      }),
  };
});
