import { languagePackage } from './language-package.ts';
import { found, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { parseStanza } from './stanza.ts';
import { textParser } from './text-parser.ts';

/** Packages that R installed: `library/<name>/DESCRIPTION`. Format: R's manual "Writing R Extensions", section 1.1.1. */
export const rDescription = textParser({
  id: 'cran/description',
  wants: (path) => PLACE.test(path),
  bytesMax: 1024 * 1024,
  parse: parseDescription,
});

/** renv puts release and platform between: `renv/library/R-4.2/x86_64-pc-linux-gnu/<name>/DESCRIPTION`. */
const PLACE = /(?:^|\/)(?:site-)?library\/(?:[^/]+\/){1,4}DESCRIPTION$/;
const FIELDS: ReadonlySet<string> = new Set(['package', 'version', 'priority', 'biocviews']);

export function parseDescription(text: string, path: string): ParseResult {
  const stanza = parseStanza(text, FIELDS);
  const name = stanza.get('package');
  const version = stanza.get('version');
  if (name === undefined || version === undefined) {
    return unreadable(path, 'The description has no package name and version.');
  }
  if (stanza.get('priority') === 'base') {
    return noPackage(path, 'The package is a part of R itself.');
  }
  if (stanza.has('biocviews')) {
    return noPackage(path, 'Packages of Bioconductor are not those of CRAN.');
  }
  const pkg = languagePackage({ ecosystem: 'cran', name, version, packageManager: 'OTHER', path });
  return pkg === null ? unreadable(path, 'The description has no readable name and version.') : found([pkg]);
}
