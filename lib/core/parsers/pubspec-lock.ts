import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';
import { yamlLines } from './yaml-lines.ts';

/** `pubspec.lock` of Dart and Flutter. */
export const pubspecLock = textParser({
  id: 'pub/pubspec-lock',
  declares: true,
  wants: (path) => /(?:^|\/)pubspec\.lock$/.test(path) && !isUnpacked(path),
  parse: parsePubspecLock,
});

interface Entry {
  readonly name: string;
  readonly column: number;
  /** Of the fields of the entry; those of the description stand deeper. */
  inner: number;
  source: string;
  version: string;
}

export function parsePubspecLock(text: string, path: string): ParseResult {
  const read = readEntries(text);
  if (read === null) {
    return unreadable(path, 'The file is no lock file of Pub.');
  }
  const list = packageList({ path, ecosystem: 'pub', packageManager: 'OTHER' });
  for (const { name, source, version } of read) {
    if (source === 'path' || source === 'sdk') {
      list.leaveOut(source === 'sdk' ? 'packages that come with the SDK' : 'packages of a folder of the project');
    } else if (source === '' || version === '') {
      list.malformed(name);
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}

/** Null where the file has no section of packages. */
function readEntries(text: string): readonly Entry[] | null {
  const entries: Entry[] = [];
  let section = '';
  let hasPackages = false;
  for (const { column, key, value } of yamlLines(text)) {
    const last = entries.at(-1);
    if (column === 0) {
      section = key ?? '';
      hasPackages ||= section === 'packages';
    } else if (section === 'packages' && key !== null && (last === undefined || column <= last.column)) {
      entries.push({ name: key, column, inner: 0, source: '', version: '' });
    } else if (section === 'packages' && key !== null && last !== undefined) {
      last.inner = last.inner === 0 ? column : last.inner;
      setField(last, column, key, value);
    }
  }
  return hasPackages ? entries : null;
}

function setField(entry: Entry, column: number, key: string, value: string): void {
  if (column === entry.inner && (key === 'source' || key === 'version')) {
    entry[key] = value;
  }
}
