import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options.ts';

interface Context {
  readonly params: Promise<{ readonly nextauth: readonly string[] }>;
}

// Only what signing in needs is answered. The library's own pages and its session endpoint are not: our pages take their
// place, and what a session may do is read from the database.
const ANSWERED: Readonly<Record<string, readonly string[]>> = {
  GET: ['providers', 'csrf', 'error', 'signin', 'callback/oidc'],
  POST: ['signin/oidc', 'callback/credentials'],
};

async function answer(request: Request, context: Context): Promise<Response> {
  const action = (await context.params).nextauth.join('/');
  if (!ANSWERED[request.method]?.includes(action)) {
    return new Response(null, { status: 404 });
  }
  return NextAuth(request as never, context as never, await authOptions());
}

export { answer as GET, answer as POST };
