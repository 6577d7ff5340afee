import { AppError } from '../../core/model/app-error.ts';
import type { Dependencies } from '../dependencies.ts';
import { openSession, type RequestSource } from './open-session.ts';
import { emailField } from './sign-in-form.ts';

/** The claims of an ID token that matter here; none is believed before the token's signature was checked. */
export interface ProviderClaims {
  readonly email?: unknown;
  readonly email_verified?: unknown;
}

/** Why a provider's word was not enough; the sign-in page has a sentence for each. */
export type ProviderRefusal = 'no-email' | 'unverified' | 'not-invited';

/**
 * Opens a session for the person whom an identity provider vouches for; returns its id. The person must already be in
 * Harrier: a provider proves who somebody is, not that they may see this estate.
 */
export async function signInWithProvider(
  deps: Dependencies,
  providerName: string,
  claims: ProviderClaims,
  source: RequestSource,
): Promise<string> {
  const email = emailField.safeParse(claims.email);
  if (!email.success) {
    throw await refusal(deps, '(no e-mail)', source, 'no-email', `${providerName} did not say an e-mail address.`);
  }
  if (claims.email_verified !== true) {
    const message = `${providerName} has not verified the e-mail address ${email.data}.`;
    throw await refusal(deps, email.data, source, 'unverified', message);
  }

  const user = await deps.users.byEmail(email.data);
  if (user === null || user.disabled) {
    const message = `${email.data} may not sign in to this installation.`;
    throw await refusal(deps, email.data, source, 'not-invited', message);
  }
  return openSession(deps, user, source, providerName);
}

async function refusal(
  deps: Dependencies,
  email: string,
  source: RequestSource,
  reason: ProviderRefusal,
  message: string,
): Promise<AppError> {
  await deps.users.recordActivity({
    at: deps.clock.now(),
    actor: email,
    action: 'sign-in-failed',
    object: email,
    detail: message,
    address: source.address,
  });
  return new AppError('not-signed-in', message, { reason });
}
