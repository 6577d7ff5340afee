import type { Diagnostic } from '../model/diagnostic.ts';
import type { Distro, Package } from '../model/package.ts';
import type { FileTree, ListedFile } from '../ports/file-tree.ts';

/** What one file yielded. `complete` is false when packages may be missing from it, for whatever reason. */
export interface ParseResult {
  readonly packages: readonly Package[];
  readonly diagnostics: readonly Diagnostic[];
  readonly complete: boolean;
  /**
   * Files that packages of the distribution own and by which other parsers might count the same software again; left
   * out where the database lists no files.
   */
  readonly owned?: readonly string[];
}

/** Facts about the tree that a file alone does not tell. */
export interface ParseContext {
  readonly distro: Distro | null;
}

/** Reads one on-disk format. It never runs, imports or fetches what it finds. */
export interface Parser {
  /** Ecosystem and format, such as `npm/package-lock`. */
  readonly id: string;
  /**
   * It reads what a source tree says it needs, such as a lock file, and not what is installed. Where a machine or an image is
   * looked at, one that cannot be read is told, and the inventory of what is installed is whole all the same.
   */
  readonly declares?: true;
  /**
   * `file`: what it yields depends on the bytes of the file alone, so that it may be parsed as a layer streams by and
   * kept for other images. `tree`: it also reads other files, or asks for the distribution.
   */
  readonly reads: 'file' | 'tree';
  /** Called for every file of a tree: no reading. Test the path first; size and mode may cost a look at the disk. */
  wants(path: string, file: ListedFile): boolean;
  /** Other files that it may read while it parses the ones it wants; in an image, files that nobody names are passed by. */
  readonly alsoReads?: (path: string) => boolean;
  /**
   * Whether a file that begins so (512 bytes, or all of a shorter one) is worth reading on; left out where the path tells
   * enough. Without it every executable of an image would be held in memory.
   */
  readonly beginsLike?: (head: Uint8Array) => boolean;
  /** Reads only the ranges that it needs. */
  parse(path: string, tree: FileTree, context: ParseContext): Promise<ParseResult>;
}
