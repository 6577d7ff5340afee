import { collectSbom } from '../core/inventory/sbom-file.ts';
import { AppError } from '../core/model/app-error.ts';
import { SBOM_BYTES_MAX } from '../core/parsers/sbom/read-sbom.ts';
import { readBounded } from '../filesystem/read-bounded.ts';
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

async function readDocument(path: string): Promise<Uint8Array> {
  try {
    return await readBounded(path, SBOM_BYTES_MAX);
  } catch (error) {
    throw new AppError('unavailable', `The document ${path} could not be read (${systemReason(error)}).`);
  }
}
