import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Distro, Package } from '../../model/package.ts';
import type { FileTree } from '../../ports/file-tree.ts';
import { excerpt, noPackage } from '../parse-result.ts';
import type { ParseResult, Parser } from '../parser.ts';
import { bdbBlobs } from './bdb-blobs.ts';
import { parseRpmHeader } from './header.ts';
import type { HeaderBlob } from './header-blobs.ts';
import { evidenceOf } from './header-files.ts';
import { ndbBlobs } from './ndb-blobs.ts';
import { rpmPackage } from './rpm-package.ts';
import { sqliteBlobs } from './sqlite-blobs.ts';

/** The package database of rpm, in each of its three kinds, read without rpm. */
export const rpmDatabase: Parser = {
  id: 'os/rpm-database',
  reads: 'tree',
  wants: (path) => DATABASE.test(path),
  alsoReads: (path) =>
    /\/rpmdb\.sqlite-(?:wal|journal)$/.test(path) && DATABASE.test(path.slice(0, path.lastIndexOf('-'))),
  async parse(path, tree, { distro }) {
    const newer = await databaseBefore(tree, path);
    return newer === null
      ? await readDatabase(tree, path, distro)
      : noPackage(path, `An older database was left out: rpm reads ${newer}.`);
  },
};

/** Where rpm keeps it: by default, on SUSE and newer Fedora, and on systems that are updated as a whole. */
const DATABASE = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:rpmdb\.sqlite|Packages\.db|Packages)$/;
const PACKAGES_MAX = 200_000;
const DIAGNOSTICS_MAX = 20;
/** A database with more places that cannot be read is not worth going through to its end. */
const DAMAGES_MAX = 1_000;

/** The readers by the name of the file, the one that rpm looks for first in front. */
const READERS: readonly (readonly [string, (tree: FileTree, path: string) => AsyncIterable<HeaderBlob>])[] = [
  ['rpmdb.sqlite', sqliteBlobs],
  ['Packages.db', ndbBlobs],
  ['Packages', bdbBlobs],
];

/** A database that replaced this one and holds packages: a conversion may leave the old file beside the new one. */
async function databaseBefore(tree: FileTree, path: string): Promise<string | null> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  for (const [file, blobsOf] of READERS) {
    if (folder + file === path) {
      return null;
    }
    for await (const blob of blobsOf(tree, folder + file)) {
      const header = blob.kind === 'header' ? parseRpmHeader(blob.bytes) : null;
      if (header !== null) {
        return folder + file;
      }
      if (blob.kind === 'damaged') {
        break;
      }
    }
  }
  return null;
}

async function readDatabase(tree: FileTree, path: string, distro: Distro | null): Promise<ParseResult> {
  const installed: Installed[] = [];
  const diagnostics: Diagnostic[] = [];
  const [, blobsOf] = READERS.find(([file]) => path.endsWith(`/${file}`)) ?? ['', bdbBlobs];
  let damages = 0;
  const damage = (message: string): void => {
    damages += 1;
    if (diagnostics.length < DIAGNOSTICS_MAX) {
      diagnostics.push({
        level: 'warning',
        path,
        message: `The package database could not be read in full: ${message}.`,
      });
    }
  };
  for await (const blob of blobsOf(tree, path)) {
    const read = blob.kind === 'damaged' ? blob.message : toInstalled(blob.bytes, path, distro);
    if (typeof read === 'string') {
      damage(read);
    } else if (read !== null) {
      installed.push(read);
    }
    if (damages >= DAMAGES_MAX || installed.length >= PACKAGES_MAX) {
      damage('it holds too many packages or damages');
      break;
    }
  }
  const own = commonVendor(installed);
  return {
    packages: installed.map(({ pkg }) => pkg),
    diagnostics,
    complete: damages === 0,
    owned: installed.flatMap(({ vendor, evidence }) => (vendor === own ? evidence : [])),
  };
}

interface Installed {
  readonly pkg: Package;
  readonly vendor: string | null;
  /** Files of it that language parsers would count a second time. */
  readonly evidence: readonly string[];
}

/** The package, null for a key that signs packages and is kept among them, or why it cannot be used. */
function toInstalled(bytes: Uint8Array, path: string, distro: Distro | null): Installed | string | null {
  const header = parseRpmHeader(bytes);
  if (header === null) {
    return 'a package has no readable header';
  }
  if (header.name === 'gpg-pubkey') {
    return null;
  }
  const versionRelease = `${header.version}-${header.release}`;
  const pkg = rpmPackage({ ...header, versionRelease }, path, distro);
  return pkg === null
    ? `"${excerpt(header.name)}" at version "${excerpt(versionRelease)}" is no package`
    : { pkg, vendor: header.vendor, evidence: evidenceOf(bytes) };
}

/** Who made most of the packages: the distribution. Its advisories speak of no package of anybody else. */
function commonVendor(installed: readonly Installed[]): string | null {
  const counts = new Map<string | null, number>();
  for (const { vendor } of installed) {
    counts.set(vendor, (counts.get(vendor) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
