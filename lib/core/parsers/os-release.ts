import type { Distro } from '../model/package.ts';
import type { FileTree } from '../ports/file-tree.ts';
import { readBounded } from './read-bounded.ts';

/** The distribution of a tree, with the families it says it belongs to (`ID_LIKE`). */
export interface DistroFacts {
  readonly distro: Distro;
  readonly families: readonly string[];
}

const BYTES_MAX = 64 * 1024;
/** Every file that `readDistro` may ask for. */
const FILES: ReadonlySet<string> = new Set(['etc/os-release', 'usr/lib/os-release', 'etc/debian_version']);

/** Whether the file helps to tell the distribution, so that an image must keep it. */
export function isDistroFile(path: string): boolean {
  return FILES.has(path);
}

/** Reads os-release where it may stand, first hit wins; then `etc/debian_version`. Null when no file tells. */
export async function readDistro(tree: FileTree): Promise<DistroFacts | null> {
  const debianVersion = await textOf(tree, 'etc/debian_version');
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    const text = await textOf(tree, path);
    const facts = text === null ? null : parseOsRelease(text);
    if (facts !== null) {
      return completeDebian(facts, debianVersion);
    }
  }
  const release = debianVersion === null ? '' : debianRelease(debianVersion);
  if (release === '') {
    return null;
  }
  const distro = { id: 'debian', versionId: release, codename: null, prettyName: `Debian ${release}` };
  return { distro, families: [] };
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

function debianRelease(text: string): string {
  return /^([0-9]{1,3})(?:\.[0-9]{1,3})?\s*$/.exec(text)?.[1] ?? '';
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
