import 'server-only';
import { getEnvironment } from '../wiring/for-next.ts';

/** What signing and reading the session cookie needs. */
export interface AuthSettings {
  readonly secret: string;
  /** True when people reach Harrier through https; only then may a cookie demand it. */
  readonly secure: boolean;
  readonly cookieName: string;
}

export async function authSettings(): Promise<AuthSettings> {
  const { secret, url } = await getEnvironment();
  if (secret === null) {
    throw new Error('HARRIER_SECRET is not set and no start has made one');
  }
  const secure = url.startsWith('https://');
  return { secret, secure, cookieName: `${secure ? '__Secure-' : ''}next-auth.session-token` };
}
