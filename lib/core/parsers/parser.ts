import type { Diagnostic } from '../model/diagnostic.ts';
import type { Distro, Package, PackageManager } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';

/** What one file yielded. `complete` is false when packages may be missing from it, for whatever reason. */
export interface ParseResult {
  readonly packages: readonly Package[];
  readonly diagnostics: readonly Diagnostic[];
  readonly complete: boolean;
}

/** Facts about the tree that a file alone does not tell. */
export interface ParseContext {
  readonly distro: Distro | null;
}

/** Reads one on-disk format. It never runs, imports or fetches what it finds. */
export interface Parser {
  /** Ecosystem and format, such as `npm/package`. */
  readonly id: string;
  readonly packageManager: PackageManager;
  /** Called for every file of a tree: tests of the path only, no reading. */
  wants(path: string): boolean;
  /** Reads only the ranges that it needs. */
  parse(path: string, tree: FileTree, context: ParseContext): Promise<ParseResult>;
}
