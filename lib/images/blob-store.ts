import { createHash } from 'node:crypto';
import { AppError } from '../core/model/app-error.ts';

/** What an image's parts are read from, by digest: a folder, an archive or a registry. */
export interface BlobStore {
  /** The bytes of a blob as a stream; throws AppError where there is none. Nothing is checked yet. */
  open(digest: string, size: number | null): AsyncIterable<Uint8Array>;
  /** The same for a manifest, where those are kept apart from other blobs. */
  openManifest?(digest: string): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Manifests and configurations are small; one that is not is no manifest. */
export const DOCUMENT_BYTES_MAX = 8 * 1024 * 1024;

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The digest, if it is one that can be checked. Throws AppError for any other algorithm or form. */
export function checkedDigest(text: unknown, where: string): string {
  if (typeof text !== 'string' || !DIGEST.test(text)) {
    throw new AppError('unavailable', `${where} names ${JSON.stringify(text)}, which is no SHA-256 digest.`);
  }
  return text;
}

/** A small document of an image, whole and compared with its digest. Throws AppError. */
export async function readDocument(store: BlobStore, digest: string, isManifest = false): Promise<Buffer> {
  const stored = (isManifest && store.openManifest?.(digest)) || store.open(digest, null);
  const bytes = await smallBody(stored, digest);
  const actual = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (actual !== digest) {
    throw new AppError('unavailable', `The document ${digest} has the digest ${actual}: it was changed or damaged.`);
  }
  return bytes;
}

export async function smallBody(body: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > DOCUMENT_BYTES_MAX) {
      throw new AppError(
        'unavailable',
        `${name} is larger than ${DOCUMENT_BYTES_MAX / 2 ** 20} MiB and is no manifest.`,
      );
    }
  }
  return Buffer.concat(chunks);
}

export function asJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new AppError('unavailable', `${name} is not JSON.`);
  }
}
