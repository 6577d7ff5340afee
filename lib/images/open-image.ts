import type { ImageFacts } from '../core/model/image.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import { asJson, type BlobStore, readDocument } from './blob-store.ts';
import { choosePlatform, imageFacts, manifestOf, offeredOf } from './image-facts.ts';
import { layerEntries } from './layer-entries.ts';

/** Indexes may point at indexes, though no tool makes more than two of them. */
const INDEXES_MAX = 4;

/** Follows a digest to an image of the platform and reads its manifest and configuration. Throws AppError. */
export async function openImage(store: BlobStore, digest: string, platform: string): Promise<ImageSource> {
  let at = digest;
  for (let depth = 0; depth < INDEXES_MAX; depth += 1) {
    const document = asJson(await readDocument(store, at, true), `The manifest ${at}`);
    const offered = offeredOf(document);
    if (offered === null) {
      const { config, layers } = manifestOf(document);
      const configuration = asJson(await readDocument(store, config), `The configuration ${config}`);
      return imageSource(store, imageFacts(at, layers, configuration));
    }
    at = choosePlatform(offered, platform).digest;
  }
  throw new Error(`${digest} is an index of indexes of indexes`);
}

export function imageSource(store: BlobStore, facts: ImageFacts): ImageSource {
  return {
    facts,
    openLayer: (layer, signal) => layerEntries(store.open(layer.digest, layer.size), layer, signal),
    close: () => store.close(),
  };
}
