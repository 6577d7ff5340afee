import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { AppError } from '../core/model/app-error.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import type { ArchiveFiles } from './archive-files.ts';
import { asJson, type BlobStore, smallBody } from './blob-store.ts';
import { chooseNamed } from './choose-named.ts';
import { openDockerArchive } from './docker-archive.ts';
import { offeredOf } from './image-facts.ts';
import { unpack } from './layer-entries.ts';
import type { OpenOptions } from './oci-layout.ts';
import { openImage } from './open-image.ts';
import { tarEntries } from './tar-entries.ts';
import { indexTar, type TarPlace } from './tar-index.ts';

/** An image in a tar archive: of an OCI layout, or as `docker save` writes it; packed or not. Throws AppError. */
export async function openImageArchive(path: string, options: OpenOptions): Promise<ImageSource> {
  const files = isTar(path) ? plainFiles(path) : await packedFiles(path);
  // Recent versions of docker save write both forms into one archive; the layout tells platforms apart.
  if (files.has('index.json') && files.has('oci-layout')) {
    const index = asJson(await smallBody(files.open('index.json'), 'index.json'), `index.json of ${path}`);
    const { digest } = chooseNamed(offeredOf(index) ?? [], options, path);
    return openImage(archiveStore(files), digest, options.platform);
  }
  if (files.has('manifest.json')) {
    return openDockerArchive(files, options, path);
  }
  throw new AppError('invalid-input', `${path} is no image archive: it has neither index.json nor manifest.json.`);
}

function archiveStore(files: ArchiveFiles): BlobStore {
  return {
    open(digest) {
      const path = `blobs/${digest.replace(':', '/')}`;
      if (!files.has(path)) {
        throw new AppError('unavailable', `The archive has no blob ${digest}: it is not whole.`);
      }
      return files.open(path);
    },
    close: async () => undefined,
  };
}

/** The mark of ustar stands behind the first header, in every archive that these tools write. */
function isTar(path: string): boolean {
  const descriptor = openSync(path, 'r');
  try {
    const mark = Buffer.alloc(5);
    readSync(descriptor, mark, 0, 5, 257);
    return mark.toString('latin1') === 'ustar';
  } finally {
    closeSync(descriptor);
  }
}

function plainFiles(path: string): ArchiveFiles {
  const places = indexed(path);
  const placeOf = (name: string): TarPlace | null => {
    const place = places.get(name);
    // Old archives keep a layer that two images share once, with a link in the folder of the other.
    const target = place?.target == null ? null : posix.normalize(posix.join(posix.dirname(name), place.target));
    const real = target === null ? place : (places.get(target) ?? places.get(place?.target ?? ''));
    return real === undefined || real.target !== null ? null : real;
  };
  return {
    has: (name) => placeOf(name) !== null,
    async *open(name) {
      const place = placeOf(name);
      if (place === null) {
        throw new AppError('unavailable', `The archive has no file ${name}: it is not whole.`);
      }
      if (place.size > 0) {
        const range = { start: place.start, end: place.start + place.size - 1, highWaterMark: 256 * 1024 };
        yield* createReadStream(path, range) as AsyncIterable<Uint8Array>;
      }
    },
  };
}

function indexed(path: string): ReadonlyMap<string, TarPlace> {
  try {
    return indexTar(path);
  } catch (error) {
    throw new AppError('invalid-input', `${path} cannot be read as an image archive: ${(error as Error).message}.`);
  }
}

/** Files of a packed archive: each one is found by unpacking from the beginning, since nothing is written to disk. */
async function packedFiles(path: string): Promise<ArchiveFiles> {
  if (!statSync(path).isFile()) {
    throw new AppError('invalid-input', `${path} is no file.`);
  }
  const entries = async function* () {
    const stored = createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
    yield* tarEntries(await unpack(stored));
  };
  const names = new Set<string>();
  try {
    for await (const { path: name } of entries()) names.add(plain(name));
  } catch (error) {
    throw new AppError('invalid-input', `${path} cannot be read as an image archive: ${(error as Error).message}.`);
  }
  return {
    has: (name) => names.has(name),
    async *open(name) {
      for await (const entry of entries()) {
        if (plain(entry.path) === name) {
          yield* entry.body;
          return;
        }
      }
    },
  };
}

function plain(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '');
}
