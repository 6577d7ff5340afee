import { languagePackage } from './language-package.ts';
import { isNpmName } from './npm-spelling.ts';
import { found, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { jsonObject } from './structured-text.ts';
import { textParser } from './text-parser.ts';

/** Packages that npm, pnpm or yarn unpacked: `node_modules/<name>/package.json`. Format: npm's package.json(5). */
export const npmPackage = textParser({
  id: 'npm/package',
  wants,
  bytesMax: 4 * 1024 * 1024,
  called: 'The manifest',
  parse: parseNpmPackage,
});

const PLACE = /(?:^|\/)node_modules\/(?:@[^/@]+\/)?[^/@.][^/]*\/package\.json$/;
/** Packages below such a folder are material for the tests of another package; nothing loads them. */
const MATERIAL = /\/(?:tests?|__tests__|fixtures?|__fixtures__|examples?)\//;

function wants(path: string): boolean {
  if (!path.endsWith('/package.json') || !PLACE.test(path)) {
    return false;
  }
  // A package may be called "test", so only what stands before its own node_modules folder counts.
  const first = path.indexOf('node_modules/');
  const last = path.lastIndexOf('node_modules/');
  return !MATERIAL.test(path.slice(first, last).replace(/node_modules\/(?:@[^/]+\/)?[^/]+\//g, 'package/'));
}

/** Reads one manifest. A private package cannot come from the registry, so no advisory speaks of it. */
export function parseNpmPackage(text: string, path: string): ParseResult {
  const manifest = jsonObject(text);
  if (manifest === null) {
    return unreadable(path, 'The manifest is not a JSON object.');
  }
  const { name, version } = manifest;
  if (manifest.private === true) {
    return noPackage(path, 'The package is private: no registry has it, and no advisory speaks of it.');
  }
  if (typeof name !== 'string' || !isNpmName(name)) {
    return noPackage(path, 'The manifest has no valid package name.');
  }
  if (typeof version !== 'string' || version.trim() === '' || version.length > 256) {
    return noPackage(path, `The manifest of ${name} has no version.`);
  }
  const pkg = languagePackage({ ecosystem: 'npm', name, version, packageManager: 'NODEPKG', path });
  return pkg === null ? noPackage(path, `The manifest of ${name} has no version.`) : found([pkg]);
}
