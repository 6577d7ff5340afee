import type { Diagnostic } from '../model/diagnostic.ts';
import type { Package } from '../model/package.ts';
import type { ListedFile } from '../ports/file-tree.ts';
import { recogniseBinary, rulesFor } from './binary-strings.ts';
import { openEndedSource } from './byte-source.ts';
import { type Executable, isExecutableHead, readExecutable } from './executable-format.ts';
import { readGoBuildInfo } from './go-build-info.ts';
import { goPackages } from './go-packages.ts';
import { found, unreadable } from './parse-result.ts';
import type { ParseResult, Parser } from './parser.ts';
import { readRustAuditable } from './rust-auditable.ts';

/**
 * Executables and shared libraries: what the Go linker and cargo-auditable left in them, and programs that are known by a text
 * inside. All three ask for the same headers, so a file is opened once.
 */
export const executable: Parser = {
  id: 'generic/executable',
  reads: 'file',
  wants,
  beginsLike: isExecutableHead,
  async parse(path, tree) {
    const source = await openEndedSource(tree, path);
    if (source === null) {
      return unreadable(path, 'The executable could not be read.');
    }
    const program = await readExecutable(source);
    return program === null ? found([]) : readProgram(program, path);
  },
};

/** An ending that programs have; others say that the file is something else, whatever its mode. */
const TELLING = /\.(?:exe|dll|so|dylib|bin|elf|out|linux|amd64|arm64|x86_64|aarch64|node)$/i;
const ENDING = /\.[A-Za-z_][A-Za-z0-9_-]{0,15}$/;
/** Lambda starts a file of this name; a packer on Windows does not mark it as executable. */
const BOOTSTRAP = /(?:^|\/)bootstrap$/;
const REMARKS_MAX = 5;

function wants(path: string, file: ListedFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Most files of a tree end here, by one look at their name.
  if (ENDING.test(name) && !TELLING.test(name)) {
    return false;
  }
  return rulesFor(path).length > 0 || BOOTSTRAP.test(path) || /\.(?:exe|dll)$/i.test(name) || file.isExecutable;
}

async function readProgram(program: Executable, path: string): Promise<ParseResult> {
  const packages: Package[] = [];
  const diagnostics: Diagnostic[] = [];
  const remark = (message: string): void => {
    diagnostics.push({ level: 'info', path, message });
  };
  const go = await readGoBuildInfo(program);
  if (go !== null) {
    const { packages: modules, remarks } = goPackages(go, path);
    packages.push(...modules);
    for (const message of remarks.slice(0, REMARKS_MAX)) {
      remark(message);
    }
  }
  const rust = await readRustAuditable(program, path);
  if (rust?.kind === 'unreadable') {
    return unreadable(path, `The list of crates in it ${rust.reason}.`, packages);
  }
  packages.push(...(rust?.packages ?? []));
  const known = go === null ? await recogniseBinary(program, path) : null;
  if (known !== null) {
    packages.push(known.package);
    remark(`It was recognised as ${known.package.name} ${known.package.version} by the text "${known.evidence}".`);
  }
  if (packages.length === 0 && (await isPacked(program))) {
    remark('It is packed by UPX, so what it was made of cannot be read.');
  }
  return { packages, diagnostics, complete: true };
}

/** The packer writes its mark near the headers. */
async function isPacked({ source }: Executable): Promise<boolean> {
  const head = await source.read(0, 1024);
  return head !== null && Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes('UPX!');
}
