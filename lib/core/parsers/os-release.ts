import type { Distro } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { readBounded } from './read-bounded.ts';
import { debianRelease, RELEASE_FILES } from './release-files.ts';

/** The distribution of a tree, with the families it says it belongs to (`ID_LIKE`). */
export interface DistroFacts {
  readonly distro: Distro;
  readonly families: readonly string[];
}

const BYTES_MAX = 64 * 1024;
/** Settings of package managers: they stay behind where os-release and the package database were removed. */
const SYSTEM_TRACES = [
  'etc/dpkg/dpkg.cfg',
  'etc/apk/world',
  'etc/apk/repositories',
  'etc/pacman.conf',
  'etc/dnf/dnf.conf',
  'etc/yum.conf',
  'etc/zypp/zypp.conf',
  'etc/tdnf/tdnf.conf',
];
/** By os-release(5) the first that exists counts; an image for booting has a name of its own for it. */
const OS_RELEASE = ['etc/os-release', 'usr/lib/os-release', 'etc/initrd-release', 'usr/lib/initrd-release'];

/** Whether the file helps to tell the distribution, so that an image must keep it. */
export function isDistroFile(path: string): boolean {
  return OS_RELEASE.includes(path) || RELEASE_FILES.some(([file]) => file === path) || SYSTEM_TRACES.includes(path);
}

/** Reads os-release where it may stand, then the files that distributions had before there was one. Null when none tells. */
export async function readDistro(tree: FileTree): Promise<DistroFacts | null> {
  for (const path of OS_RELEASE) {
    const text = await textOf(tree, path);
    const facts = text === null ? null : parseOsRelease(text);
    if (facts !== null) {
      return completeDebian(facts, await textOf(tree, 'etc/debian_version'));
    }
  }
  for (const [path, parse] of RELEASE_FILES) {
    const text = await textOf(tree, path);
    const distro = text === null ? null : parse(text);
    if (distro !== null) {
      return { distro, families: [] };
    }
  }
  return null;
}

/** A file that only a distribution's own packages bring; null where there is none. */
export async function readSystemTrace(tree: FileTree): Promise<string | null> {
  for (const path of SYSTEM_TRACES) {
    if ((await tree.read(path, { start: 0, end: 1 })) !== null) {
      return path;
    }
  }
  return null;
}

/** Parses the text of an os-release file; null when it names no ID. Format: os-release(5). */
export function parseOsRelease(text: string): DistroFacts | null {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const separator = line.indexOf('=');
    const key = line.slice(0, Math.max(separator, 0)).trim();
    if (/^[A-Z][A-Z0-9_]*$/.test(key)) {
      values.set(key, unquote(line.slice(separator + 1).trim()));
    }
  }
  const id = (values.get('ID') ?? '').toLowerCase();
  if (!/^[a-z0-9._-]{1,64}$/.test(id)) {
    return null;
  }
  const versionId = values.get('VERSION_ID') ?? '';
  return {
    distro: {
      id,
      versionId: /^[A-Za-z0-9._-]{1,64}$/.test(versionId) ? versionId : '',
      codename: values.get('VERSION_CODENAME') || null,
      prettyName: (values.get('PRETTY_NAME') || `${values.get('NAME') ?? id} ${versionId}`.trim()).slice(0, 200),
    },
    families: (values.get('ID_LIKE') ?? '').toLowerCase().split(/\s+/).filter(Boolean),
  };
}

/** Debian's testing has no VERSION_ID; a point release in debian_version still tells the number. */
function completeDebian(facts: DistroFacts, debianVersion: string | null): DistroFacts {
  if (facts.distro.id !== 'debian' || facts.distro.versionId !== '' || debianVersion === null) {
    return facts;
  }
  return { ...facts, distro: { ...facts.distro, versionId: debianRelease(debianVersion) } };
}

function unquote(value: string): string {
  const quote = value[0];
  if ((quote === '"' || quote === "'") && value.length > 1 && value.endsWith(quote)) {
    const inner = value.slice(1, -1);
    return quote === '"' ? inner.replace(/\\(["\\$`])/g, '$1') : inner;
  }
  return value;
}

async function textOf(tree: FileTree, path: string): Promise<string | null> {
  const read = await readBounded(tree, path, BYTES_MAX);
  return read.kind === 'text' ? read.text : null;
}
