import { createHash } from 'node:crypto';
import { AppError } from '../../core/model/app-error.ts';
import type { Diagnostic } from '../../core/model/diagnostic.ts';
import type { ImageReference } from '../../core/model/image-reference.ts';
import type { ImageSource } from '../../core/ports/image-source.ts';
import { PassingError, retrying } from '../../http/retrying.ts';
import { type BlobStore, DOCUMENT_BYTES_MAX, smallBody } from '../blob-store.ts';
import { openImage } from '../open-image.ts';
import { blobBytes } from './blob-bytes.ts';
import { bodyOf } from './body.ts';
import { openRegistryClient, type RegistryClient, type RegistryOptions, unreadable } from './registry-client.ts';
import { discard } from './send.ts';

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** An image of a registry, read over the network layer by layer. Throws AppError. */
export async function openRegistryImage(
  reference: ImageReference,
  options: RegistryOptions & { readonly platform: string },
): Promise<ImageSource> {
  const client = openRegistryClient(reference, options);
  try {
    const first = await fetchManifest(client, reference, reference.asked);
    const store = registryStore(client, reference, first);
    const source = await openImage(store, first.digest, options.platform);
    return { ...source, diagnostics: remarksOf(options.found.remark) };
  } catch (error) {
    client.close();
    options.signal.throwIfAborted();
    throw error instanceof PassingError ? unreadable(reference, error) : error;
  }
}

function remarksOf(remark: string | null): readonly Diagnostic[] {
  return remark === null ? [] : [{ level: 'info', path: null, message: remark }];
}

interface FetchedManifest {
  readonly digest: string;
  readonly bytes: Buffer;
}

function registryStore(client: RegistryClient, reference: ImageReference, first: FetchedManifest): BlobStore {
  return {
    async *open(digest, size) {
      try {
        if (size === null) {
          const { bytes } = await document(client, reference, `blobs/${digest}`, {});
          yield bytes;
        } else {
          yield* blobBytes(client, digest, size);
        }
      } catch (error) {
        client.signal.throwIfAborted();
        throw error instanceof PassingError ? unreadable(reference, error) : error;
      }
    },
    async *openManifest(digest) {
      const { bytes } = digest === first.digest ? first : await fetchManifest(client, reference, digest);
      yield bytes;
    },
    close: async () => client.close(),
  };
}

/** A manifest by tag or digest. Its identity is the digest of what came, which must be the one that the registry states. */
async function fetchManifest(
  client: RegistryClient,
  reference: ImageReference,
  asked: string,
): Promise<FetchedManifest> {
  const { bytes, type, stated } = await document(client, reference, `manifests/${asked}`, { accept: MANIFEST_TYPES });
  if (/^application\/vnd\.docker\.distribution\.manifest\.v1\b/.test(type)) {
    throw new AppError(
      'unavailable',
      'The image has a manifest of schema version 1, which registries gave up in 2019. Push it again with a current tool.',
    );
  }
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const expected = asked.startsWith('sha256:') ? asked : stated;
  if (expected?.startsWith('sha256:') && expected !== digest) {
    throw new AppError(
      'unavailable',
      `The manifest that ${reference.registry} sent has not the digest that it is known by: it was changed or damaged, and was not used.`,
    );
  }
  return { digest, bytes };
}

interface FetchedDocument {
  readonly bytes: Buffer;
  readonly type: string;
  /** The digest that the registry states. */
  readonly stated: string | null;
}

function document(
  client: RegistryClient,
  reference: ImageReference,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<FetchedDocument> {
  const { registry, repository, asked } = reference;
  const { times, signal } = client;
  return retrying(
    async () => {
      const response = await client.get(path, headers);
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        discard(response);
        throw status === 404
          ? new AppError(
              'not-found',
              `${registry} has no image ${repository} with ${asked}, or a part of it is missing.`,
            )
          : new AppError('unavailable', `${registry} answered ${status} for ${repository}.`);
      }
      if (Number(response.headers['content-length'] ?? 0) > DOCUMENT_BYTES_MAX) {
        response.destroy();
        throw new AppError('unavailable', `A manifest of ${repository} is larger than any; it was not read.`);
      }
      const limits = { silenceMilliseconds: times.silenceMilliseconds, signal };
      const bytes = await smallBody(bodyOf(response, limits), `The answer of ${registry}`);
      const stated = response.headers['docker-content-digest'];
      return {
        bytes,
        type: response.headers['content-type'] ?? '',
        stated: typeof stated === 'string' ? stated : null,
      };
    },
    times,
    signal,
  );
}
