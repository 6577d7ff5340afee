import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `rebar.lock` of Erlang: terms of the language, read by their text. */
export const rebarLock = textParser({
  id: 'hex/rebar-lock',
  declares: true,
  wants: (path) => /(?:^|\/)rebar\.lock$/.test(path) && !isUnpacked(path),
  parse: parseRebarLock,
});

const SOURCE = /\{(pkg|git|git_subdir|hg),/g;
const ENTRY = /\{<<"[^"\n]{1,256}">>,\s{0,80}\{(?:pkg|git|git_subdir|hg),/g;
const PACKAGE = /\s*<<"([^"\n]{1,256})">>,\s*<<"([^"\n]{1,256})">>/y;

export function parseRebarLock(text: string, path: string): ParseResult {
  if (!/^\s*(?:\{"[0-9.]+",\s*)?\[/.test(text)) {
    return unreadable(path, 'The file is no lock file of rebar3.');
  }
  const list = packageList({ path, ecosystem: 'hex', packageManager: 'OTHER' });
  let sources = 0;
  for (const source of text.matchAll(SOURCE)) {
    sources += 1;
    if (source[1] !== 'pkg') {
      list.leaveOut('packages by repository have no version in the file');
      continue;
    }
    PACKAGE.lastIndex = source.index + source[0].length;
    const [, name = '', version = ''] = PACKAGE.exec(text) ?? [];
    if (name === '') {
      list.malformed(text.slice(source.index, source.index + 60));
    } else {
      list.add({ name, version });
    }
  }
  for (const _ of text.matchAll(ENTRY)) {
    sources -= 1;
  }
  if (sources !== 0) {
    list.malformed('a term that is cut off');
  }
  return list.result();
}
