/** A thing that can be walked: directory, image layers, zip. Read-only. Paths are relative, with `/`, without a leading one. */
export interface FileTree {
  list(): AsyncIterable<{ readonly path: string; readonly size: number }>;
  /** The bytes from `start` to `end` (end exclusive), or all of the file; null where it is absent or not a regular file. */
  read(path: string, range?: { readonly start: number; readonly end: number }): Promise<Uint8Array | null>;
  /** What could not be listed or read so far (denied directories, vanished files). */
  problems(): readonly { readonly path: string; readonly message: string }[];
}
