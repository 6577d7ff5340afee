/** The files of an image archive, by path. */
export interface ArchiveFiles {
  has(path: string): boolean;
  open(path: string): AsyncIterable<Uint8Array>;
}
