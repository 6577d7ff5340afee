import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { everyParser } from '../../lib/core/inventory/collector.ts';
import { asArray, asObject, asText } from '../../lib/core/model/raw.ts';
import { parsePom, pomCoordinates } from '../../lib/core/parsers/pom-model.ts';
import { jsonObject } from '../../lib/core/parsers/structured-text.ts';
import type { Beside } from './beside.ts';
import type { Listed } from './listed.ts';

/** Marks of formats that came after the other reader. */
const NEW_FORMATS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['pnpm-lock.yaml', /^lockfileVersion: '?9/m],
  ['conan.lock', /"version":\s*"0\.5"/],
  ['Package.resolved', /"version"\s*:\s*[23]\s*\}?\s*$/],
];

export function isNewFormat(path: string, beside: Beside): boolean {
  return NEW_FORMATS.some(([name, mark]) => basename(path) === name && mark.test(textOf(beside, path) ?? ''));
}

/** Whether the file has the whole name at that version, and not as the end of another name. */
export function isNamedIn({ name, version, path }: Listed, beside: Beside): boolean {
  const text = textOf(beside, path) ?? '';
  return new RegExp(`(?:^|[\\s"'(])/?${escaped(name)}[@/]${escaped(version)}`, 'm').test(text);
}

export function dependenciesIn(path: string, beside: Beside): readonly string[] {
  const text = basename(path) === 'pom.xml' ? (textOf(beside, path) ?? '') : '';
  return text.split('<dependency>').slice(1);
}

/** Names of Maven come as `group:artifact` from here and as `group/artifact` from others. */
export function isArtifact(dependency: string, name: string): boolean {
  return dependency.includes(`<artifactId>${name.split(/[:/]/).at(-1)}<`);
}

export function wants(parser: ReturnType<typeof everyParser>[number], path: string): boolean {
  return path !== '' && parser.wants(path, { path, size: 1, isExecutable: true });
}

/** Whether it has a name and a version at all. */
export function isWhole({ name, version }: Listed): boolean {
  return /^[^@=]+$/.test(name.replace(/^@/, '')) && /^[0-9]/.test(version) && !version.includes('*');
}

export function textOf({ root }: Beside, path: string): string | null {
  if (root === null) {
    return null;
  }
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    // A path inside of an archive, or none.
    return null;
  }
}

const owned = new Map<Beside, ReadonlySet<string>>();

export function ownedByDpkg(beside: Beside): ReadonlySet<string> {
  const known = owned.get(beside);
  if (known !== undefined) {
    return known;
  }
  const folder = join(beside.root ?? '', 'var/lib/dpkg/info');
  const lists = namesIn(folder).filter((name) => name.endsWith('.list'));
  const files = new Set(lists.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')));
  owned.set(beside, files);
  return files;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No system of dpkg.
    return [];
  }
}

export function isProjectItself(listed: Listed, beside: Beside): boolean {
  const { name, version, path } = listed;
  const text = textOf(beside, path) ?? '';
  const file = basename(path);
  if (file === 'Cargo.lock') {
    const block = text.split('[[package]]').find((one) => one.includes(`name = "${name}"\nversion = "${version}"`));
    return block !== undefined && !block.includes('\nsource = ');
  }
  if (file === 'pom.xml') {
    return [text, ...modulesBelow(dirname(path), beside)].some((one) => isPomOf(one, listed));
  }
  const manifest = jsonObject(text);
  return manifest?.name === name && manifest.version === version;
}

/** Poms of modules: they are listed under the pom that names them, too. */
function modulesBelow(folder: string, beside: Beside): readonly string[] {
  const paths = readdirSync(join(beside.root ?? '', folder), { recursive: true, encoding: 'utf8' });
  return paths.flatMap((path) => (basename(path) === 'pom.xml' ? (textOf(beside, join(folder, path)) ?? []) : []));
}

/** Where the pom leaves its version to a parent or a property, its name has to do. */
function isPomOf(text: string, { key, name }: Listed): boolean {
  const coordinates = pomCoordinates(text);
  const artifact = parsePom(text).pom?.artifact.trim();
  return coordinates === null
    ? artifact !== undefined && name.endsWith(`/${artifact}`)
    : key === `maven/${coordinates.group}/${coordinates.artifact}@${coordinates.version}`;
}

export function isForDevelopment(listed: Listed, text: string, beside: Beside): boolean {
  const { name, version, path } = listed;
  const json = jsonObject(text);
  switch (basename(path)) {
    case 'composer.lock':
      return asArray(json?.['packages-dev']).some((one) => asText(asObject(one)?.name) === name);
    case 'Pipfile.lock':
      return name in (asObject(json?.develop) ?? {});
    case 'package-lock.json':
      return [json?.packages, json?.dependencies].some(
        (table) => asObject(asObject(table)?.[`node_modules/${name}`])?.dev === true,
      );
    case 'pnpm-lock.yaml':
      return new RegExp(`^  /?${escaped(name)}[/@]${escaped(version)}.*:\\n(?: {4}.*\\n)*? {4}dev: true$`, 'm').test(
        text,
      );
    case 'poetry.lock':
      return text
        .split('[[package]]')
        .some((one) => /^category = "dev"$/m.test(one) && one.includes(`name = "${name}"`));
    case 'pom.xml':
      return text.split('<dependency>').some((one) => isArtifact(one, name) && /<scope>test<\/scope>/.test(one));
    case 'yarn.lock':
      return isOnlyForDevelopment(name, text, textOf(beside, join(dirname(path), 'package.json')) ?? '');
    default:
      return false;
  }
}

/** Whether only packages for development lead to it, by the names in the lock file. */
function isOnlyForDevelopment(name: string, lock: string, manifest: string): boolean {
  const json = jsonObject(manifest);
  if (json === null) {
    return false;
  }
  const reached = new Set(Object.keys(asObject(json.dependencies) ?? {}));
  const blocks = lock.split('\n\n').map((block) => block.trim());
  // A set goes on while it grows.
  for (const one of reached) {
    const own = blocks.filter((block) => new RegExp(`^"?${escaped(one)}@`, 'm').test(block));
    for (const [, needed = ''] of own.join('\n').matchAll(/^ {4}"?([^\s":]+)"?:? /gm)) {
      reached.add(needed);
    }
  }
  return !reached.has(name);
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
