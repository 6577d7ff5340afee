import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';
import { yamlLines } from './yaml-lines.ts';

/** `Podfile.lock` of CocoaPods. A subspec such as `AppCenter/Core` is a part of its pod and not a package. */
export const podfileLock = textParser({
  id: 'cocoapods/podfile-lock',
  declares: true,
  wants: (path) => /(?:^|\/)Podfile\.lock$/.test(path) && !isUnpacked(path),
  parse: parsePodfileLock,
});

const POD = /^([^\s/()]+)(?:\/[^\s()]+)? \(([^\s()]+)\)$/;
const SECTIONS: ReadonlySet<string> = new Set(['PODS', 'DEPENDENCIES', 'SPEC CHECKSUMS', 'COCOAPODS']);

interface PodfileLock {
  readonly pods: string[];
  /** Pods of a folder of the project, from `EXTERNAL SOURCES`. */
  readonly local: Set<string>;
}

export function parsePodfileLock(text: string, path: string): ParseResult {
  const lock = readSections(text);
  if (lock === null) {
    return unreadable(path, 'The file is no lock file of CocoaPods.');
  }
  const list = packageList({ path, ecosystem: 'cocoapods', packageManager: 'OTHER' });
  for (const pod of lock.pods) {
    const [, name = '', version = ''] = POD.exec(pod) ?? [];
    if (name === '') {
      list.malformed(pod);
    } else if (lock.local.has(name)) {
      list.leaveOut('pods of a folder of the project');
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}

function readSections(text: string): PodfileLock | null {
  const lock: PodfileLock = { pods: [], local: new Set() };
  let section = '';
  let isLock = false;
  let source = '';
  for (const { column, isItem, key, value } of yamlLines(text)) {
    if (column === 0) {
      section = key ?? '';
      isLock ||= SECTIONS.has(section);
    } else if (section === 'PODS' && isItem && column === 4) {
      lock.pods.push(key ?? value);
    } else if (section === 'EXTERNAL SOURCES' && key !== null) {
      source = column === 2 ? key : source;
      if (key === ':path') {
        lock.local.add(source.split('/', 1)[0] ?? source);
      }
    }
  }
  return isLock ? lock : null;
}
