import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { FileTree } from '../../lib/core/ports/file-tree.ts';
import { memoryFileTree } from '../../lib/testing/memory-file-tree.ts';
import { buildZip } from '../../lib/testing/zip-builder.ts';
import { PACKED, PLACES } from './fixture-places.ts';

/** Files that are read together, as a collector would meet them. */
export interface FixtureTree {
  readonly name: string;
  readonly isSystem: boolean;
  readonly tree: FileTree;
  /** Path in the tree → files of the data that it is made of. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

const FOLDERS = ['lockfiles', 'hosts', 'sboms'];
/** A system begins where folders of a root file system do. */
const SYSTEM = /^(hosts\/.+?)\/(?:etc|usr|var|lib)\//;

/** Every file of the data, from its root. */
export function fixtureFiles(root: string): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
  ).sort();
}

/** The trees in which they are read. A file is in one of them; SBOMs are in none, since they are read by themselves. */
export function fixtureTrees(root: string, files: readonly string[]): readonly FixtureTree[] {
  const groups = new Map<string, string[]>();
  const put = (name: string, file: string): void => {
    groups.set(name, [...(groups.get(name) ?? []), file]);
  };
  const alone: FixtureTree[] = [];
  for (const file of files.filter((one) => !one.startsWith('sboms/'))) {
    const place = PLACES.find(({ of }) => of.test(file));
    if (file.endsWith('.txtar')) {
      alone.push(unpacked(root, file));
    } else if (place === undefined) {
      put(treeOf(file), file);
    } else {
      alone.push(single(root, file, filled(place.as, place.of.exec(file))));
    }
  }
  return [...alone, ...[...groups].map(([name, members]) => together(root, name, members))];
}

function filled(template: string, groups: RegExpExecArray | null): string {
  return template.replace(/\$([0-9])/g, (_, place: string) => groups?.[Number(place)] ?? '');
}

function treeOf(file: string): string {
  return SYSTEM.exec(file)?.[1] ?? file.split('/').slice(0, 2).join('/');
}

/** One file under another name. What it names beside itself is there too, but is not read on its own. */
function single(root: string, file: string, path: string): FixtureTree {
  const content = readFileSync(join(root, file));
  const own = memoryFileTree({ [path]: content });
  return {
    name: file,
    isSystem: file.startsWith('hosts/'),
    tree: {
      ...own,
      read: async (asked, range) => (await own.read(asked, range)) ?? neighbour(root, file, asked, range),
    },
    sources: new Map([[path, [file]]]),
  };
}

function neighbour(
  root: string,
  file: string,
  asked: string,
  range: { readonly start: number; readonly end: number } | undefined,
): Uint8Array | null {
  const folder = join(root, dirname(file));
  if (!file.includes('/pip/') && !file.includes('/requirements/')) {
    return null;
  }
  try {
    const content = readFileSync(join(folder, asked));
    return content.subarray(range?.start ?? 0, range?.end ?? content.length);
  } catch {
    // Fixtures name files that do not exist, to see what becomes of that.
    return null;
  }
}

function together(root: string, name: string, files: readonly string[]): FixtureTree {
  const contents: Record<string, Uint8Array> = {};
  const sources = new Map<string, readonly string[]>();
  const archives = new Map<string, { readonly name: string; readonly content: Uint8Array }[]>();
  for (const file of files) {
    const content = readFileSync(join(root, file));
    const packed = PACKED.find(({ of }) => of.test(file));
    const archive = packed === undefined ? null : `archives/${file.replace(packed.of, packed.archive)}`;
    const path = archive ?? file.slice(name.length + 1);
    sources.set(path, [...(sources.get(path) ?? []), file]);
    if (archive === null || packed === undefined) {
      contents[path] = content;
    } else {
      const entry = { name: file.replace(packed.of, packed.as), content };
      archives.set(path, [...(archives.get(path) ?? []), entry]);
    }
  }
  for (const [path, entries] of archives) {
    contents[path] = buildZip(entries);
  }
  return { name, isSystem: name.startsWith('hosts/'), tree: memoryFileTree(contents), sources };
}

/** Go's text form of an archive: a remark, then files that each begin with a line `-- path --`. */
function unpacked(root: string, file: string): FixtureTree {
  const [, ...parts] = readFileSync(join(root, file), 'utf8').split(/^-- (.+) --\n/m);
  const contents: Record<string, string> = {};
  for (let at = 0; at + 1 < parts.length; at += 2) {
    contents[parts[at] ?? ''] = parts[at + 1] ?? '';
  }
  const sources = new Map(Object.keys(contents).map((path) => [path, [file]]));
  return { name: file, isSystem: file.startsWith('hosts/'), tree: memoryFileTree(contents), sources };
}
