import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listedFile, memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { dpkgStatus, parseDpkgStatus } from './dpkg-status.ts';

const PATH = 'var/lib/dpkg/status';
const bookworm = { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian 12' };
const libssl = `Package: libssl3
Status: install ok installed
Architecture: amd64
Source: openssl (3.0.11-1)
Version: 3.0.11-1+b1
Description: a library
 Version: 9.9 in a continued line is text, not a field

`;
const adduser = 'Package: adduser\nStatus: install ok installed\nArchitecture: all\nVersion: 3.134\n\n';

function stanza(status: string): string {
  return `Package: x\nStatus: ${status}\nArchitecture: all\nVersion: 1\n\n`;
}

describe('the package database of dpkg', () => {
  it('gives each package with its source, architecture and purl', () => {
    const { packages, complete } = parseDpkgStatus(libssl + adduser, PATH, bookworm);

    expect(complete).toBe(true);
    expect(
      packages.map(({ name, version, sourceName, sourceVersion }) => [name, version, sourceName, sourceVersion]),
    ).toEqual([
      ['libssl3', '3.0.11-1+b1', 'openssl', '3.0.11-1'],
      ['adduser', '3.134', 'adduser', '3.134'],
    ]);
    expect(packages[0]?.purl).toBe('pkg:deb/debian/libssl3@3.0.11-1+b1?arch=amd64&distro=debian-12');
    expect(packages[0]?.ecosystem).toBe('debian');
  });

  it('calls the packages of Ubuntu by its name', () => {
    const jammy = { id: 'ubuntu', versionId: '22.04', codename: 'jammy', prettyName: 'Ubuntu 22.04' };

    expect(parseDpkgStatus(adduser, PATH, jammy).packages[0]?.ecosystem).toBe('ubuntu');
  });

  it.each([
    ['install ok installed', 1],
    ['hold ok installed', 1],
    ['install ok triggers-pending', 1],
    ['deinstall ok config-files', 0],
    ['purge ok not-installed', 0],
    ['install reinstreq half-installed', 0],
  ])('counts what lies on the disk: %s', (status, count) => {
    const result = parseDpkgStatus(stanza(status), PATH, bookworm);

    expect(result.packages).toHaveLength(count);
    expect(result.complete).toBe(true);
  });

  it('keeps what stands before a cut and says that the rest is unknown', () => {
    const cut = parseDpkgStatus(adduser + libssl.slice(0, libssl.indexOf('+b1')), PATH, bookworm);

    expect(cut.packages.map((pkg) => pkg.name)).toEqual(['adduser']);
    expect(cut.complete).toBe(false);
    expect(cut.diagnostics[0]?.message).toContain('ends in the middle of an entry');
  });

  it('notices a cut between two lines', () => {
    expect(parseDpkgStatus(adduser.trimEnd().concat('\n'), PATH, bookworm).complete).toBe(false);
  });

  it.each([
    ['no version', 'Package: x\nStatus: install ok installed\n\n'],
    ['a hostile name', 'Package: $(reboot)\nStatus: install ok installed\nVersion: 1\n\n'],
    ['no status', 'Package: x\nVersion: 1\n\n'],
    ['no fields at all', 'noise\n\n'],
  ])('skips an entry with %s, and goes on', (_, bad) => {
    const result = parseDpkgStatus(adduser + bad + libssl, PATH, bookworm);

    expect(result.packages.map((pkg) => pkg.name)).toEqual(['adduser', 'libssl3']);
    expect(result.complete).toBe(false);
    expect(result.diagnostics).toHaveLength(1);
  });

  it.each(['', '\n\n', '   '])('an empty database is not a clean one', (text) => {
    expect(parseDpkgStatus(text, PATH, bookworm).complete).toBe(false);
  });

  it('reads one file per package, which needs neither a status nor a last line', () => {
    const text = 'Package: libsqlite3-0\nSource: sqlite3\nVersion: 3.34.1-3\nArchitecture: arm64';
    const result = parseDpkgStatus(text, 'var/lib/dpkg/status.d/libsqlite3-0', bookworm);

    expect(result.complete).toBe(true);
    expect(result.packages[0]?.sourceName).toBe('sqlite3');
  });

  it.each([
    ['var/lib/dpkg/status', true],
    ['var/lib/dpkg/status.d/base', true],
    ['var/lib/dpkg/status.d/base.md5sums', false],
    ['var/lib/dpkg/status-old', false],
    ['var/lib/docker/overlay2/x/diff/var/lib/dpkg/status', false],
  ])('wants %s: %s', (path, wanted) => {
    expect(dpkgStatus.wants(path, listedFile(path))).toBe(wanted);
  });

  it('never gives more than the whole, wherever the file is cut', () => {
    const whole = libssl + adduser;
    const names = parseDpkgStatus(whole, PATH, bookworm).packages.map((pkg) => `${pkg.name} ${pkg.version}`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
        const cut = parseDpkgStatus(whole.slice(0, length), PATH, bookworm);
        expect(names.join()).toContain(cut.packages.map((pkg) => `${pkg.name} ${pkg.version}`).join());
        expect(cut.complete).toBe(length === libssl.length);
      }),
    );
  });

  for (const host of ['ubuntu-22.04', 'debian-12.9-a', 'ubuntu-20.04.1']) {
    it(`reads all of ${host}`, (ctx) => {
      const text = sharedText(ctx, `hosts/${host}/var/lib/dpkg/status`);
      const installed = text.split('\n').filter((line) => /^Status: \S+ ok installed$/.test(line)).length;

      const result = parseDpkgStatus(text, PATH, bookworm);

      expect(result.packages).toHaveLength(installed);
      expect(result.complete).toBe(true);
      expect(result.diagnostics).toEqual([]);
    });
  }

  it('keeps packages of foreign architectures beside those of the machine', () => {
    const of = (architecture: string): string =>
      `Package: libc6\nStatus: install ok installed\nArchitecture: ${architecture}\nMulti-Arch: same\nVersion: 2.36-9\n\n`;
    const { packages } = parseDpkgStatus(of('amd64') + of('i386'), PATH, bookworm);

    expect(new Set(packages.map((pkg) => pkg.purl)).size).toBe(2);
  });

  it('owns every file of a list, however many it names', async () => {
    const list = 'var/lib/dpkg/info/adduser.list';
    const tree = memoryFileTree({ [PATH]: adduser, [list]: '/usr/bin/x\n'.repeat(300_000) });

    expect((await dpkgStatus.parse(PATH, tree, { distro: bookworm })).owned).toHaveLength(300_000);
  });

  it('does not take lists of other programs for it', () => {
    for (const path of ['var/lib/dpkg/status.vcpkg', 'opt/vcpkg/installed/vcpkg/status', 'var/lib/opkg/status']) {
      expect(dpkgStatus.wants(path, listedFile(path))).toBe(false);
    }
  });

  const fixtures: readonly (readonly [string, string, number, boolean])[] = [
    ['osv-scalibr/dpkg/dpkg/valid', PATH, 7, false],
    ['osv-scalibr/dpkg/dpkg/statusfield', PATH, 4, false],
    ['osv-scalibr/dpkg/dpkg/noversion', PATH, 2, false],
    ['osv-scalibr/dpkg/dpkg/nopackage', PATH, 2, false],
    ['osv-scalibr/dpkg/dpkg/invalid', PATH, 0, false],
    ['osv-scalibr/dpkg/dpkg/empty', PATH, 0, false],
    ['osv-scalibr/dpkg/dpkg/trailingnewlines', PATH, 1, true],
    ['osv-scalibr/dpkg/dpkg/status.d/foo', 'var/lib/dpkg/status.d/foo', 1, true],
    ['syft/debian/var/lib/dpkg/status.d/coreutils-relationships', 'var/lib/dpkg/status.d/x', 9, true],
    ['syft/debian/var/lib/dpkg/status.d/corrupt', 'var/lib/dpkg/status.d/x', 0, false],
    ['syft/debian/var/lib/dpkg/status.d/deinstall', 'var/lib/dpkg/status.d/x', 1, true],
    ['syft/debian/image-distroless-deb/var/lib/dpkg/status.d/libsqlite3-0', 'var/lib/dpkg/status.d/x', 1, true],
  ];
  for (const [fixture, path, count, complete] of fixtures) {
    it(`finds ${count} packages in ${fixture}`, (ctx) => {
      const result = parseDpkgStatus(sharedText(ctx, `hosts/parser-fixtures/${fixture}`), path, bookworm);

      expect(result.packages).toHaveLength(count);
      expect(result.complete).toBe(complete);
      expect(result.diagnostics.length > 0).toBe(!complete);
    });
  }
});
