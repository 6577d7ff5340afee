import { posix } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { coordinates } from './java-coordinates.ts';
import { languagePackage } from './language-package.ts';
import { excerpt, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { interpolate, type Pom, type PomDependency, parsePom, pomValue } from './pom-model.ts';
import { readBounded } from './read-bounded.ts';

/**
 * Maven's pom.xml in a source tree: the dependencies that it names itself, at versions that it, its parents or the bills of material
 * in the same tree settle. Nothing is fetched: what only a repository could tell is named in a remark.
 */
export const pomXml: Parser = {
  id: 'maven/pom',
  declares: true,
  reads: 'tree',
  wants: (path) => /(?:^|\/)pom\.xml$/.test(path) && !MATERIAL.test(path),
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The pom ${read.reason}.`);
    }
    const { pom, fault } = parsePom(read.text);
    if (pom === null) {
      return unreadable(path, `The file is no pom${fault === null ? '' : `: ${fault}`}.`);
    }
    const result = await resolvePom(pom, path, tree);
    return fault === null ? result : unreadable(path, `The pom is damaged: ${fault}.`, result.packages);
  },
};

/** Copies inside of archives, and material for tests and for generators of projects. */
const MATERIAL = /\/(?:META-INF\/maven|src\/(?:test|it)\/resources|archetype-resources|testdata|fixtures?)\//;
const BYTES_MAX = 4 * 1024 * 1024;
const PARENTS_MAX = 20;
const MODULES_MAX = 100;
const IMPORTS_MAX = 50;
const NAMED_MAX = 5;

interface PlacedPom {
  readonly path: string;
  readonly pom: Pom;
}

async function resolvePom(pom: Pom, path: string, tree: FileTree): Promise<ParseResult> {
  if (pom.dependencies.length === 0) {
    return noPackage(path, 'The pom names no dependency of its own outside of profiles, which are not read.');
  }
  const line = await lineageOf({ path, pom }, tree);
  const managed = await managedVersions(line, tree);
  const packages = new Map<string, Package>();
  const open: string[] = [];
  for (const dependency of pom.dependencies) {
    const pkg = packageOf(dependency, line, managed, path);
    if (pkg === null) {
      open.push(excerpt(resolve(`${dependency.group}:${dependency.artifact} ${dependency.version}`, line).trim()));
    } else {
      packages.set(pkg.purl, pkg);
    }
  }
  return { packages: [...packages.values()], diagnostics: openDiagnostics(open, path), complete: true };
}

function packageOf(
  dependency: PomDependency,
  line: readonly PlacedPom[],
  managed: ReadonlyMap<string, string>,
  path: string,
): Package | null {
  const resolved = (text: string): string => resolve(text, line);
  const key = `${resolved(dependency.group)}:${resolved(dependency.artifact)}`;
  const version = exactVersion(resolved(dependency.version) || (managed.get(key) ?? ''));
  const [group, artifact] = key.split(':');
  if (version === null || coordinates(group, artifact, version) === null) {
    return null;
  }
  return languagePackage({ ecosystem: 'maven', name: key, version, packageManager: 'POM', path });
}

function openDiagnostics(open: readonly string[], path: string): readonly Diagnostic[] {
  if (open.length === 0) {
    return [];
  }
  const named = open.slice(0, NAMED_MAX).join(', ');
  const rest = open.length > NAMED_MAX ? ` and ${open.length - NAMED_MAX} more` : '';
  const message = `The version of ${open.length} dependencies is not settled by files of this tree: ${named}${rest}.`;
  return [{ level: 'info', path, message }];
}

/** `1.0` and the hard `[1.0]`; null for ranges, `LATEST` and names without a value. */
function exactVersion(text: string): string | null {
  const version = /^\[([^,[\]()]+)\]$/.exec(text)?.[1]?.trim() ?? text;
  return version === '' || /[$[\](),\s]|^(?:LATEST|RELEASE)$/.test(version) ? null : version;
}

/** The value of names by the nearest pom of the line that has one. */
function resolve(text: string, line: readonly PlacedPom[]): string {
  return interpolate(text, (name) => {
    for (const { pom } of line) {
      const value = pomValue(pom, name);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  });
}

/** The pom, its parent, and so on, as far as they are files of the tree. */
async function lineageOf(first: PlacedPom, tree: FileTree): Promise<readonly PlacedPom[]> {
  const line = [first];
  const seen = new Set([first.path]);
  for (let last = first; line.length < PARENTS_MAX; ) {
    const { parent } = last.pom;
    // An empty path says that the parent is in a repository.
    if (parent === null || parent.relativePath === '') {
      break;
    }
    const next = await pomAt(last.path, parent.relativePath ?? '../pom.xml', tree);
    if (next === null || seen.has(next.path) || next.pom.artifact !== parent.artifact) {
      break;
    }
    seen.add(next.path);
    line.push(next);
    last = next;
  }
  return line;
}

/** The pom that a path of another one names: the file, or the folder that holds it. Never outside of the tree. */
async function pomAt(from: string, relative: string, tree: FileTree): Promise<PlacedPom | null> {
  if (relative.includes('$') || relative.startsWith('/')) {
    return null;
  }
  const joined = posix.join(posix.dirname(from), relative.replaceAll('\\', '/'));
  const path = joined.endsWith('.xml') ? joined : posix.join(joined, 'pom.xml');
  if (path.startsWith('..')) {
    return null;
  }
  const read = await readBounded(tree, path, BYTES_MAX);
  const pom = read.kind === 'text' ? parsePom(read.text).pom : null;
  return pom === null ? null : { path, pom };
}

/** Versions by `group:artifact` that the line manages, the nearest first, with bills of material that are modules of the line. */
async function managedVersions(line: readonly PlacedPom[], tree: FileTree): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  const imports: { readonly key: string; readonly line: readonly PlacedPom[] }[] = [];
  const manage = (poms: readonly PlacedPom[]): void => {
    for (const [index, { pom }] of poms.entries()) {
      for (const dependency of pom.managed) {
        const key = `${resolve(dependency.group, poms)}:${resolve(dependency.artifact, poms)}`;
        const isImport = dependency.scope === 'import';
        if (isImport && imports.length < IMPORTS_MAX) {
          imports.push({ key, line: poms.slice(index) });
        } else if (!isImport && !versions.has(key)) {
          versions.set(key, resolve(dependency.version, poms));
        }
      }
    }
  };
  manage(line);
  const done = new Set<string>();
  for (const { key } of imports) {
    const found = done.has(key) ? null : await moduleOf(key, line, tree);
    done.add(key);
    if (found !== null) {
      manage(await lineageOf(found, tree));
    }
  }
  return versions;
}

/** The module of a pom of the line that has these coordinates. */
async function moduleOf(key: string, line: readonly PlacedPom[], tree: FileTree): Promise<PlacedPom | null> {
  let left = MODULES_MAX;
  for (const { path, pom } of line) {
    for (const name of pom.modules.slice(0, left)) {
      left -= 1;
      const module = await pomAt(path, name, tree);
      if (module !== null && `${module.pom.group}:${module.pom.artifact}` === key) {
        return module;
      }
    }
  }
  return null;
}
