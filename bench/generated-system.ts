import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rpmHeader, sqliteDatabase } from '../lib/testing/rpm-databases.ts';

/** Bytes of a header besides names of files: digests, scripts, changes. A system of 3,000 packages then has 130 MB of them. */
const HEADER_BYTES = 40_000;
const TEXT = 'A library that is part of a generated system, described in a few words. ';

/** Files of so many packages below a root: documents and libraries, one in a hundred a Python package's metadata. */
export function writeFiles(root: string, packages: number, filesEach: number): readonly (readonly string[])[] {
  return Array.from({ length: packages }, (_, n) => {
    const folder = `usr/share/package-${n}`;
    const python = `usr/lib/python3/dist-packages/package_${n}-1.0.dist-info/METADATA`;
    mkdirSync(join(root, folder), { recursive: true });
    const files = Array.from({ length: filesEach - 1 }, (__, m) => `${folder}/file-${m}.txt`);
    for (const file of files) {
      writeFileSync(join(root, file), 'x');
    }
    if (n % 100 === 0) {
      at(root, python, `Name: package_${n}\nVersion: 1.0\n\n`);
    }
    return n % 100 === 0 ? [...files, python] : files;
  });
}

/** Makes the root a Debian system with those packages. */
export function writeDpkgSystem(root: string, files: readonly (readonly string[])[]): void {
  rmSync(join(root, 'var'), { recursive: true, force: true });
  const stanzas = files.map(
    (_, n) =>
      `Package: package-${n}\nStatus: install ok installed\nPriority: optional\nSection: libs\nMaintainer: Nobody <nobody@example.org>\n` +
      `Architecture: amd64\nVersion: 1.${n}-1\nDescription: ${TEXT}\n ${TEXT.repeat(8)}\n`,
  );
  at(root, 'etc/os-release', 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n');
  at(root, 'var/lib/dpkg/status', `${stanzas.join('\n')}\n`);
  for (const [n, paths] of files.entries()) {
    at(root, `var/lib/dpkg/info/package-${n}.list`, paths.map((path) => `/${path}\n`).join(''));
  }
}

/** Makes the root a Fedora system with those packages. */
export function writeRpmSystem(root: string, files: readonly (readonly string[])[]): void {
  rmSync(join(root, 'var'), { recursive: true, force: true });
  const headers = files.map((paths, n) =>
    rpmHeader({
      name: `package-${n}`,
      version: `1.${n}`,
      sourceRpm: `package-${n}-1.${n}-1.src.rpm`,
      vendor: 'Fedora Project',
      files: paths.map((path) => `/${path}`),
      padding: HEADER_BYTES,
    }),
  );
  at(root, 'etc/os-release', 'ID=fedora\nVERSION_ID=40\nPRETTY_NAME="Fedora Linux 40"\n');
  at(root, 'var/lib/rpm/rpmdb.sqlite', sqliteDatabase(headers).database);
}

function at(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
