import type { Inventory } from '../model/inventory.ts';
import type { ResourceKind } from '../model/resource.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { collectDirectory } from './directory.ts';
import { collectHost } from './host-filesystem.ts';

/** A function is an archive without an operating system; machines and images have one, or something is missing. */
export function collectTree(kind: ResourceKind, tree: FileTree, signal: AbortSignal): Promise<Inventory> {
  return kind === 'lambda' ? collectDirectory(tree, signal) : collectHost(tree, signal);
}
