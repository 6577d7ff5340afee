import type { ImageFacts, LayerDescriptor } from '../../model/image.ts';
import type { SbomProperty } from '../../parsers/sbom/sbom-document.ts';
import { OWN } from './component-facts.ts';

const IMAGE = `${OWN}image:`;
const LAYERS_MAX = 1_000;
const DIGEST = /^[a-z0-9+._-]{1,32}:[0-9a-fA-F]{32,128}$/;

/** What is known of an image, as properties: `harrier:image:layer:0:instruction`. Layers are numbered from the lowest on. */
export function imageProperties(image: ImageFacts): readonly SbomProperty[] {
  const optional = (name: string, value: string | null): readonly SbomProperty[] =>
    value === null || value === '' ? [] : [[`${IMAGE}${name}`, value]];
  return [
    [`${IMAGE}digest`, image.digest],
    ...optional('platform', image.platform),
    ...optional('created_at', image.createdAt?.toISOString() ?? null),
    ...image.layers.flatMap((layer, place): readonly SbomProperty[] => [
      [`${IMAGE}layer:${place}:digest`, layer.digest],
      [`${IMAGE}layer:${place}:media_type`, layer.mediaType],
      [`${IMAGE}layer:${place}:size`, String(layer.size)],
      ...optional(`layer:${place}:diff_id`, layer.diffId),
      ...optional(`layer:${place}:instruction`, layer.instruction),
    ]),
  ];
}

/** The image that such properties describe; null where there are none. */
export function imageOfProperties(properties: readonly SbomProperty[]): ImageFacts | null {
  const facts = new Map(properties.filter(([name]) => name.startsWith(IMAGE)));
  const of = (name: string): string | null => facts.get(`${IMAGE}${name}`) ?? null;
  const digest = of('digest') ?? '';
  if (!DIGEST.test(digest)) {
    return null;
  }
  const created = new Date(of('created_at') ?? Number.NaN);
  const layers: LayerDescriptor[] = [];
  for (let place = 0; place < LAYERS_MAX; place += 1) {
    const layer = of(`layer:${place}:digest`);
    if (layer === null) {
      break;
    }
    const size = Number(of(`layer:${place}:size`));
    layers.push({
      digest: layer,
      mediaType: of(`layer:${place}:media_type`) ?? '',
      size: Number.isSafeInteger(size) ? size : 0,
      diffId: of(`layer:${place}:diff_id`),
      instruction: of(`layer:${place}:instruction`),
    });
  }
  return { digest, platform: of('platform'), createdAt: Number.isNaN(created.getTime()) ? null : created, layers };
}
