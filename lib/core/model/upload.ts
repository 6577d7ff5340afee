/** What a file that was handed in is. */
export const UPLOAD_KINDS = ['image', 'function', 'sbom', 'source'] as const;
export type UploadKind = (typeof UPLOAD_KINDS)[number];
