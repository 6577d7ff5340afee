import { join } from 'node:path';
import { collectImage } from '../core/inventory/container-image/collect-image.ts';
import { isPlatform, USUAL_PLATFORM } from '../core/model/image-resource.ts';
import type { Inventory } from '../core/model/inventory.ts';
import type { ImageSource, LayerEntry } from '../core/ports/image-source.ts';
import { type ImageName, readImageName } from '../images/image-name.ts';
import { openLayerCache } from '../images/layer-cache.ts';
import { openNamedImage } from '../images/open-named-image.ts';
import { readersRevision } from '../wiring/readers-revision.ts';
import { type Surroundings, UsageError } from './command.ts';
import type { ProgressLine } from './progress-line.ts';
import type { TargetKind } from './target-kind.ts';

const ENTRIES_BETWEEN_PROGRESS = 100;

/** `image:PATH[:NAME]` or `image:REGISTRY/NAME[:TAG|@DIGEST]`: a container image. */
export const imageTarget: TargetKind = {
  forms: ['image:PATH[:NAME]', 'image:REGISTRY/NAME[:TAG|@DIGEST]'],
  takesPlatform: true,
  read(text, rest, { platform = USUAL_PLATFORM }) {
    if (!isPlatform(platform)) {
      throw new UsageError('--platform takes an operating system and an architecture, such as linux/arm64.');
    }
    const named = readImageName(rest);
    if (named === null) {
      // What was typed is not repeated: people put passwords into addresses.
      throw new UsageError(
        'image: takes PATH[:NAME] of a layout or archive, or REGISTRY/NAME[:TAG|@DIGEST] without user and password.',
      );
    }
    return {
      text,
      collect: (around, progress) => collectNamed(text, named, platform, around, progress),
      resourceOf: ({ image }) => `image:${image?.digest ?? ''}`,
    };
  },
};

async function collectNamed(
  text: string,
  named: ImageName,
  platform: string,
  around: Surroundings,
  progress: ProgressLine,
): Promise<Inventory> {
  const { signal } = around;
  const { dataDirectory, registryLogins } = around.environment();
  const source = await openNamedImage(named, { platform, signal, loginFiles: registryLogins });
  try {
    const store = openLayerCache(join(dataDirectory, 'layers'));
    return await collectImage(watched(source, text, progress), { signal, store, revision: readersRevision() });
  } finally {
    await source.close();
  }
}

/** Tells which layer is being read, and how much of it is. */
function watched(source: ImageSource, text: string, progress: ProgressLine): ImageSource {
  const { layers } = source.facts;
  return {
    ...source,
    async *openLayer(layer, signal): AsyncGenerator<LayerEntry> {
      const place = `${text}: layer ${layers.indexOf(layer) + 1} of ${layers.length}`;
      let entries = 0;
      let bytes = 0;
      progress.show(place);
      for await (const entry of source.openLayer(layer, signal)) {
        entries += 1;
        bytes += entry.size;
        if (entries % ENTRIES_BETWEEN_PROGRESS === 0) {
          progress.show(`${place}, ${Math.round(bytes / 1_000_000)} MB`);
        }
        yield entry;
      }
    },
  };
}
