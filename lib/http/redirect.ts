export const REDIRECTS_MAX = 5;

/** A redirect that is not followed. The message begins with "it redirects". */
export class RedirectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RedirectError';
  }
}

/** Where an answer redirects to, never from https to anything less; null for one that does not. Throws RedirectError. */
export function redirectTarget(from: URL, status: number, location: string | null): URL | null {
  if (status < 300 || status >= 400 || status === 304 || location === null) {
    return null;
  }
  const next = URL.parse(location, from.href);
  if (next === null) {
    throw new RedirectError('it redirects to something that is no address');
  }
  const allowed = next.protocol === 'https:' || (next.protocol === 'http:' && from.protocol === 'http:');
  if (!allowed) {
    throw new RedirectError(`it redirects to ${next.protocol}//${next.host}, which is not https`);
  }
  return next;
}
