import { addConanReference } from './conan-reference.ts';
import { type PackageList, packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** What a package in Conan's cache was built with: `conaninfo.txt`, section `full_requires`, and itself by its folder. */
export const conanInfo = textParser({
  id: 'conan/info',
  wants: (path) => /(?:^|\/)conaninfo\.txt$/.test(path),
  bytesMax: 4 * 1024 * 1024,
  parse: parseConanInfo,
});

/** `conanfile.txt`: what it requires in exact versions. */
export const conanFile = textParser({
  id: 'conan/file',
  declares: true,
  wants: (path) => /(?:^|\/)conanfile\.txt$/.test(path) && !isUnpacked(path),
  bytesMax: 4 * 1024 * 1024,
  parse: parseConanFile,
});

const REQUIRES: ReadonlySet<string> = new Set(['requires', 'build_requires', 'tool_requires', 'test_requires']);
/** `<name>/<version>/<user>/<channel>/package/<id>/conaninfo.txt`, with `_` for user and channel where there is none. */
const CACHE = /(?:^|\/)([^/]+)\/([^/]+)\/[^/]+\/[^/]+\/package\/[^/]+\/conaninfo\.txt$/;

export function parseConanInfo(text: string, path: string): ParseResult {
  const lines = sectionLines(text, new Set(['full_requires']));
  if (!/^\[settings\]/m.test(text) && lines === null) {
    return unreadable(path, 'The file has none of the sections that Conan writes.');
  }
  const list = packageList({ path, ecosystem: 'conan', packageManager: 'OTHER' });
  const [, name, version] = CACHE.exec(path) ?? [];
  if (name !== undefined && version !== undefined) {
    list.add({ name, version });
  }
  for (const line of lines ?? []) {
    addConanReference(list, line);
  }
  return list.result();
}

export function parseConanFile(text: string, path: string): ParseResult {
  const lines = sectionLines(text, REQUIRES);
  if (lines === null && !/^\[[a-z_]+\]/m.test(text)) {
    return unreadable(path, 'The file has no section of requirements.');
  }
  const list = packageList({ path, ecosystem: 'conan', packageManager: 'OTHER' });
  for (const line of lines ?? []) {
    addPinned(list, line);
  }
  return list.result();
}

function addPinned(list: PackageList, line: string): void {
  if (/\/\s*\[/.test(line)) {
    list.leaveOut('ranges are no versions');
  } else {
    addConanReference(list, line);
  }
}

/** Lines of the sections of those names, without comments; null where there is no such section. */
function sectionLines(text: string, sections: ReadonlySet<string>): readonly string[] | null {
  const lines: string[] = [];
  let section = '';
  let found = false;
  for (const raw of textLines(text)) {
    const line = raw.replace(/^#.*$|\s#.*$/, '').trim();
    const header = /^\[([A-Za-z_]+)\]$/.exec(line)?.[1];
    if (header !== undefined) {
      section = header;
      found ||= sections.has(header);
    } else if (line !== '' && sections.has(section)) {
      lines.push(line);
    }
  }
  return found ? lines : null;
}
