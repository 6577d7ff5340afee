import type { Inventory } from '../model/inventory.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { collect } from './collector.ts';

/** The packages of a machine from its root file system. */
export function collectHost(tree: FileTree, signal: AbortSignal): Promise<Inventory> {
  return collect(tree, { expectsSystem: true }, signal);
}
