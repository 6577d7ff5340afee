import { nextPath } from '@/lib/auth/next-path.ts';

interface SignInSearch {
  /** The page to open afterwards. */
  readonly next: string;
  /** Why sign-in through the provider ended here. */
  readonly refusal: ((providerName: string) => string) | null;
}

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

// The address carries a code and never a sentence, or anybody could make this page say anything.
const REFUSALS: Readonly<Record<string, (providerName: string) => string>> = {
  'no-email': (provider) => `${provider} did not say your e-mail address. Its "email" claim is needed.`,
  unverified: (provider) => `${provider} has not verified your e-mail address. Verify it there, then sign in again.`,
  'not-invited': () =>
    'Nobody has invited this e-mail address to Harrier. An administrator can, under Settings, Users.',
  OAuthSignin: (provider) =>
    `${provider} could not be reached. An administrator can check its address in the settings.`,
};

export function parseSignInSearch(params: SearchParams): SignInSearch {
  return {
    next: nextPath(params.next ?? pathOf(params.callbackUrl)),
    refusal: params.error === undefined ? null : refusalOf(params.error),
  };
}

function refusalOf(code: string | string[]): (providerName: string) => string {
  const known = typeof code === 'string' && Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  return known ?? ((provider) => `Sign-in through ${provider} did not work. Try again.`);
}

function pathOf(address: string | string[] | undefined): string | undefined {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  return url === null ? undefined : url.pathname + url.search;
}
