import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

const PREFIX = '/_next/static/';
const YEAR_SECONDS = 31_536_000;

type Next = () => void;

/**
 * Answers for the files of the build in the folder, in the form that the browser takes best; everything else is for `next`. Their names
 * hold their content's hash, so they may be kept for a year.
 */
export function staticFiles(folder: string): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    immutable: true,
    maxAge: YEAR_SECONDS,
    setHeaders(response) {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Vary', 'Accept-Encoding');
    },
  });
  return (request, response, next) => {
    const address = request.url ?? '/';
    if (!address.startsWith(PREFIX) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    request.url = `/${address.slice(PREFIX.length)}`;
    serve(request, response, () => {
      request.url = address;
      next();
    });
  };
}
