import type { FileTree } from '../ports/file-tree.ts';
import { languagePackage } from './language-package.ts';
import { excerpt, found, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { textLines } from './text-lines.ts';
import { plainText, textParser } from './text-parser.ts';

/** WordPress itself: `$wp_version` in `wp-includes/version.php`, read by its text. */
export const wordpressCore = textParser({
  id: 'wordpress/core',
  wants: (path) => /(?:^|\/)wp-includes\/version\.php$/.test(path),
  bytesMax: 1024 * 1024,
  parse: parseWordpressVersion,
});

/** Plugins by the header of a PHP file in their folder, as WordPress finds them itself. */
export const wordpressPlugin: Parser = {
  id: 'wordpress/plugin',
  reads: 'file',
  wants: (path) => PLUGIN.test(path),
  parse: async (path, tree) => parsePluginHeader(await readHead(tree, path), path),
};

/** Plugins by `Stable tag` of their `readme.txt`, where their own header cannot be read: releases do not always keep it. */
export const wordpressReadme: Parser = {
  id: 'wordpress/readme',
  reads: 'tree',
  wants: (path) => README.test(path),
  alsoReads: (path) => /(?:^|\/)wp-content\/plugins\/([^/]+)\/\1\.php$/.test(path),
  async parse(path, tree) {
    const slug = README.exec(path)?.[1] ?? '';
    const main = `${path.slice(0, path.lastIndexOf('/'))}/${slug}.php`;
    const header = parsePluginHeader(await readHead(tree, main), main);
    return header.packages.length > 0 ? found([]) : parsePluginReadme(await readHead(tree, path), path);
  },
};

/** Themes by the header of their `style.css`. */
export const wordpressTheme: Parser = {
  id: 'wordpress/theme',
  reads: 'file',
  wants: (path) => THEME.test(path),
  parse: async (path, tree) => parseThemeHeader(await readHead(tree, path), path),
};

const PLUGIN = /(?:^|\/)wp-content\/(?:mu-)?plugins\/([^/]+)(?:\/[^/]+\.php|(?<=\.php))$/;
const README = /(?:^|\/)wp-content\/plugins\/([^/]+)\/(?:readme|README)\.txt$/;
const THEME = /(?:^|\/)wp-content\/themes\/([^/]+)\/style\.css$/;
/** WordPress itself looks no further than this for a header. */
const HEAD_BYTES = 8 * 1024;
const CORE_VERSION = /^[ \t]*\$wp_version[ \t]*=[ \t]*(?:'([^'\n]{1,64})'|"([^"\n$]{1,64})")[ \t]*;/m;

export function parseWordpressVersion(text: string, path: string): ParseResult {
  const [, single, double] = CORE_VERSION.exec(withoutBlockComments(text)) ?? [];
  const version = single ?? double;
  return version === undefined
    ? unreadable(path, 'The file does not set $wp_version to a literal.')
    : onePackage('wordpress', version, path);
}

export function parsePluginHeader(head: string | null, path: string): ParseResult {
  if (head === null) {
    return unreadable(path, 'The file could not be read.');
  }
  const slug = (PLUGIN.exec(path)?.[1] ?? '').replace(/\.php$/, '');
  // Most PHP files in the folder of a plugin are parts of it without a header.
  if (slug === '' || headerField(head, 'Plugin Name') === null) {
    return found([]);
  }
  const version = headerField(head, 'Version');
  return version === null
    ? noPackage(path, `The header of the plugin ${excerpt(slug)} has no version.`)
    : onePackage(`plugin/${slug}`, version, path);
}

export function parsePluginReadme(head: string | null, path: string): ParseResult {
  if (head === null) {
    return unreadable(path, 'The file could not be read.');
  }
  const slug = README.exec(path)?.[1] ?? '';
  const version = headerField(head, 'Stable tag');
  if (version === null || version.toLowerCase() === 'trunk') {
    return noPackage(path, 'The readme names no stable tag that is a version.');
  }
  return onePackage(`plugin/${slug}`, version, path, 'medium');
}

export function parseThemeHeader(head: string | null, path: string): ParseResult {
  if (head === null) {
    return unreadable(path, 'The file could not be read.');
  }
  const slug = THEME.exec(path)?.[1] ?? '';
  const version = headerField(head, 'Version');
  return headerField(head, 'Theme Name') === null || version === null
    ? noPackage(path, 'The style sheet has no header of a theme with a version.')
    : onePackage(`theme/${slug}`, version, path);
}

function onePackage(name: string, version: string, path: string, confidence?: 'medium'): ParseResult {
  const sure = confidence === undefined ? {} : { confidence };
  const pkg = languagePackage({ ecosystem: 'wordpress', name, version, packageManager: 'OTHER', path, ...sure });
  return pkg === null ? unreadable(path, `The version of ${excerpt(name)} is none.`) : found([pkg]);
}

/** ` * Version: 1.2.3` or `Version: 1.2.3`; of a field that is written twice the first counts. */
function headerField(head: string, field: string): string | null {
  const wanted = `${field.toLowerCase()}:`;
  for (const raw of textLines(head)) {
    const line = raw.replace(/^(?:<\?php)?[ \t/*#@]*/, '');
    if (line.toLowerCase().startsWith(wanted)) {
      const rest = line.slice(wanted.length);
      const end = rest.search(/\*\/|\?>/);
      const value = rest.slice(0, end === -1 ? rest.length : end).trim();
      return value === '' ? null : value;
    }
  }
  return null;
}

async function readHead(tree: FileTree, path: string): Promise<string | null> {
  const bytes = await tree.read(path, { start: 0, end: HEAD_BYTES });
  return bytes === null ? null : plainText(new TextDecoder().decode(bytes)).replaceAll('\r', '\n');
}

function withoutBlockComments(text: string): string {
  const parts: string[] = [];
  let start = 0;
  for (;;) {
    const open = text.indexOf('/*', start);
    const close = open === -1 ? -1 : text.indexOf('*/', open + 2);
    parts.push(text.slice(start, open === -1 ? text.length : open));
    if (close === -1) {
      return parts.join('');
    }
    start = close + 2;
  }
}
