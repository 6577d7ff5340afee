/** What a container of rpm headers yields: a header's bytes, or what could not be read. */
export type HeaderBlob =
  | { readonly kind: 'header'; readonly bytes: Uint8Array }
  | { readonly kind: 'damaged'; readonly message: string };

/** The header of the largest packages, with the names of 100,000 files, has 20 MB; rpm refuses more than 256 MB. */
export const HEADER_BYTES_MAX = 64 * 1024 * 1024;

export function damaged(message: string): HeaderBlob {
  return { kind: 'damaged', message };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
