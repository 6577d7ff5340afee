import type { FileTree } from '../../ports/file-tree.ts';

/** A tree that holds one file. */
export function singleFileTree(path: string, bytes: Uint8Array): FileTree {
  return {
    async *list() {
      yield { path, size: bytes.length, isExecutable: false };
    },
    read: async (asked, range) =>
      asked === path ? bytes.subarray(range?.start ?? 0, range?.end ?? bytes.length) : null,
    problems: () => [],
  };
}
