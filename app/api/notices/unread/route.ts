import { guardRoute } from '@/lib/auth/guard-route.ts';
import { countUnreadNotices } from '@/lib/operations/notices/notices.ts';

export const dynamic = 'force-dynamic';

export const GET = guardRoute(countUnreadNotices, () => ({}));
