import type { IncomingMessage } from 'node:http';
import { AppError } from '../../core/model/app-error.ts';
import type { ImageReference } from '../../core/model/image-reference.ts';
import { reasonOf } from '../../http/reason-of.ts';
import { REDIRECTS_MAX, RedirectError, redirectTarget } from '../../http/redirect.ts';
import { PassingError, REQUEST_TIMES, type RequestTimes } from '../../http/retrying.ts';
import { openAuthorization, signInError } from './authorization.ts';
import { readChallenge } from './challenge.ts';
import type { FoundCredentials } from './credentials.ts';
import { isLoopbackHost } from './network-address.ts';
import { discard, openConnections, RefusedAddressError, throwIfPassing } from './send.ts';

export interface RegistryOptions {
  readonly signal: AbortSignal;
  readonly found: FoundCredentials;
  readonly times?: RequestTimes;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Reads one repository of a registry. Specification: OCI distribution, version 1.1. */
export interface RegistryClient {
  readonly times: RequestTimes;
  readonly signal: AbortSignal;
  /**
   * One try at a path of the repository, such as `blobs/sha256:…`, with sign-in and redirects. Throws PassingError where
   * another try may help, and AppError otherwise.
   */
  get(path: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage>;
  close(): void;
}

export function openRegistryClient(reference: ImageReference, options: RegistryOptions): RegistryClient {
  const { signal, found, times = REQUEST_TIMES, now = Date.now } = options;
  const { registry, repository } = reference;
  const { silenceMilliseconds } = times;
  const connections = openConnections();
  const authorization = openAuthorization({ reference, found, connections, signal, silenceMilliseconds, now });
  let base: Promise<URL> | null = null;

  const send = (url: URL, headers: Readonly<Record<string, string>>, mayBeLoopback: boolean) =>
    connections.send(url, { headers, signal, silenceMilliseconds, mayBeLoopback });

  /** On this machine a registry may do without https; everywhere else it is https or nothing. */
  const findBase = async (): Promise<URL> => {
    const https = new URL(`https://${registry}/v2/`);
    if (!isLoopbackHost(https.hostname)) {
      return https;
    }
    try {
      discard(await send(https, {}, true));
      return https;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PassingError || /^(?:EPROTO|ERR_SSL_)/.test((error as NodeJS.ErrnoException).code ?? '')) {
        return new URL(`http://${registry}/v2/`);
      }
      throw error;
    }
  };

  /** Follows redirects by hand: what proves who we are is for the registry alone, and storage has its proof in its address. */
  const follow = async (
    url: URL,
    headers: Readonly<Record<string, string>>,
    proof: string | null,
  ): Promise<{ readonly response: IncomingMessage; readonly isRedirected: boolean }> => {
    let target = url;
    for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
      const shown = hop === 0 && proof !== null ? { ...headers, authorization: proof } : headers;
      const mayBeLoopback = target.host === url.host || isLoopbackHost(url.hostname);
      const response = await send(target, shown, mayBeLoopback);
      const next = redirectTarget(target, response.statusCode ?? 0, response.headers.location ?? null);
      if (next === null) {
        return { response, isRedirected: hop > 0 };
      }
      discard(response);
      target = next;
    }
    throw new RedirectError(`it redirects more than ${REDIRECTS_MAX} times`);
  };

  const attempt = async (path: string, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> => {
    base ??= findBase();
    const root = await base.catch((error: unknown) => {
      base = null;
      throw error;
    });
    const url = new URL(`${repository}/${path}`, root);
    for (let isMet = false; ; isMet = true) {
      const { response, isRedirected } = await follow(url, headers, await authorization.header());
      throwIfPassing(response);
      const status = response.statusCode ?? 0;
      if (isRedirected && (status === 401 || status === 403)) {
        discard(response);
        // The address that storage was named by has run out; the registry makes another one.
        throw new PassingError(`its storage answered ${status}`);
      }
      if (status !== 401) {
        return response;
      }
      const challenge = readChallenge(response.headers['www-authenticate']);
      discard(response);
      if (isMet || challenge === null) {
        throw signInError(reference, found);
      }
      await authorization.meet(challenge, root);
    }
  };

  return {
    times,
    signal,
    async get(path, headers) {
      try {
        return await attempt(path, headers);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof PassingError || error instanceof AppError) {
          throw error;
        }
        throw unreadable(reference, error);
      }
    },
    close: () => connections.close(),
  };
}

/** What the world did, as one sentence of ours. Addresses with their secrets do not stand in it. */
export function unreadable({ registry, repository }: ImageReference, error: unknown): AppError {
  const { code } = error as NodeJS.ErrnoException;
  const advice = code === 'ENOTFOUND' ? ' Check the name and the connection.' : '';
  const known =
    error instanceof PassingError ||
    error instanceof RedirectError ||
    error instanceof RefusedAddressError ||
    code !== undefined;
  if (!known) {
    throw error;
  }
  return new AppError('unavailable', `${registry}/${repository} could not be read: ${reasonOf(error)}.${advice}`);
}
