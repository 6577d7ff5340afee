import type { FileTree, ListedFile } from '../../ports/file-tree.ts';
import type { LayerContent, LayerFile } from './layer-content.ts';
import { linkTarget } from './layer-path.ts';

/** A file as one layer has it. */
export interface FileVersion {
  /** Place of the layer, lowest first. */
  readonly layer: number;
  readonly file: LayerFile;
}

/** The files of an image as a container would see them, with what lower layers had at the same place. */
export interface MergedLayers {
  readonly tree: FileTree;
  /** The versions of a file from the lowest layer to the one that counts; empty for a path that is not there. */
  versionsOf(path: string): readonly FileVersion[];
  /** The same tree, with one file as a lower layer had it. */
  treeWith(path: string, version: FileVersion): FileTree;
}

/** Steps from link to link before a circle is assumed; Linux gives up after as many. */
const HOPS_MAX = 40;

/** Lays layers over each other, lowest first. Rules: OCI image layer, "Applying Changesets". */
export function mergeLayers(layers: readonly LayerContent[]): MergedLayers {
  const files = new Map<string, FileVersion[]>();
  const links = new Map<string, string>();
  for (const [number, layer] of layers.entries()) {
    const isGone = goneIn(layer);
    for (const path of [...files.keys(), ...links.keys()]) {
      const gone = isGone(path);
      if (gone === 'removed' || (gone === 'covered' && !layer.files.has(path))) {
        files.delete(path);
      }
      if (gone !== null) {
        links.delete(path);
      }
    }
    for (const [path, file] of layer.files) {
      const versions = files.get(path) ?? [];
      files.set(path, versions);
      versions.push({ layer: number, file });
    }
    for (const [path, target] of layer.links) {
      links.set(path, target);
    }
  }
  return {
    tree: treeOf(files, links, null),
    versionsOf: (path) => files.get(path) ?? [],
    treeWith: (path, version) => treeOf(files, links, { path, version }),
  };
}

type Gone = 'removed' | 'covered' | null;

/** Tells what a layer does to a path of the layers below: it removes it, puts something else there, or leaves it alone. */
function goneIn({ removed, emptied, covered }: LayerContent): (path: string) => Gone {
  const removes = new Set(removed);
  const empties = new Set(emptied);
  return (path) => {
    if (removes.has(path) || empties.has('')) {
      return 'removed';
    }
    for (let slash = path.lastIndexOf('/'); slash !== -1; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      // A file or link where a folder was takes the folder's content away.
      if (removes.has(folder) || empties.has(folder) || covered.has(folder)) {
        return 'removed';
      }
      if (slash === 0) {
        break;
      }
    }
    return covered.has(path) ? 'covered' : null;
  };
}

function treeOf(
  files: ReadonlyMap<string, readonly FileVersion[]>,
  links: ReadonlyMap<string, string>,
  instead: { readonly path: string; readonly version: FileVersion } | null,
): FileTree {
  const fileAt = (path: string): LayerFile | undefined =>
    path === instead?.path ? instead.version.file : files.get(path)?.at(-1)?.file;
  return {
    async *list() {
      for (const [path, versions] of files) {
        const file = versions.at(-1)?.file;
        if (file !== undefined) {
          yield { path, size: file.size, isExecutable: file.isExecutable } satisfies ListedFile;
        }
      }
    },
    async read(path, range) {
      // What a layer put at this very path is there, though a layer below had a link on the way.
      const bytes = (fileAt(path) ?? fileAt(resolved(path, links)))?.bytes ?? null;
      return bytes?.subarray(range?.start ?? 0, range?.end ?? bytes.length) ?? null;
    },
    problems: () => [],
  };
}

/** The path with every link on its way followed; circles end where the patience does. */
function resolved(path: string, links: ReadonlyMap<string, string>): string {
  let at = path;
  for (let hops = 0; hops < HOPS_MAX; hops += 1) {
    const next = followed(at, links);
    if (next === at) {
      break;
    }
    at = next;
  }
  return at;
}

/** Follows the first link on the way from the root to the path. */
function followed(path: string, links: ReadonlyMap<string, string>): string {
  for (let slash = path.indexOf('/'); ; slash = path.indexOf('/', slash + 1)) {
    const front = slash === -1 ? path : path.slice(0, slash);
    const target = links.get(front);
    if (target !== undefined) {
      const rest = slash === -1 ? '' : path.slice(slash);
      return `${linkTarget(front, target)}${rest}`.replace(/^\//, '');
    }
    if (slash === -1) {
      return path;
    }
  }
}
