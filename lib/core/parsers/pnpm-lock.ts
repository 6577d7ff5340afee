import { Document, isMap, isScalar, parseAllDocuments } from 'yaml';
import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { isArchive, isNpmName, isNpmVersion, splitNpmName } from './npm-spelling.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isEmptyValue, type PnpmEntry, pnpmEntries } from './pnpm-entries.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/**
 * pnpm-lock.yaml of version 5 to 9. Format: github.com/pnpm/spec, `lockfile`. pnpm writes a regular shape, which is read line
 * by line; a file that somebody reshaped is read as YAML, where it is small enough for that: a megabyte takes seconds.
 */
export const pnpmLock = textParser({
  id: 'npm/pnpm-lock',
  declares: true,
  wants: (path) => PLACE.test(path) && !isUnpacked(path),
  bytesMax: 64 * 1024 * 1024,
  called: 'The lock file',
  parse: parsePnpmLock,
});

/** Branches may have lock files of their own: `pnpm-lock.<branch>.yaml`. */
const PLACE = /(?:^|\/)pnpm-lock(?:\.[^/]+)?\.yaml$/;
const YAML_LENGTH_MAX = 512 * 1024;
const LOCAL = 'folders of the project';
const UNVERSIONED = 'entries without a version of the registry';
const RUNTIME = 'runtimes';

export function parsePnpmLock(text: string, path: string): ParseResult {
  const lined = packagesOf(path);
  const isRegular = pnpmEntries(text, (entry) => {
    addEntry(entry, lined);
    return !lined.isFull();
  });
  if (isRegular) {
    return lined.result();
  }
  if (text.length > YAML_LENGTH_MAX) {
    return unreadable(path, 'The lock file does not have the shape that pnpm writes.', lined.result().packages);
  }
  return parseAsYaml(text, path) ?? unreadable(path, 'The lock file is not YAML of pnpm.', lined.result().packages);
}

function packagesOf(path: string): LockPackages {
  return createLockPackages({ ecosystem: 'npm', packageManager: 'NPM', path, isName: isNpmName });
}

/** Nodes are read as they are: their values would write out keys that are lists of lists, and follow aliases. */
function parseAsYaml(text: string, path: string): ParseResult | null {
  const found = packagesOf(path);
  for (const document of documentsOf(text)) {
    if (document.errors.length > 0 || !isMap(document.contents)) {
      return null;
    }
    const packages = document.contents.get('packages', true) ?? null;
    if (packages === null || (isScalar(packages) && isEmptyValue(textOf(packages) ?? ''))) {
      continue;
    }
    if (!isMap(packages)) {
      return null;
    }
    for (const { key, value } of packages.items) {
      const fields = isMap(value) ? value : null;
      addEntry(
        { key: textOf(key) ?? '', name: textOf(fields?.get('name')), version: textOf(fields?.get('version')) },
        found,
      );
    }
  }
  return found.result();
}

function documentsOf(text: string): readonly Document[] {
  try {
    // Without a schema every scalar is text, and a version such as 1.0 stays what it is.
    const documents = parseAllDocuments(text, { logLevel: 'silent', schema: 'failsafe' });
    return 'empty' in documents ? [] : documents;
  } catch {
    // Depth past what the library can do is an expected thing in the data: one document that is no map.
    return [new Document(null)];
  }
}

function textOf(node: unknown): string | null {
  const value = isScalar(node) ? node.value : node;
  return typeof value === 'string' ? value : null;
}

/**
 * Keys have been spelled `/name/1.0.0_peer@2.0.0` (5), `/name@1.0.0(peer@2.0.0)` (6) and `name@1.0.0` (9), with the host of a
 * registry instead of the first slash, and as addresses; what came from elsewhere than a registry has fields of its own.
 */
function addEntry({ key, name, version }: PnpmEntry, found: LockPackages): void {
  const [place = key] = key.split('(', 1);
  const named = place.startsWith('/') || place.startsWith('file:') ? { name: '', rest: place } : splitNpmName(place);
  if (isFolder(named.rest) || isFolder(place)) {
    found.leaveOut(LOCAL, key);
  } else if (named.rest.startsWith('runtime:')) {
    found.leaveOut(RUNTIME, key);
  } else if (name !== null && version !== null) {
    found.add(name, version);
  } else if (named.name !== '' && named.rest.includes(':')) {
    addAddress(named.name, version, key, found);
  } else {
    const registered = registeredPackage(place);
    if (registered === null) {
      found.doubt(key);
    } else {
      found.add(registered.name, registered.rest);
    }
  }
}

function addAddress(name: string, version: string | null, key: string, found: LockPackages): void {
  if (version === null) {
    found.leaveOut(UNVERSIONED, key);
  } else {
    found.add(name, version);
  }
}

function isFolder(reference: string): boolean {
  return /^(?:file|link|portal):/.test(reference) && !isArchive(reference.replace(/_.*$/, ''));
}

/** Name and version at the end of a key; the host of a registry may stand in front. */
function registeredPackage(place: string): { readonly name: string; readonly rest: string } | null {
  const segments = place.split('/');
  const last = segments.pop() ?? '';
  const isOwnSegment = /^\d+\.\d+\.\d+/.test(last) && segments.length > 0 && segments.at(-1) !== '';
  const { name, rest } = isOwnSegment ? { name: segments.pop() ?? '', rest: last } : splitNpmName(last);
  const scope = segments.at(-1)?.startsWith('@') === true ? `${segments.at(-1)}/` : '';
  // A version has no underscore, so one begins the peers.
  const [version = ''] = rest.split('_', 1);
  return name !== '' && isNpmVersion(version) ? { name: `${scope}${name}`, rest: version } : null;
}
