/** Where sign-in leads when nobody asked for another place: it goes on to the overview, in the scope that the person begins with. */
export const HOME_PATH = '/';

/**
 * The page to open after sign-in: a path on this installation or the home page, never another site. The text comes from
 * the address, which a stranger may have written.
 */
export function nextPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 2000) {
    return HOME_PATH;
  }
  const base = 'http://same.invalid';
  const url = URL.parse(asked, base);
  // The parser also turns `/\evil.example` and `/<tab>/evil.example` into another origin, so its answer is what counts.
  if (url === null || url.origin !== base || !asked.startsWith('/') || isDoor(url.pathname)) {
    return HOME_PATH;
  }
  return url.pathname + url.search;
}

/** The address of the sign-in page that leads back to `path`. */
export function signInPath(path: string | null): string {
  const back = nextPath(path);
  return back === HOME_PATH ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`;
}

// Pages for people who are not signed in would only bounce, and an answer of the API is nothing to look at. A path that
// still begins with two slashes after parsing would be another site for the browser.
function isDoor(pathname: string): boolean {
  return pathname.startsWith('//') || /^\/(?:sign-in|setup|set-password|api|_next)(?:\/|$)/.test(pathname);
}
