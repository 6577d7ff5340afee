import type { IncomingMessage } from 'node:http';
import { AppError } from '../../core/model/app-error.ts';
import { PassingError, pauseAfter } from '../../http/retrying.ts';
import { bodyOf } from './body.ts';
import type { RegistryClient } from './registry-client.ts';
import { discard } from './send.ts';

/** A connection that brought this much before it broke was no failed try. */
const PROGRESS_BYTES = 1024 * 1024;

/**
 * The bytes of a blob from its beginning to its end over as many connections as it takes: what broke off goes on where it
 * was. Never more than `size` bytes; throws AppError for a blob that has another size, PassingError after too many tries.
 */
export async function* blobBytes(client: RegistryClient, digest: string, size: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for (let tried = 1; ; tried += 1) {
    const before = received;
    try {
      for await (const chunk of restOf(client, digest, received, size)) {
        received += chunk.length;
        yield chunk;
      }
      if (received === size) {
        return;
      }
      throw new PassingError(`the connection ended after ${received} of ${size} bytes`);
    } catch (error) {
      tried = received - before >= PROGRESS_BYTES ? 1 : tried;
      await pauseAfter(error, tried, client.times, client.signal);
    }
  }
}

async function* restOf(
  client: RegistryClient,
  digest: string,
  start: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  const response = await client.get(`blobs/${digest}`, start === 0 ? {} : { range: `bytes=${start}-` });
  let skipped = 0;
  let received = start;
  const begin = beginOf(response, digest, start, size);
  const limits = { silenceMilliseconds: client.times.silenceMilliseconds, signal: client.signal };
  for await (const chunk of bodyOf(response, limits)) {
    // A server that knows no ranges sends everything again.
    const passed = Math.min(start - begin - skipped, chunk.length);
    skipped += passed;
    const rest = chunk.subarray(passed);
    received += rest.length;
    if (received > size) {
      throw otherSize(digest, size);
    }
    if (rest.length > 0) {
      yield rest;
    }
  }
}

/** At which byte the answer begins, if it is one. Throws AppError or PassingError otherwise. */
function beginOf(response: IncomingMessage, digest: string, start: number, size: number): number {
  const status = response.statusCode ?? 0;
  const length = response.headers['content-length'];
  if (status === 206) {
    const [, first, total] =
      /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(response.headers['content-range'] ?? '') ?? [];
    if (first === undefined || Number(first) !== start) {
      response.destroy();
      throw new AppError('unavailable', `The registry went on with ${digest} at another place than it was asked to.`);
    }
    if (total !== '*' && Number(total) !== size) {
      response.destroy();
      throw otherSize(digest, size);
    }
    return start;
  }
  if (status === 200) {
    if (length !== undefined && Number(length) !== size) {
      response.destroy();
      throw otherSize(digest, size);
    }
    return 0;
  }
  discard(response);
  if (status === 404) {
    throw new AppError('unavailable', `The registry has no blob ${digest}: the image is not whole.`);
  }
  throw status === 416
    ? new PassingError('it has no more bytes than came before the connection ended')
    : new AppError('unavailable', `The registry answered ${status} for ${digest}.`);
}

function otherSize(digest: string, size: number): AppError {
  return new AppError(
    'unavailable',
    `${digest} is not the ${size} bytes long that its manifest says; it was not used.`,
  );
}
