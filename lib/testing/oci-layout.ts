import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sha256 } from './layer-tar.ts';

export interface BuiltLayer {
  /** The layer unpacked. */
  readonly tar: Uint8Array;
  /** As it is stored; packed with gzip unless given. */
  readonly stored?: Uint8Array;
  readonly mediaType?: string;
  /** What the manifest says instead of the truth. */
  readonly digest?: string;
  readonly diffId?: string;
  readonly instruction?: string;
}

export interface BuiltImage {
  readonly layers: readonly BuiltLayer[];
  readonly platform?: readonly [os: string, architecture: string];
  readonly name?: string;
}

/** Writes an OCI layout with these images into the directory; returns the digests of their manifests. */
export function writeOciLayout(directory: string, images: readonly BuiltImage[]): readonly string[] {
  const blobs = join(directory, 'blobs', 'sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (content: Uint8Array | string): { digest: string; size: number } => {
    const digest = sha256(content);
    writeFileSync(join(blobs, digest.slice('sha256:'.length)), content);
    return { digest, size: Buffer.byteLength(content) };
  };
  const manifests = images.map(({ layers, platform: [os, architecture] = ['linux', 'amd64'], name }) => {
    const listed = layers.map(({ tar, stored = gzipSync(tar), mediaType, digest }) => ({
      mediaType: mediaType ?? 'application/vnd.oci.image.layer.v1.tar+gzip',
      ...put(stored),
      ...(digest === undefined ? {} : { digest }),
    }));
    const configuration = JSON.stringify({
      os,
      architecture,
      created: '2026-11-01T00:00:00Z',
      rootfs: { type: 'layers', diff_ids: layers.map(({ tar, diffId }) => diffId ?? sha256(tar)) },
      history: layers.map(({ instruction }, place) => ({ created_by: instruction ?? `COPY ${place} / # buildkit` })),
    });
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', ...put(configuration) };
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = { mediaType, ...put(JSON.stringify({ schemaVersion: 2, mediaType, config, layers: listed })) };
    const annotations = name === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': name } };
    return { ...manifest, platform: { os, architecture }, ...annotations };
  });
  writeFileSync(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(directory, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  return manifests.map(({ digest }) => digest);
}
