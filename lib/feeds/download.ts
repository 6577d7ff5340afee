import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { reasonOf } from '../http/reason-of.ts';
import { PassingError, REQUEST_TIMES, type RequestTimes, retrying } from '../http/retrying.ts';
import { silenceLimit } from '../http/silence.ts';
import { FeedError } from './feed-error.ts';
import { digestFile, type FileDigest } from './file-digest.ts';
import { get } from './request.ts';

export interface DownloadOptions {
  readonly url: URL;
  /** Where the file shall lie; `.part` and `.json` neighbours hold an unfinished download and what is known of the last. */
  readonly path: string;
  readonly bytesMax: number;
  readonly signal: AbortSignal;
  /** SHA-256 of the content that the caller already works with, so that it need not be fetched again. */
  readonly knownSha256: string | null;
  readonly times?: RequestTimes;
  onBytes(done: number, total: number | null): void;
}

export interface Download {
  readonly sha256: string;
  readonly bytes: number;
  /** True when the server confirmed that the content did not change; the file may then be absent. */
  readonly unchanged: boolean;
}

/** What a finished or unfinished download remembers, in the file beside it. */
const memorySchema = z.object({ url: z.string(), etag: z.string(), sha256: z.string(), bytes: z.number() });
type Memory = z.infer<typeof memorySchema>;

/** Fetches a file: resumes an unfinished one, asks only for changes of a finished one, checks what the server states. */
export async function download(options: DownloadOptions): Promise<Download> {
  await mkdir(dirname(options.path), { recursive: true });
  return retrying(() => attempt(options), options.times ?? REQUEST_TIMES, options.signal);
}

async function attempt(options: DownloadOptions): Promise<Download> {
  const limit = silenceLimit(options.signal, (options.times ?? REQUEST_TIMES).silenceMilliseconds);
  try {
    const finished = await memoryOf(`${options.path}.json`, options.url);
    const part = await memoryOf(`${options.path}.part.json`, options.url);
    const headers = conditions(options, finished, part);
    const response = await get(options.url, headers, limit.signal);
    limit.heard();
    if (response.status === 304 && finished !== null) {
      return { sha256: finished.sha256, bytes: finished.bytes, unchanged: true };
    }
    return await receive(options, response, limit.heard);
  } catch (error) {
    throw limit.reasonFor(error);
  } finally {
    limit.end();
  }
}

/** The headers that ask for a change only, or for the rest of what is already here. */
function conditions(options: DownloadOptions, finished: Memory | null, part: Memory | null): Record<string, string> {
  const plain = { 'accept-encoding': 'identity', 'user-agent': 'harrier (advisory feeds)' };
  const received = sizeOf(`${options.path}.part`);
  // A weak tag does not promise equal bytes, so a download under one starts afresh.
  if (part !== null && received > 0 && part.etag !== '' && !part.etag.startsWith('W/')) {
    return { ...plain, range: `bytes=${received}-`, 'if-range': part.etag };
  }
  const have = finished !== null && (finished.sha256 === options.knownSha256 || existsSync(options.path));
  return have && finished.etag !== '' ? { ...plain, 'if-none-match': finished.etag } : plain;
}

async function receive(options: DownloadOptions, response: Response, heard: () => void): Promise<Download> {
  const partPath = `${options.path}.part`;
  if (response.status === 416) {
    await response.body?.cancel();
    await rm(partPath, { force: true });
    throw new PassingError('it has no more bytes than the unfinished download');
  }
  if (response.status !== 200 && response.status !== 206) {
    await response.body?.cancel();
    throw new FeedError(`it answered ${response.status}`);
  }
  const start = response.status === 206 ? resumedAt(response, sizeOf(partPath)) : 0;
  const total = statedLength(response, start);
  if (total !== null && total > options.bytesMax) {
    await response.body?.cancel();
    throw new FeedError(`it is ${total} bytes long, more than the ${options.bytesMax} that are accepted`);
  }
  const etag = response.headers.get('etag') ?? '';
  await remember(`${partPath}.json`, { url: options.url.href, etag, sha256: '', bytes: total ?? 0 });
  await writeBody(options, response, start, total, heard);
  return finish(options, response, etag, total);
}

async function writeBody(
  options: DownloadOptions,
  response: Response,
  start: number,
  total: number | null,
  heard: () => void,
): Promise<void> {
  const file = await open(`${options.path}.part`, start > 0 ? 'a' : 'w');
  let received = start;
  try {
    for await (const chunk of bodyOf(response)) {
      heard();
      received += chunk.length;
      if (received > options.bytesMax) {
        throw new FeedError(`it is longer than the ${options.bytesMax} bytes that are accepted`);
      }
      await file.write(chunk);
      options.onBytes(received, total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (total !== null && received < total) {
    throw new PassingError(`the connection ended after ${received} of ${total} bytes`);
  }
}

async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) {
    return;
  }
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new PassingError(reasonOf(error));
      });
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function finish(
  options: DownloadOptions,
  response: Response,
  etag: string,
  total: number | null,
): Promise<Download> {
  const partPath = `${options.path}.part`;
  const digest = await digestFile(partPath, options.signal);
  const stated = statedMd5(response);
  if ((stated !== null && stated !== digest.md5) || (total !== null && total !== digest.bytes)) {
    await rm(partPath, { force: true });
    throw new PassingError('what arrived does not have the checksum that the server states');
  }
  await rename(partPath, options.path);
  await remember(`${options.path}.json`, { url: options.url.href, etag, sha256: digest.sha256, bytes: digest.bytes });
  await rm(`${partPath}.json`, { force: true });
  return toDownload(digest);
}

function toDownload(digest: FileDigest): Download {
  return { sha256: digest.sha256, bytes: digest.bytes, unchanged: false };
}

function resumedAt(response: Response, expected: number): number {
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (start === undefined || Number(start) !== expected) {
    throw new FeedError('it resumed the download at another place than asked');
  }
  return expected;
}

function statedLength(response: Response, start: number): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : start + Number(length);
}

/** Google Cloud Storage states the MD5 of the whole object, also when a part of it was asked for. */
function statedMd5(response: Response): string | null {
  return /(?:^|[ ,])md5=([A-Za-z0-9+/=]{24})/.exec(response.headers.get('x-goog-hash') ?? '')?.[1] ?? null;
}

async function memoryOf(path: string, url: URL): Promise<Memory | null> {
  try {
    const memory = memorySchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return memory.url === url.href ? memory : null;
  } catch {
    // Nothing to remember, or a file cut short by a crash: fetching it all again is always right.
    return null;
  }
}

async function remember(path: string, memory: Memory): Promise<void> {
  await writeFile(path, JSON.stringify(memory));
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
