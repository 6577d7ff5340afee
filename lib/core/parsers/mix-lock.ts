import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** `mix.lock` of Elixir: a map in the language itself, read by its text and never evaluated. */
export const mixLock = textParser({
  id: 'hex/mix-lock',
  declares: true,
  wants: (path) => /(?:^|\/)mix\.lock$/.test(path) && !isUnpacked(path),
  parse: parseMixLock,
});

/** `"key": {:hex,` — nested dependencies are written `{:key, "~> 1.0", …}` and do not match. */
const ENTRY = /"([^"\n]{1,512})":[ \t]*\{:(hex|package|git|path)\b,?/g;
const HEX = /[ \t]*:"?([A-Za-z0-9_.]{1,200})"?,[ \t]*"([^"\n]{1,256})"/y;
const OLD_HEX = /[ \t]*"([^"\n]{1,256})"/y;

export function parseMixLock(text: string, path: string): ParseResult {
  if (!/^\s*(?:#.*\n\s*)*%\{/.test(text)) {
    return unreadable(path, 'The file is no lock file of Mix.');
  }
  const list = packageList({ path, ecosystem: 'hex', packageManager: 'OTHER' });
  for (const entry of text.matchAll(ENTRY)) {
    const [whole, key = '', source] = entry;
    const at = entry.index + whole.length;
    if (source === 'git' || source === 'path') {
      list.leaveOut(`packages by ${source} have no version in the file`);
      continue;
    }
    const [, name = '', version = ''] = source === 'hex' ? matchAt(HEX, text, at) : withName(key, text, at);
    if (name === '') {
      list.malformed(key);
    } else if (isPrivate(text, at)) {
      list.leaveOut('packages of an organization are not those of the public registry');
    } else {
      list.add({ name, version });
    }
  }
  return list.result();
}

/** Locks of 2014 have the version alone: `{:package, "0.5.0"}`. */
function withName(key: string, text: string, at: number): readonly string[] {
  const version = matchAt(OLD_HEX, text, at)[1];
  return version === undefined ? [] : ['', key, version];
}

function matchAt(pattern: RegExp, text: string, at: number): readonly string[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

/** The repository stands behind the last list of the line: `[], "hexpm:acme", "hash"}`. */
function isPrivate(text: string, at: number): boolean {
  const newline = text.indexOf('\n', at);
  const line = text.slice(at, Math.min(newline === -1 ? text.length : newline, at + 64 * 1024));
  const repository = line.slice(line.lastIndexOf('], "') + 4);
  return repository.startsWith('hexpm:');
}
