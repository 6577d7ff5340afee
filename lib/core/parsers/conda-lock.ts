import { condaQualifiers } from './conda-meta.ts';
import { type PackageList, packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';
import { yamlLines } from './yaml-lines.ts';

/** `conda-lock.yml` of the tool conda-lock: packages of conda and of pip for each platform. */
export const condaLock = textParser({
  id: 'conda/lock',
  declares: true,
  wants: (path) => /(?:^|\/)(?:[^/]+\.)?conda-lock\.ya?ml$/.test(path) && !isUnpacked(path),
  parse: parseCondaLock,
});

/** Lists of addresses that conda installs as they are: a line `@EXPLICIT`, then one address on each. */
export const condaExplicit = textParser({
  id: 'conda/explicit',
  declares: true,
  wants: (path) => /(?:^|\/)conda-[a-z0-9-]+\.lock$/.test(path) && !isUnpacked(path),
  parse: parseCondaExplicit,
});

const ARCHIVE = /\/([a-z0-9-]+)\/([^/\s]+)-([^-/\s]+)-([^-/\s]+?)\.(?:conda|tar\.bz2)(?:#\S*)?$/;

export function parseCondaLock(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'conda', packageManager: 'OTHER' });
  let entry = new Map<string, string>();
  let section = '';
  let isLock = false;
  for (const { column, isItem, key, value } of yamlLines(text)) {
    if (column === 0) {
      addEntry(list, entry);
      entry = new Map();
      section = key ?? '';
      isLock ||= section === 'package';
    } else if (section === 'package' && column === 2 && key !== null) {
      if (isItem) {
        addEntry(list, entry);
        entry = new Map();
      }
      entry.set(key, value);
    }
  }
  addEntry(list, entry);
  return isLock ? list.result() : unreadable(path, 'The file is no lock file of conda-lock.');
}

function addEntry(list: PackageList, entry: ReadonlyMap<string, string>): void {
  const name = entry.get('name');
  const version = entry.get('version');
  if (entry.size === 0) {
    return;
  }
  if (name === undefined || version === undefined) {
    list.malformed(name ?? 'an entry without name');
  } else if (entry.get('manager') === 'pip') {
    list.add({ ecosystem: 'pypi', packageManager: 'PIP', name, version });
  } else {
    const build = readArchive(entry.get('url') ?? '')?.build ?? null;
    list.add({ name, version, qualifiers: condaQualifiers(build, entry.get('platform') ?? null) });
  }
}

export function parseCondaExplicit(text: string, path: string): ParseResult {
  if (!/^@EXPLICIT$/m.test(text)) {
    return unreadable(path, 'The file is no list of explicit addresses of conda.');
  }
  const list = packageList({ path, ecosystem: 'conda', packageManager: 'OTHER' });
  for (const raw of textLines(text)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line === '@EXPLICIT') {
      continue;
    }
    const archive = readArchive(line);
    if (archive === null) {
      list.malformed(line);
    } else {
      const { name, version, build, subdir } = archive;
      list.add({ name, version, qualifiers: condaQualifiers(build, subdir) });
    }
  }
  return list.result();
}

interface Archive {
  readonly subdir: string;
  readonly name: string;
  readonly version: string;
  readonly build: string;
}

/** What the address of an archive says: `…/linux-64/zlib-1.2.11-h90dfc92_1014.conda#md5`. */
function readArchive(url: string): Archive | null {
  const [, subdir, name, version, build] = url.length > 2048 ? [] : (ARCHIVE.exec(url) ?? []);
  return subdir === undefined || name === undefined || version === undefined || build === undefined
    ? null
    : { subdir, name, version, build };
}
