import type { Inventory } from '../model/inventory.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { collect } from './collector.ts';

/** A function as it is handed to Lambda: its code, and the layers below it, lowest first. */
export interface FunctionParts {
  readonly code: FileTree;
  readonly layers: readonly FileTree[];
}

/** Where Lambda puts the code and the layers (AWS Lambda, "Working with layers"). */
const CODE = 'var/task';
const LAYERS = 'opt';

/** The packages of a function and its layers, each at the place where the running function sees it. */
export function collectFunction({ code, layers }: FunctionParts, signal: AbortSignal): Promise<Inventory> {
  const parts = [...layers.map((tree) => ({ below: LAYERS, tree })), { below: CODE, tree: code }];
  return collect(laidOver(parts), { expectsSystem: false }, signal);
}

interface Part {
  readonly below: string;
  readonly tree: FileTree;
}

/** Trees below folders of their own; of two files at one place the later part's counts. */
function laidOver(parts: readonly Part[]): FileTree {
  const owners = new Map<string, Part>();
  return {
    async *list() {
      for (const part of [...parts].reverse()) {
        for await (const file of part.tree.list()) {
          const path = `${part.below}/${file.path}`;
          if (!owners.has(path)) {
            owners.set(path, part);
            yield { path, size: file.size, isExecutable: file.isExecutable };
          }
        }
      }
    },
    async read(path, range) {
      const owner = owners.get(path);
      if (owner !== undefined) {
        return owner.tree.read(path.slice(owner.below.length + 1), range);
      }
      // Asked for before the list came to it, or not there.
      for (const { below, tree } of [...parts].reverse()) {
        const bytes = path.startsWith(`${below}/`) ? await tree.read(path.slice(below.length + 1), range) : null;
        if (bytes !== null) return bytes;
      }
      return null;
    },
    problems: () =>
      parts.flatMap(({ below, tree }) =>
        tree.problems().map(({ path, message }) => ({ path: path === '' ? below : `${below}/${path}`, message })),
      ),
  };
}
