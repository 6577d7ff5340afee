import { AppError } from '../../core/model/app-error.ts';
import type { ImageReference } from '../../core/model/image-reference.ts';
import { asObject, asText } from '../../core/model/raw.ts';
import { asJson, smallBody } from '../blob-store.ts';
import { bodyOf } from './body.ts';
import type { Challenge } from './challenge.ts';
import type { Credentials, FoundCredentials } from './credentials.ts';
import { isLoopbackHost } from './network-address.ts';
import { type Connections, discard, type SendOptions, throwIfPassing } from './send.ts';

/** What proves to the registry that we may read, for as long as it holds. */
export interface Authorization {
  /** The header's value; null before the registry has asked for any. A token that has run out is fetched anew. */
  header(): Promise<string | null>;
  /** Does what the registry asks for. Throws AppError where that cannot be done. */
  meet(challenge: Challenge, registry: URL): Promise<void>;
}

export interface AuthorizationOptions {
  readonly reference: ImageReference;
  readonly found: FoundCredentials;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  readonly silenceMilliseconds: number;
  readonly now: () => number;
}

interface Token {
  readonly value: string;
  readonly endsAt: number;
}

/** What a token lasts when its service does not say. Specification: distribution, "Token Authentication". */
const TOKEN_SECONDS = 60;
const TOKEN_SECONDS_MAX = 24 * 3600;
/** A token is not used in its last moments, when it might end on the way. */
const MARGIN_MILLISECONDS = 5_000;
const TOKEN = /^[\x21-\x7e]{1,65536}$/;

export function openAuthorization(options: AuthorizationOptions): Authorization {
  const { now, found, reference } = options;
  let token: Token | null = null;
  let met: { readonly challenge: Challenge & { scheme: 'bearer' }; readonly registry: URL } | null = null;
  const renew = async (): Promise<string | null> => {
    token = met === null ? null : await fetchToken(met.challenge, met.registry, options);
    return token?.value ?? null;
  };
  return {
    async header() {
      return token !== null && now() < token.endsAt ? token.value : renew();
    },
    async meet(challenge, registry) {
      if (challenge.scheme === 'bearer') {
        met = { challenge, registry };
        await renew();
        return;
      }
      if (found.credentials?.kind !== 'password') {
        throw signInError(reference, found);
      }
      token = { value: basic(found.credentials), endsAt: Number.POSITIVE_INFINITY };
    },
  };
}

/** Says how to come by credentials, or that those which were shown are not enough. */
export function signInError({ registry, repository }: ImageReference, found: FoundCredentials): AppError {
  const remark = found.remark === null ? '' : ` ${found.remark}`;
  return found.credentials === null
    ? new AppError(
        'access-denied',
        `${registry} wants credentials for ${repository}, or has no such image. Sign in with "docker login ${registry}", or check the name.${remark}`,
      )
    : new AppError(
        'access-denied',
        `${registry} does not let these credentials read ${repository}, or has no such image. Check the name, or sign in again.`,
      );
}

async function fetchToken(
  challenge: Challenge & { scheme: 'bearer' },
  registry: URL,
  options: AuthorizationOptions,
): Promise<Token> {
  const { found, reference, connections, signal, silenceMilliseconds, now } = options;
  const realm = realmOf(challenge.realm, registry, reference);
  const wanted = { service: challenge.service ?? '', scope: scopeOf(challenge.scope, reference) };
  const response = await connections.send(realm, {
    ...requestFor(realm, wanted, found.credentials),
    signal,
    silenceMilliseconds,
    mayBeLoopback: realm.host === registry.host || isLoopbackHost(registry.hostname),
  });
  throwIfPassing(response);
  const status = response.statusCode ?? 0;
  if (status === 401 || status === 403 || status === 400) {
    discard(response);
    throw signInError(reference, found);
  }
  if (status !== 200) {
    discard(response);
    throw new AppError(
      'unavailable',
      `${realm.host}, which gives out tokens for ${reference.registry}, answered ${status}.`,
    );
  }
  const name = `The token of ${realm.host}`;
  const answer = asObject(asJson(await smallBody(bodyOf(response, { silenceMilliseconds, signal }), name), name));
  const value = asText(answer?.token) ?? asText(answer?.access_token) ?? '';
  if (!TOKEN.test(value)) {
    throw new AppError('unavailable', `${realm.host} gave no token that could be used for ${reference.registry}.`);
  }
  const stated = answer?.expires_in;
  const seconds = typeof stated === 'number' && stated > 0 ? Math.min(stated, TOKEN_SECONDS_MAX) : TOKEN_SECONDS;
  return { value: `Bearer ${value}`, endsAt: now() + Math.max(seconds * 1000 - MARGIN_MILLISECONDS, 0) };
}

/** Where tokens are fetched. Credentials travel there, so nothing less than https will do, but on this machine itself. */
function realmOf(text: string, registry: URL, reference: ImageReference): URL {
  const realm = URL.parse(text);
  const isLocal = registry.protocol === 'http:' && realm?.protocol === 'http:' && isLoopbackHost(realm.hostname);
  if (realm === null || realm.username !== '' || (realm.protocol !== 'https:' && !isLocal)) {
    throw new AppError(
      'unavailable',
      `${reference.registry} sends for tokens to an address that is not https, so no credentials were sent there.`,
    );
  }
  return realm;
}

function requestFor(
  realm: URL,
  wanted: { readonly service: string; readonly scope: string },
  credentials: Credentials | null,
): Pick<SendOptions, 'headers' | 'form'> {
  if (credentials?.kind === 'identity') {
    const grant = { grant_type: 'refresh_token', client_id: 'harrier', refresh_token: credentials.token };
    return { headers: {}, form: new URLSearchParams({ ...grant, ...wanted }).toString() };
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== '') realm.searchParams.set(name, value);
  }
  return { headers: credentials === null ? {} : { authorization: basic(credentials) } };
}

/** Registries know best what they call the image, but we ask for reading alone. */
function scopeOf(asked: string | null, { repository }: ImageReference): string {
  return asked !== null && /^repository:[^:\s]{1,512}:pull$/.test(asked) ? asked : `repository:${repository}:pull`;
}

function basic({ user, password }: Credentials & { kind: 'password' }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
