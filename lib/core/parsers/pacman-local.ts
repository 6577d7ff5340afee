import type { Distro } from '../model/package.ts';
import { osPackage } from './os-package.ts';
import { evidenceIn } from './owned-files.ts';
import { excerpt, found, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';

/** The package database of pacman: one folder per package, with a file of fields. Format: the sources of libalpm, be_local.c. */
export const pacmanLocal: Parser = {
  id: 'os/pacman-local',
  reads: 'tree',
  wants: (path) => /^var\/lib\/pacman\/local\/[^/]+\/desc$/.test(path),
  alsoReads: (path) => /^var\/lib\/pacman\/local\/[^/]+\/files$/.test(path),
  async parse(path, tree, { distro }) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The package's entry ${read.reason}.`);
    }
    const files = await readBounded(tree, `${path.slice(0, -'desc'.length)}files`, FILES_BYTES_MAX);
    const result = parsePacmanDesc(read.text, path, distro);
    return files.kind === 'text' ? { ...result, owned: evidenceIn(files.text) } : result;
  },
};

const BYTES_MAX = 1024 * 1024;
const FILES_BYTES_MAX = 64 * 1024 * 1024;
const FIELDS: ReadonlySet<string> = new Set(['%NAME%', '%VERSION%', '%BASE%', '%ARCH%']);

/** Reads the fields of one package: a name between percent signs, then its values, one a line, then an empty line. */
export function parsePacmanDesc(text: string, path: string, distro: Distro | null): ParseResult {
  const fields = fieldsOf(text);
  const name = fields.get('%NAME%') ?? '';
  const version = fields.get('%VERSION%') ?? '';
  const pkg = osPackage(
    {
      ecosystem: 'arch',
      purlType: 'alpm',
      namespace: distro?.id ?? 'arch',
      name,
      version,
      architecture: fields.get('%ARCH%') ?? null,
      sourceName: fields.get('%BASE%') ?? name,
      sourceVersion: version,
      path,
    },
    distro,
  );
  // The folder is called after name and version, so a file that was cut or garbled contradicts it.
  return pkg !== null && path.split('/').at(-2) === `${name}-${version}`
    ? found([pkg])
    : unreadable(path, `The package's entry was skipped: it says "${excerpt(name)}" at version "${excerpt(version)}".`);
}

function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let field = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') {
      field = '';
    } else if (field === '') {
      field = line;
    } else if (FIELDS.has(field) && !fields.has(field)) {
      fields.set(field, line);
    }
  }
  return fields;
}
