import { basename, dirname, join } from 'node:path/posix';
import type { FileTree } from '../ports/file-tree.ts';
import { expandProperties, type MsbuildFile, type MsbuildItem, readMsbuildFile } from './msbuild-file.ts';
import { type PackageList, packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';
import { isUnpacked, plainText } from './text-parser.ts';

/**
 * Projects of .NET and the files that they share: `PackageReference` with a version of its own or of the nearest
 * `Directory.Packages.props`. NuGet takes the lowest version that is allowed, so the written one is the one that it installs.
 */
export const nugetProject: Parser = {
  id: 'nuget/project',
  declares: true,
  reads: 'tree',
  wants: (path) => PLACE.test(path) && !isUnpacked(path),
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    return read.kind === 'unreadable'
      ? unreadable(path, `The project ${read.reason}.`)
      : parseNugetProject(plainText(read.text), path, await sharedFiles(tree, path));
  },
};

const BYTES_MAX = 4 * 1024 * 1024;
const LEVELS_MAX = 32;
const PLACE = /(?:^|\/)(?:[^/]+\.(?:cs|fs|vb)proj|Directory\.(?:Build|Packages)\.props|Packages\.props)$/;
const SHARED = ['Directory.Build.props', 'Directory.Packages.props'];

/** `shared` are the files that MSBuild imports by itself: the nearest of each name, from the folder upwards. */
export function parseNugetProject(text: string, path: string, shared: readonly MsbuildFile[]): ParseResult {
  const project = readMsbuildFile(text);
  const files = [...shared, project];
  const properties = new Map(files.flatMap((file) => [...file.properties]));
  const central = new Map(
    files.flatMap((file) => file.items.filter(isCentral).map((item) => [item.name.toLowerCase(), item.version])),
  );
  const list = packageList({ path, ecosystem: 'nuget', packageManager: 'NUGET' });
  for (const item of project.items) {
    for (const name of item.name.split(';')) {
      const version = item.version ?? central.get(name.trim().toLowerCase()) ?? null;
      addItem(list, { ...item, name: name.trim(), version }, properties);
    }
  }
  const { packages, ...rest } = list.result();
  return project.broken === null
    ? { packages, ...rest }
    : unreadable(path, `The project is not whole: ${project.broken}`, packages);
}

/** Central files of older builds put their versions into updates of references. */
function isCentral(item: MsbuildItem): boolean {
  return item.kind !== 'GlobalPackageReference' && item.version !== null;
}

/** What a central file lists is a choice that a project below it makes use of, or not. */
function addItem(list: PackageList, item: MsbuildItem, properties: ReadonlyMap<string, string>): void {
  const name = expandProperties(item.name, properties);
  const version = expandProperties(item.version ?? '', properties)?.trim();
  const exact = /^\[?\s*([0-9][^\s,*[\]()]*)\s*\]?$/.exec(version ?? '')?.[1];
  if (name === '') {
    list.malformed('a reference without name');
  } else if (name === null || version === undefined) {
    list.leaveOut('names and versions by a property that the files do not set');
  } else if (version === '') {
    list.leaveOut('references without version');
  } else if (exact === undefined) {
    list.leaveOut('ranges are no versions');
  } else {
    const confidence = item.kind === 'PackageVersion' ? 'medium' : undefined;
    list.add({ name, version: exact, ...(confidence === undefined ? {} : { confidence }) });
  }
}

async function sharedFiles(tree: FileTree, path: string): Promise<readonly MsbuildFile[]> {
  const files: MsbuildFile[] = [];
  for (const name of SHARED) {
    const text = basename(path) === name ? null : await nearest(tree, dirname(path), name);
    if (text !== null) {
      files.push(readMsbuildFile(plainText(text)));
    }
  }
  return files;
}

async function nearest(tree: FileTree, folder: string, name: string): Promise<string | null> {
  let current = folder;
  for (let level = 0; level < LEVELS_MAX; level += 1) {
    const read = await readBounded(tree, join(current, name), BYTES_MAX);
    if (read.kind === 'text') {
      return read.text;
    }
    if (current === '.' || current === '/' || current === '') {
      return null;
    }
    current = dirname(current);
  }
  return null;
}
