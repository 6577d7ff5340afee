import { AppError } from '../core/model/app-error.ts';
import type { ImageFacts, LayerDescriptor } from '../core/model/image.ts';
import { asArray, asObject, asText } from '../core/model/raw.ts';
import { checkedDigest } from './blob-store.ts';

/** A manifest that an index offers. */
export interface Offered {
  readonly digest: string;
  readonly platform: string | null;
  /** `org.opencontainers.image.ref.name`, which an OCI layout uses for tags. */
  readonly name: string | null;
}

/** A layer as a manifest lists it. */
export interface ListedLayer {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
}

const LAYERS_MAX = 1_000;
const OFFERED_MAX = 1_000;
const INSTRUCTION_LENGTH_MAX = 2_000;

/** The manifests of an OCI index or a Docker manifest list; null for a document that is none. */
export function offeredOf(document: unknown): readonly Offered[] | null {
  const manifests = asObject(document)?.manifests;
  if (!Array.isArray(manifests)) {
    return null;
  }
  return manifests.slice(0, OFFERED_MAX).flatMap((raw) => {
    const manifest = asObject(raw);
    const annotations = asObject(manifest?.annotations);
    // Attestations of build tools stand in the index as manifests of a platform that does not exist.
    if (asText(annotations?.['vnd.docker.reference.type']) !== null) {
      return [];
    }
    const name = asText(annotations?.['org.opencontainers.image.ref.name']);
    return [{ digest: checkedDigest(manifest?.digest, 'The index'), platform: platformOf(manifest?.platform), name }];
  });
}

/** The configuration and layers of an image manifest. Throws AppError for a document that is none. */
export function manifestOf(document: unknown): { readonly config: string; readonly layers: readonly ListedLayer[] } {
  const manifest = asObject(document);
  const config = asObject(manifest?.config);
  const layers = asArray(manifest?.layers);
  if (config === null || layers.length === 0) {
    const version = asObject(document)?.schemaVersion;
    throw new AppError(
      'unavailable',
      version === 1
        ? 'The image has a manifest of schema version 1, which registries gave up in 2019. Push it again with a current tool.'
        : 'The document is no manifest of an image: it names no configuration or no layers.',
    );
  }
  if (layers.length > LAYERS_MAX) {
    throw new AppError('unavailable', `The manifest names more than ${LAYERS_MAX} layers.`);
  }
  return {
    config: checkedDigest(config.digest, 'The manifest'),
    layers: layers.map((raw) => {
      const layer = asObject(raw);
      return {
        digest: checkedDigest(layer?.digest, 'The manifest'),
        mediaType: asText(layer?.mediaType) ?? '',
        size: typeof layer?.size === 'number' && layer.size >= 0 ? layer.size : 0,
      };
    }),
  };
}

/** Joins layers with what the configuration says of them: their unpacked digests, and the instructions that made them. */
export function imageFacts(digest: string, listed: readonly ListedLayer[], configuration: unknown): ImageFacts {
  const config = asObject(configuration);
  const diffIds = asArray(asObject(config?.rootfs)?.diff_ids).filter(
    (id) => typeof id === 'string' && /^sha256:[0-9a-f]{64}$/.test(id),
  ) as readonly string[];
  const made = asArray(config?.history).flatMap((raw) => {
    const step = asObject(raw);
    return step === null || step.empty_layer === true ? [] : [asText(step.created_by)];
  });
  const fits = made.length === listed.length;
  const created = new Date(asText(config?.created) ?? '');
  return {
    digest,
    platform: platformOf(config),
    createdAt: Number.isNaN(created.getTime()) ? null : created,
    layers: listed.map(
      (layer, place): LayerDescriptor => ({
        ...layer,
        diffId: diffIds.length === listed.length ? (diffIds[place] ?? null) : null,
        // A history that counts other layers than there are tells nothing.
        instruction: fits ? (made[place]?.slice(0, INSTRUCTION_LENGTH_MAX) ?? null) : null,
      }),
    ),
  };
}

/** `linux/arm64/v8`, from an index or a configuration. */
function platformOf(raw: unknown): string | null {
  const platform = asObject(raw);
  const os = asText(platform?.os);
  const architecture = asText(platform?.architecture);
  if (os === null || architecture === null || os === 'unknown') {
    return null;
  }
  const variant = asText(platform?.variant);
  return [os, architecture, ...(variant === null || variant === '' ? [] : [variant])].join('/');
}

/** The manifest of the wanted platform (`linux/amd64` matches `linux/amd64/v2`). Throws AppError that names what there is. */
export function choosePlatform(offered: readonly Offered[], platform: string): Offered {
  const exact = offered.find((one) => one.platform === platform);
  const near = exact ?? offered.find((one) => one.platform?.startsWith(`${platform}/`));
  const only = offered.length === 1 ? offered[0] : undefined;
  const chosen = near ?? only;
  if (chosen === undefined) {
    const names = offered.map((one) => one.platform ?? 'unknown').join(', ');
    throw new AppError('unavailable', `The image is not made for ${platform}. It is made for: ${names}.`);
  }
  return chosen;
}
