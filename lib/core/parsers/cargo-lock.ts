import type { Package } from '../model/package.ts';
import { asObject, asText } from '../model/raw.ts';
import { languagePackage } from './language-package.ts';
import { noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { tomlObject } from './structured-text.ts';
import { textLines } from './text-lines.ts';
import { textParser } from './text-parser.ts';

/** Rust's lock file, versions 1 to 4. Crates of the workspace have no source and are left out. Format: the Cargo Book. */
export const cargoLock = textParser({
  id: 'cargo/lock',
  declares: true,
  wants: (path) => /(?:^|\/)Cargo\.lock$/.test(path) && !/(?:^|\/)\.cargo\/registry\//.test(path),
  called: 'The lock file',
  parse: parseCargoLock,
});

/** The general reader of TOML takes seconds for more. */
const TOML_LENGTH_MAX = 4 * 1024 * 1024;
const LINE_LENGTH_MAX = 4096;
const CRATES_MAX = 200_000;

type Crate = Readonly<Record<string, unknown>>;

interface Crates {
  readonly crates: readonly Crate[];
  /** Lines or crates that could not be read. */
  readonly strange: number;
}

export function parseCargoLock(text: string, path: string): ParseResult {
  const byLine = cratesByLine(text);
  const { crates, strange } = byLine.strange === 0 ? byLine : (cratesByToml(text) ?? byLine);
  const packages = new Map<string, Package>();
  let nameless = 0;
  let git = 0;
  for (const { name, version, source } of crates) {
    const fields = { ecosystem: 'cargo', packageManager: 'CARGO', path } as const;
    const pkg = languagePackage({ ...fields, name: asText(name) ?? '', version: asText(version) ?? '' });
    const origin = asText(source) ?? '';
    nameless += pkg === null ? 1 : 0;
    if (pkg !== null && /^(?:registry|sparse|git)\+/.test(origin)) {
      git += origin.startsWith('git+') ? 1 : 0;
      packages.set(pkg.purl, pkg);
    }
  }
  return result([...packages.values()], strange + nameless, git, path);
}

function result(packages: readonly Package[], strange: number, git: number, path: string): ParseResult {
  if (strange > 0) {
    return unreadable(path, `${strange} packages or lines of the lock file could not be read.`, packages);
  }
  if (packages.length === 0) {
    return noPackage(path, 'The lock file names no crate but those of its own workspace.');
  }
  const message = `${git} crates come from a repository, so they may differ from the released version that they state.`;
  return { packages, diagnostics: git === 0 ? [] : [{ level: 'info', path, message }], complete: true };
}

const VALUE = /^([a-z]+)\s*=\s*"([^"\\]*)"$/;
/** Blank lines, comments, the version of the format, checksums of the first version, and lists of dependencies. */
const OTHER = /^(?:#.*|version = [0-9]+|"[^"]*"(?: = "[^"]*"|,)?|dependencies = \[.*|features = \[.*|\]|)$/;

/** As Cargo writes the file: a table per crate with one value a line. A cut file still yields the crates that are whole. */
function cratesByLine(text: string): Crates {
  const crates: Crate[] = [];
  let crate: Map<string, string> | null = null;
  let strange = 0;
  const finish = (): void => {
    if (crate !== null && crates.length < CRATES_MAX) {
      crates.push(Object.fromEntries(crate));
    } else if (crate !== null) {
      strange += 1;
    }
  };
  for (const raw of textLines(text)) {
    const line = raw.slice(0, LINE_LENGTH_MAX).trim();
    const [, name, value = ''] = VALUE.exec(line) ?? [];
    if (line === '[[package]]' || /^\[[a-z.]+\]$/.test(line)) {
      finish();
      crate = line === '[[package]]' ? new Map() : null;
    } else if (name !== undefined) {
      crate?.set(name, value);
    } else if (!OTHER.test(line)) {
      strange += 1;
    }
  }
  finish();
  return { crates, strange };
}

/** As a person may have written it; null where it is no TOML, or too much of it. */
function cratesByToml(text: string): Crates | null {
  if (text.length > TOML_LENGTH_MAX) {
    return null;
  }
  const document = tomlObject(text);
  const crates = document === null ? null : (document.package ?? []);
  return Array.isArray(crates) ? { crates: crates.map((crate) => asObject(crate) ?? {}), strange: 0 } : null;
}
