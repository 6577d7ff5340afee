import type { Diagnostic } from '../model/diagnostic.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import { dpkgFiles, isDpkgList } from './dpkg-files.ts';
import { excerpt } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { toPurl } from './purl.ts';
import { readBounded } from './read-bounded.ts';
import { parseStanza, type Stanza } from './stanza.ts';

/** The package database of dpkg: one file, or one file per package in minimal images. Format: dpkg(1), deb-control(5). */
export const dpkgStatus: Parser = {
  id: 'os/dpkg-status',
  reads: 'tree',
  wants: (path) => isDatabase(path) || isFragment(path),
  alsoReads: isDpkgList,
  async parse(path, tree, { distro }) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return nothing(path, `The package database ${read.reason}.`);
    }
    const result = parseDpkgStatus(read.text, path, distro);
    const owned = await dpkgFiles(tree, path, result.packages);
    return owned === undefined ? result : { ...result, owned };
  },
};

const BYTES_MAX = 64 * 1024 * 1024;
const DIAGNOSTICS_MAX = 20;
const FIELDS: ReadonlySet<string> = new Set(['package', 'status', 'version', 'source', 'architecture']);
const NAME = /^[A-Za-z0-9][A-Za-z0-9+._-]{0,199}$/;
/** States in which the files of a package lie on the disk; `config-files` and `half-installed` are not among them. */
const PRESENT: ReadonlySet<string> = new Set([
  'installed',
  'triggers-pending',
  'triggers-awaited',
  'half-configured',
  'unpacked',
]);

function isDatabase(path: string): boolean {
  return path === 'var/lib/dpkg/status' || path === 'usr/lib/dpkg/status';
}

function isFragment(path: string): boolean {
  return /^(?:var|usr)\/lib\/dpkg\/status\.d\/[^/]+$/.test(path) && !path.endsWith('.md5sums');
}

/**
 * Reads the text of a database. dpkg ends every stanza with an empty line, so a database that does not end with one was
 * cut: its unfinished last line is dropped, what stands before it is kept, and the result is not complete.
 */
export function parseDpkgStatus(text: string, path: string, distro: Distro | null): ParseResult {
  const packages: Package[] = [];
  const diagnostics: Diagnostic[] = [];
  const warn = (message: string): void => {
    if (diagnostics.length < DIAGNOSTICS_MAX) {
      diagnostics.push({ level: 'warning', path, message });
    }
  };
  const database = isDatabase(path);
  const normalized = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  let complete = true;
  let body = normalized;
  if (database && normalized.trim() === '') {
    return nothing(path, 'The package database is empty.');
  }
  if (database && !normalized.endsWith('\n\n')) {
    complete = false;
    body = normalized.slice(0, normalized.lastIndexOf('\n') + 1);
    warn('The package database ends in the middle of an entry: packages after that point are unknown.');
  }
  for (const paragraph of body.split(/\n\n+/)) {
    if (paragraph.trim() === '') {
      continue;
    }
    const read = toPackage(parseStanza(paragraph, FIELDS), path, distro, database);
    if (typeof read === 'string') {
      complete = false;
      warn(read);
    } else if (read !== null) {
      packages.push(read);
    }
  }
  return { packages, diagnostics, complete };
}

/** The package, null for one that is not on the disk, or the reason why the stanza cannot be used. */
function toPackage(stanza: Stanza, path: string, distro: Distro | null, database: boolean): Package | string | null {
  const name = stanza.get('package') ?? '';
  if (!NAME.test(name)) {
    return `An entry of the package database was skipped: "${excerpt(name)}" is not a package name.`;
  }
  const status = stanza.get('status');
  if (status === undefined && database) {
    return `The entry of ${name} was skipped: it has no status.`;
  }
  // Images without dpkg keep one file per package and leave the status out, since all of them are installed.
  if (status !== undefined && !PRESENT.has(status.split(' ')[2] ?? '')) {
    return null;
  }
  const version = stanza.get('version') ?? '';
  if (version === '' || /\s/.test(version) || version.length > 256) {
    return `The entry of ${name} was skipped: it has no readable version.`;
  }
  const architecture = stanza.get('architecture') || null;
  const source = sourceOf(stanza.get('source'), name, version);
  return {
    ecosystem: ecosystemOf(distro),
    name,
    version,
    architecture,
    ...source,
    purl: dpkgPurl(name, version, architecture, distro),
    packageManager: 'OS',
    path,
    layer: null,
  };
}

/** `Source: name (version)`; without the field the binary package is named after its source, at the same version. */
function sourceOf(
  field: string | undefined,
  name: string,
  version: string,
): { readonly sourceName: string; readonly sourceVersion: string } {
  const match = /^([A-Za-z0-9][A-Za-z0-9+._-]*)(?:\s*\(([^()\s]+)\))?$/.exec(field ?? '');
  return { sourceName: match?.[1] ?? name, sourceVersion: match?.[2] ?? version };
}

/** Every dpkg system but Ubuntu is described as Debian; its advisory keys decide whether Debian's records apply. */
function ecosystemOf(distro: Distro | null): EcosystemId {
  return distro?.id === 'ubuntu' ? 'ubuntu' : 'debian';
}

function dpkgPurl(name: string, version: string, architecture: string | null, distro: Distro | null): string {
  return toPurl({
    type: 'deb',
    namespace: distro?.id ?? 'debian',
    name,
    version,
    qualifiers: {
      ...(architecture === null ? {} : { arch: architecture }),
      ...(distro === null || distro.versionId === '' ? {} : { distro: `${distro.id}-${distro.versionId}` }),
    },
  });
}

function nothing(path: string, message: string): ParseResult {
  return { packages: [], diagnostics: [{ level: 'error', path, message }], complete: false };
}
