import type { Inventory } from '../model/inventory.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { collect } from './collector.ts';

/** The packages of a folder that is no operating system, such as an unpacked function or a project. */
export function collectDirectory(tree: FileTree, signal: AbortSignal): Promise<Inventory> {
  return collect(tree, { expectsSystem: false }, signal);
}
