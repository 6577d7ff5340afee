import { guardRoute } from '@/lib/auth/guard-route.ts';
import { receiveUpload } from '@/lib/operations/uploads/receive-upload.ts';

export const dynamic = 'force-dynamic';

/** Takes the body as the file, as it comes; the address says what it is called and what kind of thing it is. */
export const POST = guardRoute(receiveUpload, (request) => {
  const { searchParams } = new URL(request.url);
  return { name: searchParams.get('name'), kind: searchParams.get('kind'), body: request.body };
});
