import type { FileTree, ListedFile } from '../core/ports/file-tree.ts';

export interface MemoryFileTreeOptions {
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
  /** Paths that are listed but cannot be read. */
  readonly unreadable?: readonly string[];
  readonly executable?: readonly string[];
}

/** A file tree over texts or bytes by path. */
export function memoryFileTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: MemoryFileTreeOptions = {},
): FileTree {
  const encoder = new TextEncoder();
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? encoder.encode(content) : content,
    ]),
  );
  return {
    async *list() {
      for (const [path, content] of bytes) {
        yield { path, size: content.length, isExecutable: options.executable?.includes(path) ?? false };
      }
    },
    async read(path, range) {
      const content = options.unreadable?.includes(path) ? undefined : bytes.get(path);
      return content?.subarray(range?.start ?? 0, range?.end ?? content.length) ?? null;
    },
    problems: () => options.problems ?? [],
  };
}

/** A file of which only the path matters. */
export function listedFile(path: string, fields: Partial<ListedFile> = {}): ListedFile {
  return { path, size: 0, isExecutable: false, ...fields };
}
