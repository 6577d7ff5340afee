/** One layer of an image as its manifest names it, lowest first. */
export interface LayerDescriptor {
  /** Digest of the layer as it is stored, `sha256:…`. */
  readonly digest: string;
  readonly mediaType: string;
  /** Bytes as stored. */
  readonly size: number;
  /** Digest of the unpacked layer, from the image's configuration; null where that does not say. */
  readonly diffId: string | null;
  /** The instruction that made it, from the image's history; null where that does not say. */
  readonly instruction: string | null;
}

/** What an image says of itself. */
export interface ImageFacts {
  /** Digest of the manifest, which is the identity of the image. */
  readonly digest: string;
  /** `linux/amd64`, `linux/arm64/v8`; null where the configuration does not say. */
  readonly platform: string | null;
  readonly createdAt: Date | null;
  readonly layers: readonly LayerDescriptor[];
}
