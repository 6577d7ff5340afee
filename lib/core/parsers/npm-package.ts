import type { ParseResult, Parser } from './parser.ts';
import { toPurl } from './purl.ts';
import { readBounded } from './read-bounded.ts';

/** Packages that npm, pnpm or yarn unpacked: `node_modules/<name>/package.json`. Format: npm's package.json(5). */
export const npmPackage: Parser = {
  id: 'npm/package',
  packageManager: 'NPM',
  wants,
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    if (read.kind === 'unreadable') {
      return unread(path, `The manifest ${read.reason}.`);
    }
    return parseNpmPackage(read.text, path);
  },
};

const BYTES_MAX = 4 * 1024 * 1024;
const PLACE = /(?:^|\/)node_modules\/(?:@[^/@]+\/)?[^/@.][^/]*\/package\.json$/;
/** Packages below such a folder are material for the tests of another package; nothing loads them. */
const MATERIAL = /\/(?:tests?|__tests__|fixtures?|__fixtures__|examples?)\//;
const NAME = /^(?:@[A-Za-z0-9*~._-]+\/)?[A-Za-z0-9*~._!'()-]+$/;
const NAME_LENGTH_MAX = 214;

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
  const manifest = parseObject(text);
  if (manifest === null) {
    return unread(path, 'The manifest is not a JSON object.');
  }
  const { name, version } = manifest;
  if (manifest.private === true) {
    return { packages: [], diagnostics: [], complete: true };
  }
  if (typeof name !== 'string' || name.length > NAME_LENGTH_MAX || !NAME.test(name)) {
    return without(path, 'The manifest has no valid package name.');
  }
  if (typeof version !== 'string' || version.trim() === '' || version.length > 256) {
    return without(path, `The manifest of ${name} has no version.`);
  }
  // The purl of npm is lower case by its specification; the name beside it keeps the case that tells packages apart.
  const slash = name.indexOf('/');
  const purl = toPurl({
    type: 'npm',
    namespace: slash === -1 ? null : name.slice(0, slash),
    name: name.slice(slash + 1),
    version: version.trim(),
    qualifiers: {},
  });
  const found = {
    ecosystem: 'npm',
    name,
    version: version.trim(),
    architecture: null,
    sourceName: null,
    sourceVersion: null,
    purl,
    packageManager: 'NPM',
    path,
    layer: null,
  } as const;
  return { packages: [found], diagnostics: [], complete: true };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    // Windows tools put a byte order mark in front, which npm also drops.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    // A broken manifest is an expected thing in the data; the caller turns it into a diagnostic.
    return null;
  }
}

/** Folders without a name or version are no packages: worth a word, but nothing is missing. */
function without(path: string, message: string): ParseResult {
  return { packages: [], diagnostics: [{ level: 'info', path, message }], complete: true };
}

function unread(path: string, message: string): ParseResult {
  return { packages: [], diagnostics: [{ level: 'warning', path, message }], complete: false };
}
