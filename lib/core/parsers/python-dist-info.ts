import type { FileTree } from '../ports/file-tree.ts';
import { languagePackage } from './language-package.ts';
import { found, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { isPypiName } from './pypi-spelling.ts';
import { parseStanza } from './stanza.ts';

/**
 * Packages that pip or setuptools installed: `*.dist-info/METADATA`, `*.egg-info/PKG-INFO`, and the single `*.egg-info`
 * file of distutils. Format: Python's core metadata specification; only the header block is read.
 */
export const pythonDistInfo: Parser = {
  id: 'pypi/dist-info',
  reads: 'file',
  wants: (path) => PLACE.test(path) && !MATERIAL.test(path),
  async parse(path, tree) {
    const header = await readHeader(tree, path);
    if (header === null) {
      return unreadable(path, 'The metadata could not be read.');
    }
    return parseMetadata(header, path);
  },
};

/** In any case of letters, since some file systems and tools change it. */
const PLACE = /(?:[./]dist-info\/METADATA|[./]egg-info\/PKG-INFO|\.egg-info)$/i;
const MATERIAL = /\/(?:tests?|__tests__|fixtures?)\/(?:.*\/)?[^/]+\.(?:dist|egg)-info(?:\/|$)/;
const FIELDS: ReadonlySet<string> = new Set(['name', 'version']);
const FIRST_BYTES = 16 * 1024;
const HEADER_BYTES_MAX = 1024 * 1024;

/** Name and version stand in front, the long description follows a blank line: most files need one small read. */
async function readHeader(tree: FileTree, path: string): Promise<string | null> {
  for (const end of [FIRST_BYTES, HEADER_BYTES_MAX]) {
    const bytes = await tree.read(path, { start: 0, end });
    if (bytes === null) {
      return null;
    }
    const text = new TextDecoder()
      .decode(bytes)
      .replaceAll('\r\n', '\n')
      .replace(/^\uFEFF/, '');
    const blank = text.indexOf('\n\n');
    if (blank !== -1 || bytes.length < end) {
      return blank === -1 ? text : text.slice(0, blank);
    }
    if (end === HEADER_BYTES_MAX) {
      return text;
    }
  }
  return null;
}

export function parseMetadata(header: string, path: string): ParseResult {
  const stanza = parseStanza(header, FIELDS);
  const name = stanza.get('name') ?? '';
  const version = stanza.get('version') ?? '';
  if (!isPypiName(name) || version === '' || version.length > 256) {
    return unreadable(path, 'The metadata has no readable name and version.');
  }
  const pkg = languagePackage({ ecosystem: 'pypi', name, version, packageManager: 'PYTHONPKG', path });
  return pkg === null ? unreadable(path, 'The metadata has no readable name and version.') : found([pkg]);
}
