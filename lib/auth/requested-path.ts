import 'server-only';
import { workUnitAsyncStorage } from 'next/dist/server/app-render/work-unit-async-storage.external';

/**
 * Path and query of the page that is being rendered, or null when unknown. A server component is not told its own address,
 * and a root proxy that copied it into a header would be one more program in front of every request; the store that
 * Next.js itself reads it from is used instead. Should an update move it, sign-in leads to the home page, and a journey fails.
 */
export function requestedPath(): string | null {
  const store = workUnitAsyncStorage.getStore();
  if (store?.type !== 'request') {
    return null;
  }
  const query = new URLSearchParams(store.url.search);
  query.delete('_rsc');
  const search = query.toString();
  return search === '' ? store.url.pathname : `${store.url.pathname}?${search}`;
}
