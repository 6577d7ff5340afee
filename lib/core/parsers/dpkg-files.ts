import type { Package } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { evidenceIn } from './owned-files.ts';
import { readBounded } from './read-bounded.ts';

const BYTES_MAX = 32 * 1024 * 1024;
/** Places of packages of other publishers, who patch nothing for the distribution: Debian's policy keeps its own away. */
const FOREIGN = /^(?:opt|usr\/local|usr\/lib\/node_modules)\//;

/** Whether the file lists what a package of dpkg owns. Format: dpkg-query(1), `info/*.list`; images without dpkg have checksums. */
export function isDpkgList(path: string): boolean {
  return /^(?:var|usr)\/lib\/dpkg\/(?:info\/[^/]+\.list|status\.d\/[^/]+\.md5sums)$/.test(path);
}

/** The files of the packages that might be counted a second time; undefined where none of them has a list. */
export async function dpkgFiles(
  tree: FileTree,
  path: string,
  packages: readonly Package[],
): Promise<readonly string[] | undefined> {
  if (path.includes('/status.d/')) {
    const sums = await readBounded(tree, `${path}.md5sums`, BYTES_MAX);
    return sums.kind === 'text' ? own(sums.text.replaceAll(/^[0-9a-f]{32} [ *]/gm, '')) : undefined;
  }
  const folder = `${path.slice(0, path.lastIndexOf('/'))}/info`;
  const owned: (readonly string[])[] = [];
  for (const { name, architecture } of packages) {
    const text = await listOf(tree, [`${folder}/${name}.list`, `${folder}/${name}:${architecture ?? ''}.list`]);
    if (text !== null) {
      owned.push(own(text));
    }
  }
  return owned.length === 0 ? undefined : owned.flat();
}

function own(list: string): readonly string[] {
  return evidenceIn(list).filter((place) => !FOREIGN.test(place));
}

/** Packages that may be installed for several architectures name theirs in the file's name. */
async function listOf(tree: FileTree, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'text') {
      return read.text;
    }
  }
  return null;
}
