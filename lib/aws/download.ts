import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../core/model/app-error.ts';
import type { CodeLocation } from './lambda.ts';

/** Lambda takes no larger archive: 250 MB unpacked, so packed never more. */
const BYTES_MAX = 256 * 1024 * 1024;
const SILENCE_MS = 20_000;

/** Writes what lies at a presigned address to a file and checks it against the hash that AWS states. Throws AppError. */
export async function downloadCode(
  { url, sha256 }: CodeLocation,
  path: string,
  endpoint: string | null,
  signal: AbortSignal,
): Promise<void> {
  const response = await open(new URL(url), endpoint, signal);
  if (response.statusCode !== 200) {
    response.resume();
    throw new AppError('unavailable', `The code could not be fetched: its address answered ${response.statusCode}.`);
  }
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    response,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > BYTES_MAX)
          throw new AppError('unavailable', 'The code is larger than any that Lambda takes; it was not read.');
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
    { signal },
  );
  const found = hash.digest('base64');
  if (sha256 !== null && sha256 !== found) {
    throw new AppError(
      'unavailable',
      'The code that arrived has not the hash that AWS states; it was changed meanwhile, or damaged.',
    );
  }
}

/**
 * Presigned addresses name hosts of Amazon. Where the calls themselves go elsewhere (AWS_ENDPOINT_URL), so does this one, with the
 * host that was signed.
 */
function open(url: URL, endpoint: string | null, signal: AbortSignal): Promise<IncomingMessage> {
  const to = endpoint === null ? url : new URL(`${url.pathname}${url.search}`, endpoint);
  const request = to.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(to, { headers: { host: url.host }, signal, timeout: SILENCE_MS }, resolve);
    sent.on('timeout', () => sent.destroy(new Error('The address of the code did not answer.')));
    sent.on('error', reject);
    sent.end();
  });
}
