import { packageList } from './package-list.ts';
import { noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `paket.lock` of Paket: the packages of its sections `NUGET`, in every group. */
export const paketLock = textParser({
  id: 'nuget/paket-lock',
  declares: true,
  wants: (path) => /(?:^|\/)paket\.lock$/.test(path) && !isUnpacked(path),
  parse: parsePaketLock,
});

/** Four blanks before a package, six before what it depends on. */
const PACKAGE = /^ {4}([^\s()]+) \(([^\s()]+)\)/;

export function parsePaketLock(text: string, path: string): ParseResult {
  if (text.trim() === '') {
    return noPackage(path, 'The file is empty.');
  }
  const list = packageList({ path, ecosystem: 'nuget', packageManager: 'NUGET' });
  let section = '';
  let isLock = false;
  for (const line of textLines(text)) {
    if (/^[A-Z]+(?: |$)/.test(line.trimEnd())) {
      section = line.trim().split(' ', 1)[0] ?? '';
      isLock ||= /^(?:NUGET|GITHUB|GIT|HTTP|GIST|GROUP)$/.test(section);
    } else if (/^ {4}\S/.test(line) && section !== '') {
      const [, name = '', version = ''] = PACKAGE.exec(line) ?? [];
      if (section !== 'NUGET') {
        list.leaveOut('files and repositories that are no packages of NuGet');
      } else if (name === '') {
        list.malformed(line.trim());
      } else {
        list.add({ name, version });
      }
    }
  }
  return isLock ? list.result() : unreadable(path, 'The file is no lock file of Paket.');
}
