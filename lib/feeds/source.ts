import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../http/reason-of.ts';
import { REQUEST_TIMES, type RequestTimes } from '../http/retrying.ts';
import { download } from './download.ts';
import { FeedError } from './feed-error.ts';
import { type FeedName, feedTitle, kindOf, mirrorPath, placeOf } from './feed-name.ts';
import { digestFile } from './file-digest.ts';

/** Where feeds come from: a directory, the base URL of a mirror, or (null) their publishers. */
export type FeedOrigin = { readonly directory: string } | { readonly url: URL } | null;

export interface FeedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Null when the content is `knownSha256`, which the caller already has. */
  readonly path: string | null;
}

export interface OpenFeedOptions {
  readonly origin: FeedOrigin;
  /** Downloads are kept below this directory until they have been read. */
  readonly downloads: string;
  /** SHA-256 of the content of this feed that the index holds; null when it holds none. */
  readonly knownSha256: string | null;
  readonly signal: AbortSignal;
  readonly times?: RequestTimes;
  onBytes(done: number, total: number | null): void;
}

/** `--from` and HARRIER_FEEDS name a directory or a base URL; nothing means the publishers' own addresses. */
export function feedOrigin(from: string | null): FeedOrigin {
  if (from === null || from === '') {
    return null;
  }
  if (!/^https?:\/\//i.test(from)) {
    return { directory: from };
  }
  return { url: new URL(from.endsWith('/') ? from : `${from}/`) };
}

/** Brings one feed's file within reach. Throws FeedError with a sentence that names feed, host and way out. */
export async function openFeed(feed: FeedName, options: OpenFeedOptions): Promise<FeedFile> {
  const { origin } = options;
  if (origin !== null && 'directory' in origin) {
    return openMirrored(feed, join(origin.directory, mirrorPath(feed)), options);
  }
  const path = join(options.downloads, mirrorPath(feed));
  let host = origin === null ? 'its publisher' : origin.url.host;
  try {
    const url =
      origin === null
        ? await kindOf(feed).publisherUrl(placeOf(feed), options.signal)
        : new URL(mirrorPath(feed).split('/').map(encodeURIComponent).join('/'), origin.url);
    host = url.host;
    const { sha256, bytes } = await download({
      url,
      path,
      bytesMax: kindOf(feed).bytesMax,
      signal: options.signal,
      knownSha256: options.knownSha256,
      times: options.times ?? REQUEST_TIMES,
      onBytes: options.onBytes,
    });
    return { sha256, bytes, path: sha256 === options.knownSha256 ? null : path };
  } catch (error) {
    options.signal.throwIfAborted();
    throw new FeedError(`${feedTitle(feed)} could not be fetched from ${host}: ${reasonOf(error)}. ${wayOut(error)}`);
  }
}

async function openMirrored(feed: FeedName, path: string, options: OpenFeedOptions): Promise<FeedFile> {
  try {
    const { size } = await stat(path);
    const { bytesMax } = kindOf(feed);
    if (size > bytesMax) {
      throw new FeedError(`it is ${size} bytes long, more than the ${bytesMax} that are accepted`);
    }
    const { sha256, bytes } = await digestFile(path, options.signal);
    options.onBytes(bytes, bytes);
    return { sha256, bytes, path: sha256 === options.knownSha256 ? null : path };
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    throw new FeedError(
      `${feedTitle(feed)} could not be read from ${path}: ${reason}. Complete the mirror, or name another one in HARRIER_FEEDS.`,
    );
  }
}

function wayOut(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return 'Free space on the disk of HARRIER_DATA and run the sync again.';
  }
  return 'Check the connection, or set HARRIER_FEEDS to a mirror (a directory or a base URL) and run the sync again.';
}
