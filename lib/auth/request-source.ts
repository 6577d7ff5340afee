import 'server-only';
import { headers } from 'next/headers';
import type { RequestSource } from '../operations/users/open-session.ts';

/** Address and browser of the request that is being answered. */
export async function requestSource(): Promise<RequestSource> {
  return sourceOf(await headers());
}

/**
 * Of the forwarding chain only the last address counts: it was added by the server or by the proxy in front of it, while
 * everything before it is whatever the client cared to send. It is never empty, so that unknown addresses share a limit.
 */
export function sourceOf(request: Pick<Headers, 'get'>): RequestSource {
  const chain = (request.get('x-forwarded-for') ?? '').split(',');
  const address = (chain.at(-1) ?? '').trim().slice(0, 64);
  return {
    address: address === '' ? 'unknown' : address,
    userAgent: (request.get('user-agent') ?? '').slice(0, 400),
  };
}
