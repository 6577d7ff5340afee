/** A regular file of a tree. Size and mode may cost a look at the disk, so they are asked for only where they decide. */
export interface ListedFile {
  /** Relative, with `/`, without a leading one. */
  readonly path: string;
  readonly size: number;
  /** Whether anybody may execute it. */
  readonly isExecutable: boolean;
}

/** A thing that can be walked: directory, image layers, zip. Read-only. */
export interface FileTree {
  /** Regular files alone: links and devices are not followed. */
  list(): AsyncIterable<ListedFile>;
  /** The bytes from `start` to `end` (end exclusive), or all of the file; null where it is absent or not a regular file. */
  read(path: string, range?: { readonly start: number; readonly end: number }): Promise<Uint8Array | null>;
  /** What could not be listed or read so far (denied directories, vanished files). */
  problems(): readonly { readonly path: string; readonly message: string }[];
}
