import { describe, expect, it } from 'vitest';
import { memoryFileTree } from '../../testing/memory-file-tree.ts';
import { sharedText } from '../../testing/shared-data.ts';
import { isDistroFile, readDistro, readSystemTrace } from './os-release.ts';

async function distroOf(files: Readonly<Record<string, string>>): Promise<string | null> {
  const facts = await readDistro(memoryFileTree(files));
  return facts === null ? null : `${facts.distro.id} ${facts.distro.versionId}`.trim();
}

describe('a distribution before os-release', () => {
  it.each([
    ['etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.10 (Santiago)', 'rhel 6.10'],
    ['etc/redhat-release', 'CentOS release 5.11 (Final)', 'centos 5.11'],
    ['etc/redhat-release', 'Red Hat Linux release 6.2 (Zoot)', null],
    ['etc/centos-release', 'CentOS Linux release 7.6.1810 (Core) \n', 'centos 7.6.1810'],
    ['etc/centos-release', 'CentOS Stream release 8', 'centos 8'],
    ['etc/fedora-release', 'Fedora release 29 (Twenty Nine)', 'fedora 29'],
    ['etc/oracle-release', 'Oracle Linux Server release 6.10', 'ol 6.10'],
    ['etc/system-release', 'Amazon Linux AMI release 2016.09', 'amzn 2016.09'],
    ['etc/system-release', 'Amazon Linux release 2 (Karoo)', 'amzn 2'],
    ['etc/SuSE-release', 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n', 'sles 11.4'],
    ['etc/SuSE-release', 'SUSE Linux Enterprise Server 12 (x86_64)\nVERSION = 12\nPATCHLEVEL = 0\n', 'sles 12'],
    ['etc/SuSE-release', 'openSUSE 13.2 (x86_64)\nVERSION = 13.2\nCODENAME = Harlequin\n', 'opensuse 13.2'],
    ['etc/alpine-release', '3.3.1\n', 'alpine 3.3.1'],
    ['etc/alpine-release', '3.21.0_alpha20240807\n', 'alpine 3.21.0_alpha20240807'],
    ['etc/arch-release', '', 'arch'],
    ['etc/debian_version', '7.11\n', 'debian 7'],
    ['etc/debian_version', 'buster/sid\n', null],
    ['etc/photon-release', 'VMware Photon OS 3.0\nPHOTON_BUILD_NUMBER=a\n', 'photon 3.0'],
    ['etc/mariner-release', 'CBL-Mariner 2.0.20220226\nMARINER_BUILD_NUMBER=a\n', 'mariner 2.0'],
    ['etc/azurelinux-release', 'Microsoft Azure Linux 3.0.20240727\n', 'azurelinux 3.0'],
    ['etc/lsb-release', 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_CODENAME=lucid\n', 'ubuntu 10.04'],
    ['etc/lsb-release', 'DISTRIB_ID="Arch"\nDISTRIB_RELEASE="rolling"\n', 'arch'],
    ['etc/lsb-release', 'LSB_VERSION=base-4.0-amd64\n', null],
    ['etc/initrd-release', 'ID=fedora\nVERSION_ID=40\n', 'fedora 40'],
    ['usr/lib/initrd-release', 'ID=rhel\nVERSION_ID=9.4\n', 'rhel 9.4'],
  ])('%s %j is %s', async (path, text, expected) => {
    expect(await distroOf({ [path]: text })).toBe(expected);
    expect(isDistroFile(path)).toBe(true);
  });

  it('is what its own file says where it carries those of others', async () => {
    const rhel = 'Red Hat Enterprise Linux release 8.9 (Ootpa)';

    expect(
      await distroOf({ 'etc/redhat-release': rhel, 'etc/oracle-release': 'Oracle Linux Server release 8.9' }),
    ).toBe('ol 8.9');
    expect(await distroOf({ 'etc/redhat-release': rhel, 'etc/os-release': 'ID="ol"\nVERSION_ID="8.9"\n' })).toBe(
      'ol 8.9',
    );
    expect(
      await distroOf({ 'etc/debian_version': '12', 'etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=24.04' }),
    ).toBe('ubuntu 24.04');
    expect(await distroOf({ 'etc/os-release': 'NAME="Alpine Linux"\n', 'etc/alpine-release': '3.15.4' })).toBe(
      'alpine 3.15.4',
    );
  });

  it.each(['\0'.repeat(9_000), `DISTRIB_ID=${'x'.repeat(60_000)}`, 'release '.repeat(8_000), 'CentOS'])(
    'of noise is unknown or without a release, in no time',
    async (text) => {
      const started = performance.now();
      for (const path of [
        'etc/lsb-release',
        'etc/redhat-release',
        'etc/SuSE-release',
        'etc/alpine-release',
        'etc/debian_version',
      ]) {
        expect([null, 'centos']).toContain(await distroOf({ [path]: text }));
      }
      expect(performance.now() - started).toBeLessThan(200);
    },
  );

  it('leaves the settings of its package manager behind', async () => {
    expect(await readSystemTrace(memoryFileTree({ 'etc/apk/world': 'musl\n' }))).toBe('etc/apk/world');
    expect(await readSystemTrace(memoryFileTree({ 'bin/app': '' }))).toBeNull();
  });
});

const FIXTURES: readonly (readonly [folder: string, files: readonly string[], expected: string])[] = [
  ['os-release/debian/from-debian_version', ['etc/os-release', 'etc/debian_version'], 'debian 10'],
  ['os-release/debian/from-os-release', ['usr/lib/os-release'], 'debian 8'],
  ['os-release/redhat/from-redhat-release', ['etc/redhat-release'], 'rhel 8.10'],
  ['os-release/rockylinux/from-redhat-release', ['etc/redhat-release'], 'rocky 8.10'],
  ['os-release/almalinux/from-redhat-release', ['etc/redhat-release'], 'almalinux 8.10'],
  ['os-release/scientific/from-redhat-release', ['etc/redhat-release'], 'scientific 7.9'],
  ['os-release/centos5', ['etc/redhat-release'], 'centos 5.7'],
  ['os-release/wolfi', ['etc/os-release'], 'wolfi 20220914'],
  ['os-release/arch', ['etc/os-release'], 'arch'],
  ['os-release/opensuse-leap', ['etc/os-release'], 'opensuse-leap 15.2'],
  ['os-release-claircore/rhel/releasefiles/oracle-6', ['etc/oracle-release', 'etc/redhat-release'], 'ol 6.10'],
  ['os-release-claircore/rhel/releasefiles/oracle-9', ['etc/oracle-release', 'etc/redhat-release'], 'ol 9.3'],
  ['os-release-claircore/rhel/releasefiles/7', ['etc/os-release', 'etc/redhat-release'], 'rhel 7.7'],
  ['os-release-claircore/ubuntu/dist/10.04', ['etc/lsb-release'], 'ubuntu 10.04'],
];

describe('the distribution of real systems', () => {
  for (const [folder, files, expected] of FIXTURES) {
    it(`${folder} is ${expected}`, async (ctx) => {
      const texts = files.map((file) => [file, sharedText(ctx, `hosts/parser-fixtures/${folder}/${file}`)] as const);

      expect(await distroOf(Object.fromEntries(texts))).toBe(expected);
    });
  }
});
