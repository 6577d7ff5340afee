import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { TestContext } from 'vitest';
import yauzl from 'yauzl';
import { toAdvisory } from '../core/advisories/osv.ts';
import type { Advisory } from '../core/model/advisory.ts';
import { sharedData } from './shared-data.ts';

export interface SharedAdvisories {
  readonly advisories: readonly Advisory[];
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

/** The published records of one OSV ecosystem that contain a text, read in place from the archive of the test data. */
export async function sharedAdvisories(
  ctx: TestContext,
  ecosystem: string,
  containing = '',
): Promise<SharedAdvisories> {
  const advisories: Advisory[] = [];
  const refused: { file: string; reason: string }[] = [];
  for await (const { file, text } of textsOfZip(sharedData(ctx, `osv/${ecosystem}/all.zip`))) {
    const read = text.includes(containing) ? toAdvisory(JSON.parse(text)) : null;
    if (read === null) {
      continue;
    }
    if ('refused' in read) {
      refused.push({ file, reason: read.refused });
    } else {
      advisories.push(read);
    }
  }
  return { advisories, refused };
}

async function* textsOfZip(path: string): AsyncIterable<{ file: string; text: string }> {
  const bytes = readFileSync(path);
  const zip = await yauzl.fromBufferPromise(bytes);
  for await (const entry of zip.eachEntry()) {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    // Method 0 stores a file as it is; the archives know no other method than this and deflate.
    const content = entry.compressionMethod === 0 ? packed : inflateRawSync(packed);
    yield { file: entry.fileName, text: content.toString('utf8') };
  }
}
