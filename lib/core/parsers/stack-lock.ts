import { type PackageList, packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';
import { yamlLines } from './yaml-lines.ts';

/** `stack.yaml.lock` of Stack. Of the packages of a snapshot it names the snapshot alone. */
export const stackLock = textParser({
  id: 'hackage/stack-lock',
  declares: true,
  wants: (path) => /(?:^|\/)stack\.yaml\.lock$/.test(path) && !isUnpacked(path),
  parse: parseStackLock,
});

/** The exact versions under `extra-deps` of `stack.yaml`. */
export const stackYaml = textParser({
  id: 'hackage/stack-yaml',
  declares: true,
  wants: (path) => /(?:^|\/)stack\.yaml$/.test(path) && !isUnpacked(path),
  bytesMax: 4 * 1024 * 1024,
  parse: parseStackYaml,
});

/** `HTTP-4000.3.16@sha256:…,5947`: the version is what follows the last hyphen. */
const PACKAGE = /^([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)-([0-9]+(?:\.[0-9]+)*)(?:@(?:sha256|rev):[^\s]+)?$/;
const SNAPSHOT = 'the packages of the snapshot are not named in the file';

export function parseStackLock(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'hackage', packageManager: 'OTHER' });
  const place = { section: '', block: '', column: 0, name: '', version: '' };
  const finish = (): void => {
    if (place.name !== '' && place.version !== '') {
      list.add({ name: place.name, version: place.version });
    } else if (place.name !== '') {
      list.malformed(place.name);
    }
    place.name = '';
    place.version = '';
  };
  let isLock = false;
  for (const { column, isItem, key, value } of yamlLines(text)) {
    if (column === 0) {
      finish();
      place.section = key ?? '';
      isLock ||= key === 'packages' || key === 'snapshots';
    } else if (isItem || column <= place.column) {
      finish();
      place.column = column;
      place.block = key ?? '';
      if (place.section === 'snapshots' && isItem) {
        list.leaveOut(SNAPSHOT);
      }
    } else if (place.section === 'packages' && place.block === 'completed') {
      if (key === 'hackage') {
        addPackage(list, value);
      } else if (key === 'name' || key === 'version') {
        place[key] = value;
      }
    }
  }
  finish();
  return isLock ? list.result() : unreadable(path, 'The file is no lock file of Stack.');
}

export function parseStackYaml(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'hackage', packageManager: 'OTHER' });
  let section = '';
  let isProject = false;
  for (const { column, isItem, key, value } of yamlLines(text)) {
    if (!isItem && column === 0) {
      section = key ?? '';
      isProject ||= section === 'resolver' || section === 'snapshot' || section === 'extra-deps';
      if (section === 'resolver' || section === 'snapshot') {
        list.leaveOut(SNAPSHOT);
      }
    } else if (isItem && section === 'extra-deps' && (key === null || key === 'git' || key === 'archive')) {
      if (key === null && PACKAGE.test(value)) {
        addPackage(list, value);
      } else {
        list.leaveOut('folders, archives and repositories have no version in the file');
      }
    }
  }
  return isProject ? list.result() : unreadable(path, 'The file is no project of Stack.');
}

function addPackage(list: PackageList, text: string): void {
  const [, name = '', version = ''] = PACKAGE.exec(text) ?? [];
  if (name === '') {
    list.malformed(text);
  } else {
    list.add({ name, version });
  }
}
