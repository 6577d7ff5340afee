import { createLockPackages, type LockPackages } from './lock-packages.ts';
import { isArchive, isNpmName, isNpmVersion, splitNpmName } from './npm-spelling.ts';
import type { ParseResult } from './parser.ts';
import { indentOf, textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/**
 * yarn.lock of yarn 1 and of berry, line by line: both write one entry for each set of descriptors, its fields indented
 * below it. Formats: the parsers of yarn 1 and of `@yarnpkg/parsers` (syml). A YAML reader would take a minute for what
 * takes a second here.
 */
export const yarnLock = textParser({
  id: 'npm/yarn-lock',
  declares: true,
  wants: (path) => /(?:^|\/)yarn\.lock$/.test(path) && !isUnpacked(path),
  bytesMax: 64 * 1024 * 1024,
  called: 'The lock file',
  parse: parseYarnLock,
});

const LOCAL = 'folders of the project';
const FIELDS: ReadonlySet<string> = new Set(['version', 'resolution', 'resolved', 'name']);
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})/;

interface Entry {
  readonly key: string;
  indent: number;
  readonly fields: Map<string, string>;
}

export function parseYarnLock(text: string, path: string): ParseResult {
  const found = createLockPackages({ ecosystem: 'npm', packageManager: 'YARN', path, isName: isNpmName });
  for (const entry of entriesOf(text, found)) {
    if (found.isFull()) {
      break;
    }
    if (entry.key !== '__metadata') {
      addEntry(entry, found);
    }
  }
  return found.result();
}

function* entriesOf(text: string, found: LockPackages): Generator<Entry> {
  let entry: Entry | null = null;
  let longKey: string | null = null;
  for (const line of textLines(text)) {
    const indent = indentOf(line);
    if (indent === line.length || line[indent] === '#') {
      continue;
    }
    if (indent > 0) {
      addField(entry, line, indent);
      continue;
    }
    if (line.startsWith('? ')) {
      // Keys past 1,024 signs are written as `? key`, with the colon on a line of its own.
      longKey = line.slice(2);
      continue;
    }
    const key = line.trim() === ':' ? longKey : keyOf(line);
    longKey = null;
    if (key === null) {
      found.doubt(CONFLICT.test(line) ? 'a mark of an unresolved merge' : line);
      continue;
    }
    if (entry !== null) {
      yield entry;
    }
    entry = { key: unquoted(key), indent: 0, fields: new Map() };
  }
  if (entry !== null) {
    yield entry;
  }
}

function keyOf(line: string): string | null {
  const trimmed = line.trimEnd();
  return trimmed.endsWith(':') && trimmed.length > 1 ? trimmed.slice(0, -1) : null;
}

/** Only the first level below the entry: what stands deeper are the names of other packages. */
function addField(entry: Entry | null, line: string, indent: number): void {
  if (entry === null) {
    return;
  }
  entry.indent ||= indent;
  const field = /^("?)([a-z]+)\1(?::\s|\s)/.exec(line.slice(indent, indent + 16));
  if (indent === entry.indent && field?.[2] !== undefined && FIELDS.has(field[2])) {
    entry.fields.set(field[2], unquoted(line.slice(indent + field[0].length).trim()));
  }
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function addEntry({ key, fields }: Entry, found: LockPackages): void {
  const resolution = fields.get('resolution');
  const origin = resolution === undefined ? classicOrigin(key, fields) : berryOrigin(resolution);
  const version = fields.get('version');
  if (version === undefined) {
    found.doubt(key);
  } else if (origin === null || version === '0.0.0-use.local') {
    found.leaveOut(LOCAL, resolution ?? key);
  } else if (isNpmVersion(version)) {
    found.add(origin, version);
  } else {
    found.doubt(`${key}: ${version}`);
  }
}

/** The name behind a descriptor of yarn 1, such as `cjs@npm:real@^1.0.0`; null for a folder. An archive has an address. */
function classicOrigin(key: string, fields: ReadonlyMap<string, string>): string | null {
  if (/@(?:file|link|portal):/.test(key) && !fields.has('resolved')) {
    return null;
  }
  const { name, rest } = splitNpmName(key.replaceAll('"', '').split(', ', 1)[0] ?? key);
  const alias = rest.startsWith('npm:') ? splitNpmName(rest.slice('npm:'.length)).name : '';
  return fields.get('name') ?? (/^[@a-z]/i.test(alias) && isNpmName(alias) ? alias : name);
}

/** The name of a locator of berry, such as `real@npm:1.0.0`; null for a folder. A patch names what it patches. */
function berryOrigin(resolution: string): string | null {
  const { name, rest } = splitNpmName(resolution);
  const reference = rest.replace(/^virtual:[^#]{0,200}#/, '');
  if (reference.startsWith('patch:')) {
    const source = reference
      .slice('patch:'.length, 600)
      .replace(/%2[fF]/g, '/')
      .replaceAll('%40', '@');
    const patched = splitNpmName(source).name;
    return isNpmName(patched) ? patched : name;
  }
  const [place = ''] = reference.split(/#|::/, 1);
  return /^(?:workspace|link|portal):/.test(place) || (place.startsWith('file:') && !isArchive(place)) ? null : name;
}
