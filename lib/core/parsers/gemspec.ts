import { languagePackage } from './language-package.ts';
import { excerpt, found, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { textParser } from './text-parser.ts';

/**
 * Gems that are installed: files named `.gemspec` below a folder `specifications`. RubyGems writes these files itself and always with literals,
 * so name and version are read by their text; the file is a program, and it is never run.
 */
export const gemspec = textParser({
  id: 'rubygems/gemspec',
  wants: (path) => PLACE.test(path),
  bytesMax: 1024 * 1024,
  parse: parseGemspec,
});

const PLACE = /(?:^|\/)specifications\/(?:[^/]+\/){0,2}[^/]+\.gemspec$/;
const BLOCK = /^[ \t]*Gem::Specification\.new[ \t]+do[ \t]*\|([a-z_]\w{0,40})\|/m;
const LITERAL = /^(?:Gem::Version\.new\()?(?:%q\{([^{}\n]*)\}|"([^"\\#\n]*)"|'([^'\\\n]*)')/;

export function parseGemspec(text: string, path: string): ParseResult {
  const variable = BLOCK.exec(text)?.[1];
  if (variable === undefined) {
    return unreadable(path, 'The file has no block of a gem specification.');
  }
  const name = literalOf(text, `${variable}.name`);
  const version = literalOf(text, `${variable}.version`);
  if (name === null || version === null) {
    const missing = name === null ? 'name' : `version of ${excerpt(name)}`;
    return unreadable(path, `The ${missing} is not written as a literal, and nothing is run to learn it.`);
  }
  const pkg = languagePackage({ ecosystem: 'rubygems', name, version, packageManager: 'GEMSPEC', path });
  return pkg === null ? unreadable(path, 'The specification has no readable name and version.') : found([pkg]);
}

/** The text that the first assignment to `target` gives; null where it is anything but a literal. */
function literalOf(text: string, target: string): string | null {
  for (const raw of textLines(text)) {
    const line = raw.trim();
    if (line.startsWith(target)) {
      const assigned = /^[ \t]*=[ \t]*(?![=~])(.*)$/.exec(line.slice(target.length))?.[1];
      if (assigned !== undefined) {
        const literal = LITERAL.exec(assigned);
        return literal?.[1] ?? literal?.[2] ?? literal?.[3] ?? null;
      }
    }
  }
  return null;
}
