import { createHash } from 'node:crypto';
import { type Headers, pack } from 'tar-stream';

/** One entry of a layer for a test: text makes a file, null a directory, `->` at the front a symbolic link. */
export type LayerFiles = Readonly<Record<string, string | Uint8Array | null>>;

/** A layer as a tar archive. `headers` add entries of other kinds. */
export async function layerTar(files: LayerFiles, headers: readonly Partial<Headers>[] = []): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) {
    if (content === null) {
      archive.entry({ name, type: 'directory' });
    } else if (typeof content === 'string' && content.startsWith('->')) {
      archive.entry({ name, type: 'symlink', linkname: content.slice(2) });
    } else {
      archive.entry({ name, mode: name.includes('bin/') ? 0o755 : 0o644 }, Buffer.from(content));
    }
  }
  for (const header of headers) {
    archive.entry(header as Headers);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) {
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
