/** What a registry, or the service that gives out its tokens, is shown. */
export type Credentials =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** A token for getting tokens, as `docker login` keeps it for some registries. */
  | { readonly kind: 'identity'; readonly token: string };

export interface FoundCredentials {
  readonly credentials: Credentials | null;
  /** Why there are none though the user's settings speak of some; holds no secret. */
  readonly remark: string | null;
}

export const NO_CREDENTIALS: FoundCredentials = { credentials: null, remark: null };
