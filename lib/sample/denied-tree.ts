import type { FileTree } from '../core/ports/file-tree.ts';

/** A target that refuses to be read, as when a role lost a permission. */
export function deniedTree(message: string): FileTree {
  return {
    // biome-ignore lint/correctness/useYield: the refusal comes before the first file, as it does in the world.
    async *list() {
      throw new Error(message);
    },
    read: async () => {
      throw new Error(message);
    },
    problems: () => [{ path: '', message }],
  };
}
