import type { FileTree, ListedFile } from '../../ports/file-tree.ts';

/** A file system that is none that is read, in words that go after "it". */
export interface VolumeRefusal {
  readonly refused: string;
}

/** A file, a directory, or what is neither. */
export interface VolumeNode {
  readonly kind: 'file' | 'directory' | 'other';
  /** Permission bits, as `stat` gives them. */
  readonly mode: number;
  readonly size: number;
}

/** A name in a directory, with the number of what it names. */
export interface VolumeName {
  readonly name: string;
  readonly node: number;
}

/** What a file system has to be able to do for its files to be a tree. Texts say what is wrong, in words that go after "it". */
export interface VolumeReader<Node extends VolumeNode> {
  readonly root: number;
  node(number: number): Promise<Node | string>;
  /** The names of a directory, part by part; a text in place of a part that cannot be read. */
  names(directory: Node): AsyncIterable<readonly VolumeName[] | string>;
  /** Bytes of a file; null where a block of it cannot be read. */
  content(file: Node, start: number, end: number): Promise<Uint8Array | null>;
}

/** A file is never asked for whole beyond this. */
const FILE_BYTES_MAX = 1024 ** 3;
/** Names of one directory. */
const NAMES_MAX = 4_000_000;
const DEPTH_MAX = 200;
const PROBLEMS_MAX = 200;
/** Directories and nodes that are kept, since the next file is most often beside the last one. */
const KEPT_MAX = 4_000;
const EXECUTABLE = 0o111;

/** The files of a file system as a tree. Damaged places are problems of the tree, and the rest is read. */
export function volumeTree<Node extends VolumeNode>(reader: VolumeReader<Node>): FileTree {
  const problems = new Map<string, string>();
  const nodes = new Map<number, Node | string>();
  const directories = new Map<number, ReadonlyMap<string, number>>();

  function note(path: string, message: string): void {
    if (problems.size < PROBLEMS_MAX) problems.set(path, message);
  }

  async function nodeOf(number: number, path: string): Promise<Node | null> {
    const found = nodes.get(number) ?? keep(nodes, number, await reader.node(number));
    if (typeof found !== 'string') return found;
    note(path, `It ${found}.`);
    return null;
  }

  async function namesOf(number: number, directory: Node, path: string): Promise<ReadonlyMap<string, number>> {
    const known = directories.get(number);
    if (known !== undefined) return known;
    const names = new Map<string, number>();
    for await (const part of reader.names(directory)) {
      if (typeof part === 'string') note(path, `A part of it ${part}; the files in it are not listed.`);
      else for (const { name, node } of part) if (isName(name)) names.set(name, node);
      if (names.size > NAMES_MAX) {
        note(path, 'The directory has more than four million names; the rest of them are not listed.');
        break;
      }
    }
    return keep(directories, number, names);
  }

  async function* walk(number: number, path: string, above: ReadonlySet<number>): AsyncGenerator<ListedFile> {
    const directory = await nodeOf(number, path);
    if (directory?.kind !== 'directory') return;
    if (above.size > DEPTH_MAX || above.has(number)) {
      note(path, 'The directory lies too deep, or inside of itself; it is not listed.');
      return;
    }
    const inside = new Set([...above, number]);
    for (const [name, child] of await namesOf(number, directory, path)) {
      const childPath = path === '' ? name : `${path}/${name}`;
      const found = await nodeOf(child, childPath);
      if (found?.kind === 'file') {
        yield { path: childPath, size: found.size, isExecutable: (found.mode & EXECUTABLE) !== 0 };
      } else if (found?.kind === 'directory') {
        yield* walk(child, childPath, inside);
      }
    }
  }

  async function find(path: string): Promise<Node | null> {
    let number = reader.root;
    let node = await nodeOf(number, '');
    for (const name of path.split('/')) {
      if (node?.kind !== 'directory') return null;
      const next: number | undefined = (await namesOf(number, node, path)).get(name);
      if (next === undefined) return null;
      number = next;
      node = await nodeOf(number, path);
    }
    return node;
  }

  return {
    list: () => walk(reader.root, '', new Set()),
    async read(path, range) {
      const file = await find(path);
      if (file?.kind !== 'file') return null;
      const end = Math.min(range?.end ?? file.size, file.size);
      const start = Math.min(range?.start ?? 0, end);
      if (end - start > FILE_BYTES_MAX) {
        note(path, 'The file is larger than 1 GB and was not read.');
        return null;
      }
      const bytes = await reader.content(file, start, end);
      if (bytes === null) note(path, 'A part of the file cannot be read.');
      return bytes;
    },
    problems: () => [...problems].map(([path, message]) => ({ path, message })),
  };
}

function isName(name: string): boolean {
  return name !== '.' && name !== '..' && name !== '' && !name.includes('/') && !name.includes('\0');
}

function keep<K, V>(kept: Map<K, V>, key: K, value: V): V {
  if (kept.size >= KEPT_MAX) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  kept.set(key, value);
  return value;
}
