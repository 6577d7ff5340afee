import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import { asJson, type BlobStore, DOCUMENT_BYTES_MAX } from './blob-store.ts';
import { chooseNamed } from './choose-named.ts';
import { offeredOf } from './image-facts.ts';
import { openImage } from './open-image.ts';

export interface OpenOptions {
  /** Which image of several, by tag or digest; null where there is one. */
  readonly name: string | null;
  /** `linux/amd64`. */
  readonly platform: string;
}

/** An image in a folder of the OCI image layout. Specification: OCI image layout, version 1.0. Throws AppError. */
export async function openOciLayout(directory: string, options: OpenOptions): Promise<ImageSource> {
  const path = join(directory, 'index.json');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > DOCUMENT_BYTES_MAX) {
    throw new AppError('unavailable', `${path} is too large for an index.`);
  }
  const index = asJson(await readFile(path), path);
  const { digest } = chooseNamed(offeredOf(index) ?? [], options, directory);
  return openImage(folderStore(directory), digest, options.platform);
}

function folderStore(directory: string): BlobStore {
  return {
    async *open(digest) {
      const [algorithm = '', hex = ''] = digest.split(':');
      const path = join(directory, 'blobs', algorithm, hex);
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
        throw new AppError('unavailable', `The layout has no blob ${digest}: it is not whole.`);
      }
      yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
    },
    close: async () => undefined,
  };
}
