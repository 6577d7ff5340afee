import { describe, expect, it } from 'vitest';
import { buildElf } from '../../testing/executable-builder.ts';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import type { Package } from '../model/package.ts';
import { collect } from './collector.ts';
import { ownedBinaries } from './owned-binaries.ts';

const system = (name: string, version: string, sourceName: string | null = null): Package => ({
  ecosystem: 'debian',
  name,
  version,
  architecture: 'amd64',
  sourceName,
  sourceVersion: null,
  purl: `pkg:deb/debian/${name}@${version}`,
  packageManager: 'OS',
  path: 'var/lib/dpkg/status',
  layer: null,
});
const binary = (name: string, version: string, path: string): Package => ({
  ...system(name, version),
  ecosystem: 'generic',
  path,
});

describe('a program of a package of the distribution', () => {
  it.each([
    ['the very package', binary('nginx', '1.22.1', 'usr/sbin/nginx'), system('nginx', '1.22.1-9'), true],
    [
      'a part of it',
      binary('openssl', '3.0.22', 'usr/lib/x/libcrypto.so.3'),
      system('libssl3', '3.0.22-1~deb12u2', 'openssl'),
      true,
    ],
    ['an epoch in front', binary('git', '2.39.5', 'usr/bin/git'), system('git', '1:2.39.5-0+deb12u3'), true],
    [
      'a version renamed',
      binary('ruby', '3.1.2', 'usr/lib/libruby-3.1.so'),
      system('libruby3.1', '3.1.7+really3.1.2-0'),
      true,
    ],
    [
      'Java 8 of Debian',
      binary('java', '8.0.392', 'usr/lib/jvm/java-8/release'),
      system('openjdk-8-jre', '8u392-ga-1'),
      true,
    ],
    [
      'Java 8 of Red Hat',
      binary('java', '8.0.392', 'usr/lib/jvm/java-8/release'),
      system('java-1.8.0-openjdk', '1.8.0.392.b08-4'),
      true,
    ],
    ['another version', binary('nginx', '1.25.3', 'usr/sbin/nginx'), system('nginx', '1.22.1-9'), false],
    ['a longer version', binary('nginx', '1.22.1', 'usr/sbin/nginx'), system('nginx', '1.22.10-9'), false],
    ['a version in the middle', binary('nginx', '1.22.1', 'usr/sbin/nginx'), system('nginx', '3.1.22.1'), false],
    ['another place', binary('nginx', '1.22.1', 'usr/local/sbin/nginx'), system('nginx', '1.22.1-9'), false],
    ['another package', binary('nginx', '1.22.1', 'usr/sbin/nginx'), system('bash', '1.22.1-9'), false],
  ])('%s: %#', (_name, pkg, owner, owned) => {
    expect(ownedBinaries([owner])(pkg)).toBe(owned);
  });

  it('is counted once, and a copy is kept beside it', async () => {
    const nginx = (version: string): Uint8Array =>
      buildElf([{ name: '.rodata', content: Buffer.from(`nginx version: nginx/${version}`) }]);
    const tree = memoryFileTree({
      'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
      'var/lib/dpkg/status': 'Package: nginx\nStatus: install ok installed\nVersion: 1.22.1-9\nArchitecture: amd64\n\n',
      'usr/sbin/nginx': nginx('1.22.1'),
      'opt/nginx/nginx': nginx('1.22.1'),
      'usr/share/java/x-1.0.jar': 'PK',
    });
    const inventory = await collect(tree, { expectsSystem: true }, new AbortController().signal);

    expect(inventory.packages.map(({ purl, path }) => `${purl} ${path}`)).toEqual([
      'pkg:deb/debian/nginx@1.22.1-9?arch=amd64&distro=debian-12 var/lib/dpkg/status',
      'pkg:generic/nginx@1.22.1 opt/nginx/nginx',
    ]);
  });
});
