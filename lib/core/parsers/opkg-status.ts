import { unreadable } from './parse-result.ts';
import type { Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';
import { parseStanza } from './stanza.ts';

/**
 * The package database of opkg, on OpenWrt and systems built with Yocto. Nobody publishes advisories for its packages, so
 * it is counted and the inventory says that they are not assessed.
 */
export const opkgStatus: Parser = {
  id: 'os/opkg-status',
  reads: 'file',
  wants: (path) => /^(?:var|usr)\/lib\/opkg\/status$/.test(path),
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unreadable(path, `The package database ${read.reason}.`);
    }
    const count = countInstalled(read.text);
    return unreadable(
      path,
      `${count} packages of opkg are not assessed: nobody publishes advisories for the packages of this kind of system.`,
    );
  },
};

const BYTES_MAX = 64 * 1024 * 1024;
const FIELDS: ReadonlySet<string> = new Set(['package', 'status']);

function countInstalled(text: string): number {
  const stanzas = text
    .replaceAll('\r\n', '\n')
    .split(/\n\n+/)
    .map((paragraph) => parseStanza(paragraph, FIELDS));
  return stanzas.filter((stanza) => stanza.has('package') && stanza.get('status')?.split(' ')[2] === 'installed')
    .length;
}
