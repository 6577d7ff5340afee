import type { FileTree } from '../core/ports/file-tree.ts';

/** A file tree over texts held in memory, keyed by path. */
export function memoryTree(files: ReadonlyMap<string, string>): FileTree {
  const encoder = new TextEncoder();
  return {
    async *list() {
      for (const [path, text] of files) yield { path, size: Buffer.byteLength(text), isExecutable: false };
    },
    read: async (path, range) => {
      const text = files.get(path);
      if (text === undefined) return null;
      const bytes = encoder.encode(text);
      return range ? bytes.subarray(range.start, range.end) : bytes;
    },
    problems: () => [],
  };
}
