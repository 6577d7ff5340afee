import type { UploadKind } from '@/lib/core/model/upload.ts';

/** What a file that is handed in may be, in words. */
export const KIND_LABELS = {
  image: 'Container image (docker save or OCI archive)',
  function: 'Lambda function (zip)',
  sbom: 'SBOM (CycloneDX or SPDX)',
  source: 'Sources with lock files (zip or tar)',
} as const satisfies Record<UploadKind, string>;

/** The likeliest kind by the name; the person may choose another. */
export function guessKind(name: string): UploadKind {
  const lower = name.toLowerCase();
  if (/\.(?:json|xml|spdx|cdx|intoto\.jsonl)$/.test(lower)) return 'sbom';
  if (/(?:src|source|sources|repo)[^/]*\.(?:tar|tgz|tar\.\w+|zip)$/.test(lower)) return 'source';
  if (lower.endsWith('.zip') || lower.endsWith('.jar')) return 'function';
  return 'image';
}
