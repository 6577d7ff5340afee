import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { collectImage } from '../core/inventory/container-image/collect-image.ts';
import { collectDirectory } from '../core/inventory/directory.ts';
import { collectFunction } from '../core/inventory/function.ts';
import { collectSbom } from '../core/inventory/sbom-file.ts';
import { collectSourceArchive } from '../core/inventory/source-archive.ts';
import { AppError } from '../core/model/app-error.ts';
import type { ImageReference } from '../core/model/image-reference.ts';
import { USUAL_PLATFORM } from '../core/model/image-resource.ts';
import type { Inventory } from '../core/model/inventory.ts';
import { SBOM_BYTES_MAX } from '../core/parsers/sbom/read-sbom.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import type { Upload } from '../core/ports/upload-store.ts';
import { readBounded } from '../filesystem/read-bounded.ts';
import { systemReason } from '../filesystem/system-reason.ts';
import { openZipTree } from '../filesystem/zip-tree.ts';
import { openImageArchive } from '../images/image-archive.ts';
import { openLayerCache } from '../images/layer-cache.ts';
import { unpack } from '../images/layer-entries.ts';
import { NO_CREDENTIALS } from '../images/registry/credentials.ts';
import { openRegistryImage } from '../images/registry/open-registry-image.ts';
import { tarEntries } from '../images/tar-entries.ts';
import type { PullOptions } from '../jobs/handlers/scan-image.ts';
import { readersRevision } from './readers-revision.ts';

const MEGABYTE = 1_000_000;
const ZIP_MAGIC = 0x504b;

/** What a worker that was killed has left behind; the data directory is one worker's alone. */
export async function removeLeftFiles(dataDirectory: string): Promise<void> {
  for (const folder of ['uploads', 'functions']) {
    await rm(join(dataDirectory, 'tmp', folder), { recursive: true, force: true });
  }
}

/** How a worker reads what is in no AWS account: images of registries, and files that were handed in. */
export function collectOutside(dataDirectory: string) {
  const image = async (
    source: ImageSource,
    signal: AbortSignal,
    onLayer?: PullOptions['onLayer'],
  ): Promise<Inventory> => {
    const total = Math.ceil(source.facts.layers.reduce((sum, { size }) => sum + size, 0) / MEGABYTE);
    try {
      return await collectImage(source, {
        signal,
        store: openLayerCache(join(dataDirectory, 'layers')),
        revision: readersRevision(),
        onLayer: (_done, _layers, bytes) => void onLayer?.(Math.ceil(bytes / MEGABYTE), total).catch(() => undefined),
      });
    } finally {
      await source.close();
    }
  };
  return {
    image: (source: ImageSource, signal: AbortSignal) => image(source, signal),
    async pull(reference: ImageReference, { platform, credentials, signal, onLayer }: PullOptions): Promise<Inventory> {
      const found =
        credentials === null
          ? NO_CREDENTIALS
          : {
              credentials: { kind: 'password', user: credentials.username, password: credentials.password } as const,
              remark: null,
            };
      return image(await openRegistryImage(reference, { platform, signal, found }), signal, onLayer);
    },
    async collectUpload(upload: Upload, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Inventory> {
      const directory = join(dataDirectory, 'tmp', 'uploads');
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const path = join(directory, upload.id);
      try {
        await writeWhole(path, content, upload);
        return await collectFile(path, upload.kind, signal, image);
      } catch (error) {
        signal.throwIfAborted();
        throw named(error, path, upload.name);
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** A failure in the words of the person who handed the file in, who knows nothing of where the worker put it. */
function named(error: unknown, path: string, name: string): unknown {
  if (error instanceof AppError) return new AppError(error.code, error.message.replaceAll(path, name));
  // Of the world's own errors only the reason is for people.
  const isOfSystem = error instanceof Error && 'syscall' in error;
  return isOfSystem
    ? new AppError('unavailable', `The worker could not keep ${name} (${systemReason(error)}).`)
    : error;
}

async function writeWhole(path: string, content: AsyncIterable<Uint8Array>, { sha256 }: Upload): Promise<void> {
  const hash = createHash('sha256');
  const file = await open(path, 'w', 0o600);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== sha256) {
    throw new AppError('unavailable', 'The file that arrived is not the one that was sent. Hand it in again.');
  }
}

async function collectFile(
  path: string,
  kind: Upload['kind'],
  signal: AbortSignal,
  image: (source: ImageSource, signal: AbortSignal) => Promise<Inventory>,
): Promise<Inventory> {
  switch (kind) {
    case 'image':
      return image(await openImageArchive(path, { name: null, platform: USUAL_PLATFORM }), signal);
    case 'function':
      return withZip(path, signal, (tree) => collectFunction({ code: tree, layers: [] }, signal));
    case 'source':
      return (await isZip(path))
        ? withZip(path, signal, (tree) => collectDirectory(tree, signal))
        : collectSourceArchive(tarEntries(await unpack(createReadStream(path) as AsyncIterable<Uint8Array>)), signal);
    case 'sbom':
      return collectSbom(await readBounded(path, SBOM_BYTES_MAX));
  }
}

async function withZip(
  path: string,
  signal: AbortSignal,
  work: (tree: Awaited<ReturnType<typeof openZipTree>>) => Promise<Inventory>,
): Promise<Inventory> {
  const tree = await openZipTree(path, { signal });
  try {
    return await work(tree);
  } finally {
    await tree.close();
  }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.readUInt16BE(0) === ZIP_MAGIC;
  } finally {
    await file.close();
  }
}
