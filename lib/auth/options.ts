import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import type { Provider } from 'next-auth/providers/index';
import { SESSION_LIFETIME_SECONDS } from '../core/model/session-lifetime.ts';
import { signInWithPassword } from '../operations/users/sign-in-with-password.ts';
import { signInWithProvider } from '../operations/users/sign-in-with-provider.ts';
import { getDependencies, getEnvironment, getLog } from '../wiring/for-next.ts';
import { authSettings } from './auth-settings.ts';
import { argon2Passwords } from './password.ts';
import { requestSource } from './request-source.ts';
import { toFailure } from './to-failure.ts';

/** The id of the one OpenID Connect provider in addresses: `/api/auth/callback/oidc`. */
export const OIDC_PROVIDER_ID = 'oidc';

/** How next-auth is set up: the token in the cookie holds a session id and nothing else. */
export async function authOptions(): Promise<NextAuthOptions> {
  const { secret, secure } = await authSettings();
  return {
    secret,
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [passwordProvider(), ...(await oidcProviders())],
    callbacks: {
      // `user.id` is the id of the session that a provider below has opened, never that of a person.
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== OIDC_PROVIDER_ID) {
          return true;
        }
        return openProviderSession(user, profile ?? {});
      },
      jwt: async ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: async ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      // Details may hold tokens and addresses of people, so the log gets the code and the sentence alone.
      error: (code, details) => getLog().error({ code, reason: reasonOf(details) }, 'sign-in failed'),
      warn: (code) => getLog().warn({ code }, 'sign-in warning'),
      debug: () => undefined,
    },
  };
}

function passwordProvider(): Provider {
  return {
    id: 'credentials',
    name: 'E-mail and password',
    type: 'credentials',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    authorize: async (form) => {
      try {
        return { id: await signInWithPassword(await getDependencies(), argon2Passwords, form, await requestSource()) };
      } catch (error) {
        // A thrown message would travel back in an address.
        toFailure(error, 'SignIn');
        return null;
      }
    },
  };
}

async function oidcProviders(): Promise<Provider[]> {
  const { oidc } = await getEnvironment();
  if (oidc === null) {
    return [];
  }
  return [
    {
      id: OIDC_PROVIDER_ID,
      name: oidc.name,
      type: 'oauth',
      issuer: oidc.issuer,
      wellKnown: `${oidc.issuer}/.well-known/openid-configuration`,
      clientId: oidc.clientId,
      clientSecret: oidc.clientSecret,
      authorization: { params: { scope: 'openid email profile' } },
      checks: ['pkce', 'state', 'nonce'],
      idToken: true,
      profile: (claims) => ({ id: String(claims.sub ?? '') }),
    },
  ];
}

/** True with `user.id` set to the session, or the address of the sign-in page with the reason why not. */
async function openProviderSession(user: { id: string }, claims: object): Promise<true | string> {
  const { oidc } = await getEnvironment();
  try {
    user.id = await signInWithProvider(await getDependencies(), oidc?.name ?? '', claims, await requestSource());
    return true;
  } catch (error) {
    const reason = toFailure(error, 'SignInWithProvider').fields.reason ?? 'provider';
    return `/sign-in?error=${encodeURIComponent(reason)}`;
  }
}

function reasonOf(details: unknown): string {
  const error = details instanceof Error ? details : (details as { error?: unknown } | null)?.error;
  return error instanceof Error ? error.message : 'unknown';
}
