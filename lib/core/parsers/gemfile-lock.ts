import { packageList } from './package-list.ts';
import { unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textLines } from './text-lines.ts';
import { isUnpacked, textParser } from './text-parser.ts';

/** Bundler's lock file: `Gemfile.lock`, `gems.locked` and those of other Gemfiles. Format: bundler, lockfile_parser.rb. */
export const gemfileLock = textParser({
  id: 'rubygems/gemfile-lock',
  declares: true,
  wants: (path) => PLACE.test(path) && !isUnpacked(path),
  parse: parseGemfileLock,
});

const PLACE = /(?:^|\/)(?:Gemfile(?:\.[A-Za-z0-9_-]+)?\.lock|gems\.locked)$/;
const SECTIONS: ReadonlySet<string> = new Set([
  'GEM',
  'GIT',
  'PATH',
  'PLUGIN SOURCE',
  'PLATFORMS',
  'DEPENDENCIES',
  'CHECKSUMS',
  'RUBY VERSION',
  'BUNDLED WITH',
]);
const SOURCES: ReadonlySet<string> = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE']);
/** `nokogiri (1.15.0-x86_64-linux)`: a version of RubyGems has no hyphen, so what follows one is the platform. */
const SPEC = /^ {4}([^\s()!]+) \(([^\s()-]+)(?:-[^\s()]+)?\)$/;

export function parseGemfileLock(text: string, path: string): ParseResult {
  const list = packageList({ path, ecosystem: 'rubygems', packageManager: 'BUNDLER' });
  let section = '';
  let isLock = false;
  let inSpecs = false;
  for (const line of textLines(text)) {
    if (/^\S/.test(line)) {
      section = line.trimEnd();
      isLock ||= SECTIONS.has(section);
      inSpecs = false;
    } else if (line.trimEnd() === '  specs:') {
      inSpecs = SOURCES.has(section);
    } else if (inSpecs && /^ {4}\S/.test(line)) {
      const [, name = '', version = ''] = SPEC.exec(line.trimEnd()) ?? [];
      if (name === '') {
        list.malformed(line.trim());
      } else if (section === 'PATH') {
        list.leaveOut('gems of a folder of the project');
      } else {
        list.add({ name, version });
      }
    }
  }
  return isLock ? list.result() : unreadable(path, 'The file is no lock file of Bundler.');
}
