import { parse as parseToml } from 'smol-toml';
import type { Package } from '../model/package.ts';
import { asObject, asText } from '../model/raw.ts';
import { languagePackage } from './language-package.ts';
import { noPackage, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readBounded } from './read-bounded.ts';

/** Rust's lock file, versions 1 to 4. Crates of the workspace have no source and are left out. Format: the Cargo Book. */
export const cargoLock: Parser = {
  id: 'cargo/lock',
  reads: 'file',
  wants: (path) => /(?:^|\/)Cargo\.lock$/.test(path) && !/(?:^|\/)\.cargo\/registry\//.test(path),
  async parse(path, tree) {
    const read = await readBounded(tree, path, BYTES_MAX);
    return read.kind === 'text' ? parseCargoLock(read.text, path) : unreadable(path, `The lock file ${read.reason}.`);
  },
};

const BYTES_MAX = 32 * 1024 * 1024;
const PACKAGES_MAX = 200_000;

export function parseCargoLock(text: string, path: string): ParseResult {
  const crates = cratesOf(text);
  if (crates === null) {
    return unreadable(path, 'The lock file is not TOML with a list of packages.');
  }
  const packages = new Map<string, Package>();
  let strange = Math.max(0, crates.length - PACKAGES_MAX);
  let git = 0;
  for (const raw of crates.slice(0, PACKAGES_MAX)) {
    const { name, version, source } = asObject(raw) ?? {};
    const origin = asText(source) ?? '';
    const fields = { ecosystem: 'cargo', packageManager: 'CARGO', path } as const;
    const pkg = languagePackage({ ...fields, name: asText(name) ?? '', version: asText(version) ?? '' });
    if (pkg === null) {
      strange += 1;
    } else if (/^(?:registry|sparse|git)\+/.test(origin)) {
      git += origin.startsWith('git+') ? 1 : 0;
      packages.set(pkg.purl, pkg);
    }
  }
  return result([...packages.values()], strange, git, path);
}

function result(packages: readonly Package[], strange: number, git: number, path: string): ParseResult {
  if (strange > 0) {
    return unreadable(path, `${strange} packages of the lock file were not read.`, packages);
  }
  if (packages.length === 0) {
    return noPackage(path, 'The lock file names no crate but those of its own workspace.');
  }
  const message = `${git} crates come from a repository, so they may differ from the released version that they state.`;
  return { packages, diagnostics: git === 0 ? [] : [{ level: 'info', path, message }], complete: true };
}

function cratesOf(text: string): readonly unknown[] | null {
  try {
    const lock = asObject(parseToml(text.replace(/^\uFEFF/, '')));
    const crates = lock?.package ?? [];
    return lock !== null && Array.isArray(crates) ? crates : null;
  } catch {
    // A broken document is an expected thing in the data; the caller says so.
    return null;
  }
}
