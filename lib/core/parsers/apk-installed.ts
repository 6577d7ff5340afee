import type { Diagnostic } from '../model/diagnostic.ts';
import type { Distro, EcosystemId, Package } from '../model/package.ts';
import { osPackage } from './os-package.ts';
import { isEvidence, placesOf } from './owned-files.ts';
import { excerpt, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';

/** The package database of apk. Format: apk-package(5), one field per line by its letter. */
export const apkInstalled: Parser = {
  id: 'os/apk-installed',
  reads: 'tree',
  wants: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  async parse(path, tree, { distro }) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The package database ${read.reason}.`);
    }
    return parseApkInstalled(read.text, path, distro);
  },
};

const BYTES_MAX = 128 * 1024 * 1024;
const DIAGNOSTICS_MAX = 20;
/** Name, version, architecture and origin. */
const FIELDS = 'PVAo';

/**
 * Reads the text of a database. apk ends every package with an empty line, so a database that does not end with one was
 * cut: its unfinished last line is dropped, what stands before it is kept, and the result is not complete.
 */
export function parseApkInstalled(text: string, path: string, distro: Distro | null): ParseResult {
  if (text.trim() === '') {
    return unreadable(path, 'The package database is empty.');
  }
  const packages: Package[] = [];
  const owned: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const warn = (message: string): void => {
    if (diagnostics.length < DIAGNOSTICS_MAX) {
      diagnostics.push({ level: 'warning', path, message });
    }
  };
  const normalized = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  let body = normalized;
  let complete = true;
  if (!normalized.endsWith('\n\n')) {
    complete = false;
    body = normalized.slice(0, normalized.lastIndexOf('\n') + 1);
    warn('The package database ends in the middle of an entry: packages after that point are unknown.');
  }
  for (const paragraph of body.split(/\n\n+/)) {
    const read = paragraph.trim() === '' ? null : toPackage(fieldsOf(paragraph, owned), path, distro);
    if (typeof read === 'string') {
      complete = false;
      warn(read);
    } else if (read !== null) {
      packages.push(read);
    }
  }
  return { packages, diagnostics, complete, owned };
}

/** The fields that are asked for, by letter. `F:` names a folder and `R:` a file in it; what counts of them is added to `owned`. */
function fieldsOf(paragraph: string, owned: string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let folder = '';
  let start = 0;
  while (start < paragraph.length) {
    const newline = paragraph.indexOf('\n', start);
    const end = newline === -1 ? paragraph.length : newline;
    const letter = paragraph[start] ?? '';
    if (paragraph[start + 1] === ':') {
      if (letter === 'F') {
        folder = paragraph.slice(start + 2, end);
      } else if (letter === 'R') {
        const name = paragraph.slice(start + 2, end);
        owned.push(...(isEvidence(`${folder}/`, name) ? placesOf(`${folder}/${name}`) : []));
      } else if (FIELDS.includes(letter) && !fields.has(letter)) {
        fields.set(letter, paragraph.slice(start + 2, end).trim());
      }
    }
    start = end + 1;
  }
  return fields;
}

function toPackage(fields: ReadonlyMap<string, string>, path: string, distro: Distro | null): Package | string {
  const name = fields.get('P') ?? '';
  const version = fields.get('V') ?? '';
  const ecosystem = ecosystemOf(distro);
  const pkg = osPackage(
    {
      ecosystem,
      purlType: 'apk',
      namespace: distro?.id ?? ecosystem,
      name,
      version,
      architecture: fields.get('A') || null,
      // Packages of one origin are built together and share its version.
      sourceName: fields.get('o') || name,
      sourceVersion: version,
      path,
    },
    distro,
  );
  return pkg ?? `An entry of the package database was skipped: "${excerpt(name)}" at version "${excerpt(version)}".`;
}

/** Every apk system but those known is described as Alpine; its advisory keys decide whether Alpine's records apply. */
function ecosystemOf(distro: Distro | null): EcosystemId {
  return distro?.id === 'wolfi' || distro?.id === 'chainguard' ? distro.id : 'alpine';
}
