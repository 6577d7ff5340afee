import { guardRoute } from '@/lib/auth/guard-route.ts';
import { listNotices } from '@/lib/operations/notices/notices.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(listNotices, (request) => {
  const { searchParams } = new URL(request.url);
  return { cursor: searchParams.get('cursor'), limit: Number(searchParams.get('limit') ?? 50) };
});
