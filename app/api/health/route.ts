import { healthOf } from '@/lib/wiring/for-next.ts';

export const dynamic = 'force-dynamic';

/** Open to everyone, and says no more than whether this server can work. */
export async function GET(): Promise<Response> {
  const { ready } = await healthOf();
  return Response.json({ ready }, { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
