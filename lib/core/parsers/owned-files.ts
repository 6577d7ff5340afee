import { textLines } from './text-lines.ts';

/** Last parts of the paths by which language parsers tell packages. */
const MANIFEST =
  /^(?:METADATA|PKG-INFO|DESCRIPTION|package\.json|installed\.json|version\.php)$|\.(?:egg-info|gemspec|jar|war|ear|app|deps\.json)$/;
/** Executables and libraries, which may be told by what is written in them. */
const EXECUTABLE_FOLDER = /(?:^|\/)s?bin\/$/;
const LIBRARY = /\.so(?:\.[0-9.]+)?$/;

/**
 * Whether a file of a package that the distribution built and patches might be counted a second time, by what it is. Only
 * these are kept of the lists of a package database, which name every file of a system. `folder` ends with a slash.
 */
export function isEvidence(folder: string, name: string): boolean {
  return MANIFEST.test(name) || EXECUTABLE_FOLDER.test(folder) || LIBRARY.test(name);
}

/** Paths of a list, one a line, that may be counted a second time. */
export function evidenceIn(text: string): readonly string[] {
  const places: string[] = [];
  for (const line of textLines(text)) {
    const end = line.lastIndexOf('/') + 1;
    if (isEvidence(line.slice(0, end), line.slice(end))) {
      places.push(...placesOf(line));
    }
  }
  return places;
}

/**
 * The paths inside the root by which a file that a database lists may be met: where `/lib` is a link to `/usr/lib`, databases
 * name files by either.
 */
export function placesOf(path: string): readonly string[] {
  const inside = path.replace(/^\/+/, '');
  return /^(?:bin|sbin|lib|lib64)\//.test(inside) ? [inside, `usr/${inside}`] : [inside];
}
