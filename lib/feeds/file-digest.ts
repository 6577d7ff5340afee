import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FileDigest {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Base64, as Google Cloud Storage states it in `x-goog-hash`. */
  readonly md5: string;
}

export async function digestFile(path: string, signal: AbortSignal): Promise<FileDigest> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
    sha256.update(chunk);
    md5.update(chunk);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('base64') };
}
