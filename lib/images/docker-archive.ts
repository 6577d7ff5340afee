import { createHash } from 'node:crypto';
import { AppError } from '../core/model/app-error.ts';
import { asArray, asObject, asText } from '../core/model/raw.ts';
import type { ImageSource } from '../core/ports/image-source.ts';
import type { ArchiveFiles } from './archive-files.ts';
import { asJson, smallBody } from './blob-store.ts';
import { imageFacts } from './image-facts.ts';
import { layerEntries } from './layer-entries.ts';
import type { OpenOptions } from './oci-layout.ts';

/** An image as `docker save` writes it: manifest.json names configuration and layers by their paths. Throws AppError. */
export async function openDockerArchive(
  files: ArchiveFiles,
  { name }: OpenOptions,
  where: string,
): Promise<ImageSource> {
  const list = asArray(asJson(await smallBody(files.open('manifest.json'), 'manifest.json'), 'manifest.json'));
  const chosen = choose(list, name, where);
  const config = asText(chosen.Config) ?? '';
  const configuration = await smallBody(files.open(config), config);
  const paths = asArray(chosen.Layers).filter((path) => typeof path === 'string');
  const diffIds = asArray(asObject(asObject(asJson(configuration, config))?.rootfs)?.diff_ids);
  if (paths.length === 0 || diffIds.length !== paths.length) {
    throw new AppError('unavailable', `${where} names ${paths.length} layers and ${diffIds.length} digests of them.`);
  }
  // Layers stand unpacked in such an archive and are named by the digest of that.
  const listed = diffIds.map((id) => ({
    digest: String(id),
    mediaType: 'application/vnd.docker.image.rootfs.diff.tar',
    size: 0,
  }));
  const facts = imageFacts(digestOf(configuration), listed, asJson(configuration, config));
  const pathOf = new Map(listed.map(({ digest }, place) => [digest, paths[place] ?? '']));
  return {
    facts,
    openLayer: (layer, signal) => layerEntries(files.open(pathOf.get(layer.digest) ?? ''), layer, signal),
    close: async () => undefined,
  };
}

/** The archive holds no manifest of a registry, so the image goes by the digest of its configuration, as Docker's own id does. */
function digestOf(configuration: Uint8Array): string {
  return `sha256:${createHash('sha256').update(configuration).digest('hex')}`;
}

function choose(list: readonly unknown[], name: string | null, where: string): Readonly<Record<string, unknown>> {
  const images = list.map(asObject).filter((image) => image !== null);
  const tags = images.flatMap((image) => asArray(image.RepoTags)).filter((tag) => typeof tag === 'string');
  const named =
    name === null ? images : images.filter((image) => asArray(image.RepoTags).some((tag) => isNamed(tag, name)));
  const [only, ...others] = named;
  if (only === undefined || others.length > 0) {
    const choices = tags.length === 0 ? 'no names' : tags.slice(0, 20).join(', ');
    throw new AppError(
      'invalid-input',
      only === undefined
        ? `${where} holds no image "${name ?? ''}". It has: ${choices}.`
        : `${where} holds several images: ${choices}. Put a colon and the name of one behind the path.`,
    );
  }
  return only;
}

function isNamed(tag: unknown, name: string): boolean {
  return (
    tag === name ||
    (typeof tag === 'string' && tag.endsWith(`:${name}`)) ||
    (typeof tag === 'string' && tag === `docker.io/library/${name}`)
  );
}
