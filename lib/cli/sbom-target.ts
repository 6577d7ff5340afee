import { open } from 'node:fs/promises';
import { collectSbom } from '../core/inventory/sbom-file.ts';
import { AppError } from '../core/model/app-error.ts';
import { SBOM_BYTES_MAX } from '../core/parsers/sbom/read-sbom.ts';
import { systemReason } from '../filesystem/system-reason.ts';
import type { TargetKind } from './target-kind.ts';

/** `sbom:FILE`: what a CycloneDX or SPDX document lists. */
export const sbomTarget: TargetKind = {
  forms: ['sbom:FILE'],
  takesPlatform: false,
  read(text, rest) {
    return rest === ''
      ? null
      : {
          text,
          collect: async () => collectSbom(await readDocument(rest)),
          resourceOf: ({ document }) => `sbom:${document?.id ?? ''}`,
        };
  },
};

/** One byte more than a document may have, so that its reader can say that there is more. A pipe is read as far. */
async function readDocument(path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const file = await open(path);
    try {
      for await (const part of file.createReadStream({ autoClose: false, end: SBOM_BYTES_MAX })) {
        parts.push(part as Uint8Array);
        length += (part as Uint8Array).length;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new AppError('unavailable', `The document ${path} could not be read (${systemReason(error)}).`);
  }
  return Buffer.concat(parts, length);
}
