import { describe, expect, it } from 'vitest';
import { type Distro, ECOSYSTEM_IDS, type EcosystemId, type Package } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
import { isPublished } from './is-published.ts';
import { ecosystemOfOsv, ecosystems } from './registry.ts';

function pkg(ecosystem: EcosystemId, name: string, source: Partial<Package> = {}): Package {
  return {
    ecosystem,
    name,
    version: '1.0',
    architecture: null,
    sourceName: null,
    sourceVersion: null,
    purl: `pkg:x/${name}@1.0`,
    packageManager: 'OS',
    path: 'x',
    layer: null,
    ...source,
  };
}

function distro(id: string, versionId: string): Distro {
  return { id, versionId, codename: null, prettyName: `${id} ${versionId}` };
}

describe('every ecosystem', () => {
  it('is registered under its own id', () => {
    expect(Object.keys(ecosystems).sort()).toEqual([...ECOSYSTEM_IDS].sort());
    for (const [id, ecosystem] of Object.entries(ecosystems)) {
      expect(ecosystem.id).toBe(id);
    }
  });

  const named = Object.values<Ecosystem>(ecosystems).filter(({ osvName }) => osvName !== null);

  it.each(named)('$id is found by its OSV name', (ecosystem: Ecosystem) => {
    const name = ecosystem.osvName ?? '';
    expect(ecosystemOfOsv(name)).toBe(ecosystem);
    expect(ecosystemOfOsv(`${name}:12`)).toBe(ecosystem);
    expect(isPublished(name)).toBe(true);
  });

  it('that nobody publishes for has no name to be asked by', () => {
    for (const name of ['', 'null', 'Conda', 'Copied binaries', 'centos', 'unknown distribution']) {
      expect(isPublished(name), name).toBe(false);
    }
  });

  it('is not mistaken for another one', () => {
    expect(ecosystemOfOsv('DebianX')).toBeNull();
    expect(ecosystemOfOsv('constructor:12')).toBeNull();
    expect(ecosystemOfOsv('Mariner:2.0')).toBe(ecosystems.azurelinux);
    expect(ecosystemOfOsv('')).toBeNull();
  });
});

describe('advisory keys', () => {
  const libssl = { sourceName: 'openssl', sourceVersion: '3.0.11-1' };

  it.each([
    ['debian', 'debian', '12', ['Debian:12/openssl']],
    ['debian', 'debian', '12.9', ['Debian:12/openssl']],
    ['debian', 'debian', '', []],
    ['debian', 'raspbian', '12', []],
    ['debian', 'ubuntu', '22.04', []],
    ['ubuntu', 'ubuntu', '22.04', ['Ubuntu:22.04:LTS/openssl']],
    ['ubuntu', 'ubuntu', '24.10', ['Ubuntu:24.10/openssl']],
    ['ubuntu', 'ubuntu', '23.04', ['Ubuntu:23.04/openssl']],
    ['ubuntu', 'ubuntu', 'rolling', []],
    ['alpine', 'alpine', '3.18.4', ['Alpine:v3.18/openssl']],
    ['alpine', 'alpine', '3.23.0_alpha20250612', ['Alpine:edge/openssl']],
    ['alpine', 'alpine', '', []],
    ['wolfi', 'wolfi', '20230201', ['Wolfi/openssl']],
    ['amazon', 'amzn', '2023', ['Amazon Linux:2023/libssl3']],
    ['amazon', 'amzn', '2018.03', ['Amazon Linux:1/libssl3']],
    ['amazon', 'amzn', '2', ['Amazon Linux:2/libssl3']],
    ['almalinux', 'almalinux', '9.4', ['AlmaLinux:9/libssl3']],
    ['rocky', 'rocky', '8.9', ['Rocky Linux:8/libssl3']],
    ['oracle', 'ol', '8.9', ['Oracle Linux:8/libssl3']],
    ['fedora', 'fedora', '40', ['Fedora:40/libssl3']],
    ['suse', 'sles', '15.5', ['SUSE:Linux Enterprise Server 15 SP5/openssl']],
    ['suse', 'sles', '15', ['SUSE:Linux Enterprise Server 15/openssl']],
    ['opensuse', 'opensuse-leap', '15.5', ['openSUSE:Leap 15.5/openssl']],
    ['opensuse', 'opensuse-tumbleweed', '20240101', ['openSUSE:Tumbleweed/openssl']],
    ['azurelinux', 'azurelinux', '3.0', ['Azure Linux:3/openssl']],
    ['azurelinux', 'mariner', '2.0', ['Mariner:2.0/openssl']],
    ['photon', 'photon', '4.0', ['Photon OS:4.0/openssl']],
    ['mageia', 'mageia', '9', ['Mageia:9/openssl']],
    ['arch', 'arch', '', ['Arch Linux/libssl3']],
    ['arch', 'manjaro', '', []],
    ['almalinux', 'rocky', '9', []],
  ] as const)('%s packages on %s %j: %j', (ecosystem, id, version, keys) => {
    expect(ecosystems[ecosystem].advisoryKeys(pkg(ecosystem, 'libssl3', libssl), distro(id, version))).toEqual(keys);
  });

  it('Red Hat is asked for every repository of the release, and CentOS Linux by the same names', () => {
    const keys = ecosystems.redhat.advisoryKeys(pkg('redhat', 'bash'), distro('rhel', '9.4'));

    expect(keys).toContain('Red Hat:enterprise_linux:9::baseos/bash');
    expect(ecosystems.centos.advisoryKeys(pkg('centos', 'bash'), distro('centos', '7'))).toContain(
      'Red Hat:enterprise_linux:7::server/bash',
    );
    const stream = { ...distro('centos', '9'), prettyName: 'CentOS Stream 9' };
    expect(ecosystems.centos.advisoryKeys(pkg('centos', 'bash'), stream)).toEqual([]);
  });

  it('a verdict of a repository counts before one of the release, and that before one of the source', () => {
    const of = (name: string, more: object = {}) =>
      ecosystems.redhat.advisoryKeys(pkg('redhat', name, { sourceName: 'openssl', ...more }), distro('rhel', '9.4'));
    const keys = of('openssl-libs');

    expect(keys[0]).toBe('Red Hat:enterprise_linux:9::baseos/openssl-libs');
    expect(keys.slice(-2)).toEqual([
      'Red Hat:enterprise_linux:9/openssl-libs',
      'Red Hat:enterprise_linux:9/openssl?arch=src',
    ]);
  });

  it('a package of a module is judged by its stream, then by notices that name none', () => {
    const version = '1:18.18.2-1.module+el9.3.0+1+a';
    const of = (purl: string) =>
      ecosystems.redhat.advisoryKeys(pkg('redhat', 'nodejs', { version, purl }), distro('rhel', '9.4'));
    const named = of('pkg:rpm/redhat/nodejs@18?rpmmod=nodejs:18:9030020231019152822:a75119d5');
    const unnamed = of('pkg:rpm/redhat/nodejs@18');

    expect(named[0]).toBe('Red Hat:enterprise_linux:9::baseos/nodejs:18/nodejs');
    expect(named).toContain('Red Hat:enterprise_linux:9/nodejs:18/nodejs?arch=src');
    expect(named.slice(-unnamed.length)).toEqual(unnamed);
    expect(unnamed).toContain('Red Hat:enterprise_linux:9::appstream/nodejs');
    expect([...named, ...unnamed]).not.toContain('Red Hat:enterprise_linux:9/nodejs?arch=src');
  });

  it('a build of Ubuntu Pro is judged by what Pro says first', () => {
    const esm = pkg('ubuntu', 'libssl1.0.0', { sourceName: 'openssl', sourceVersion: '1.0.2g-1ubuntu4.20+esm9' });

    expect(ecosystems.ubuntu.advisoryKeys(esm, distro('ubuntu', '16.04'))).toEqual([
      'Ubuntu:Pro:16.04:LTS/openssl',
      'Ubuntu:16.04:LTS/openssl',
    ]);
  });

  it('a kernel of Amazon Linux 2 is judged with its own series', () => {
    const of = (name: string, version: string) =>
      ecosystems.amazon.advisoryKeys(pkg('amazon', name, { version }), distro('amzn', '2'));

    expect(of('kernel', '4.14.256-197.484.amzn2')).toEqual(['Amazon Linux:2/kernel']);
    expect(of('kernel', '5.10.82-83.359.amzn2')).toEqual(['Amazon Linux:2:kernel-5.10/kernel']);
    expect(of('openssl', '5.10.1-1')).toEqual(['Amazon Linux:2/openssl']);
  });

  it.each([
    ['php-cli', '8.0.30-1.amzn2', 'Amazon Linux:2:php8.0'],
    ['php-cli', '8.2.9-1.amzn2', 'Amazon Linux:2:php8.2'],
    ['php-cli', '5.4.16-46.amzn2.0.2', 'Amazon Linux:2'],
    ['mariadb-server', '3:10.5.23-1.amzn2.0.1', 'Amazon Linux:2:mariadb10.5'],
    ['mariadb-server', '1:5.5.68-1.amzn2.0.1', 'Amazon Linux:2'],
    ['firefox', '115.4.0-1.amzn2.0.1', 'Amazon Linux:2:firefox'],
    ['firefox', '91.13.0-1.amzn2.0.1', 'Amazon Linux:2'],
    ['nginx', '1.22.1-1.amzn2.0.3', 'Amazon Linux:2:nginx1'],
    ['nginx', '1.28.0-1.amzn2.ngx', 'Amazon Linux:2'],
    ['docker', '20.10.25-1.amzn2.0.4', 'Amazon Linux:2:docker', 'Amazon Linux:2'],
    ['kernel-livepatch-5.10.240-238.955', '1.0-1.amzn2', 'Amazon Linux:2:livepatch', 'Amazon Linux:2'],
    ['dnsmasq', '2.90-1.amzn2.0.1', 'Amazon Linux:2'],
    ['php-cli', '8.0.30-1.amzn2.x86_64', 'Amazon Linux:2:php8.0'],
    ['kernel', '5.10.82', 'Amazon Linux:2:kernel-5.10'],
  ])('%s %s of Amazon Linux 2 is judged by %s', (name, version, ...judges) => {
    const keys = ecosystems.amazon.advisoryKeys(pkg('amazon', name, { version }), distro('amzn', '2'));

    expect(keys).toEqual(judges.map((ecosystem) => `${ecosystem}/${name}`));
  });

  it('names are compared as their ecosystem compares them', () => {
    expect(ecosystems.packagist.advisoryKeys(pkg('packagist', 'Drupal/Core'), null)).toEqual([
      'Packagist/drupal/core',
      'Packagist:https://packages.drupal.org/8/drupal/core',
    ]);
    expect(ecosystems.nuget.advisoryKeys(pkg('nuget', 'Newtonsoft.Json'), null)).toEqual(['NuGet/newtonsoft.json']);
    expect(ecosystems.cargo.advisoryKeys(pkg('cargo', 'serde_json'), null)).toEqual(['crates.io/serde-json']);
    expect(ecosystems.swift.advisoryKeys(pkg('swift', 'https://github.com/Apple/swift-nio.git'), null)).toEqual([
      'SwiftURL/github.com/apple/swift-nio',
    ]);
  });

  it('WordPress itself is judged by what Bitnami says of its releases, a plugin by nobody', () => {
    expect(ecosystems.wordpress.advisoryKeys(pkg('wordpress', 'wordpress'), null)).toEqual(['Bitnami/wordpress']);
    expect(ecosystems.wordpress.advisoryKeys(pkg('wordpress', 'plugin/akismet'), null)).toEqual([]);
  });

  it.each([
    ['generic', 'nginx', ['Bitnami/nginx']],
    ['oss-fuzz', 'libXML2', ['OSS-Fuzz/libXML2']],
    ['conda', 'numpy', []],
    ['cocoapods', 'AppCenter', []],
  ] as const)('%s names %s as it is written, and is judged by %j', (ecosystem, name, keys) => {
    expect(ecosystems[ecosystem].normalizeName(name)).toBe(name);
    expect(ecosystems[ecosystem].advisoryKeys(pkg(ecosystem, name), null)).toEqual(keys);
  });

  it('without a distribution there is nothing to look up', () => {
    expect(ecosystems.debian.advisoryKeys(pkg('debian', 'x'), null)).toEqual([]);
  });

  it('languages do not depend on the distribution', () => {
    expect(ecosystems.npm.advisoryKeys(pkg('npm', '@a/B'), null)).toEqual(['npm/@a/B']);
    expect(ecosystems.pypi.advisoryKeys(pkg('pypi', 'Zope.Interface'), null)).toEqual(['PyPI/zope-interface']);
  });

  it.each([
    ['linux-signed-amd64', '6.1.76+1', 'linux', '6.1.76-1'],
    ['linux-signed', '5.15.0-91.101', 'linux', '6.1.76-1'],
    ['linux-signed-aws', '5.15.0-1052.57', 'linux-aws', '6.1.76-1'],
    ['linux', '6.1.76-1', 'linux', '6.1.76-1'],
    ['openssl', '3.0.11-1', 'openssl', '3.0.11-1'],
  ])('a kernel signed from %s %s is judged as %s %s', (sourceName, sourceVersion, name, version) => {
    const image = pkg('debian', 'linux-image', { version: '6.1.76-1', sourceName, sourceVersion });

    expect(ecosystems.debian.advisoryKeys(image, distro('debian', '12'))).toEqual([`Debian:12/${name}`]);
    expect(ecosystems.debian.advisoryVersion(image)).toBe(version);
  });
});

it('files of a distribution are told from those of its administrator', () => {
  expect(ecosystems.debian.ownsPath('usr/lib/python3/dist-packages/yaml.egg-info')).toBe(true);
  expect(ecosystems.debian.ownsPath('usr/local/lib/python3.11/dist-packages/yaml.egg-info')).toBe(false);
  expect(ecosystems.debian.ownsPath('usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec')).toBe(true);
  expect(ecosystems.debian.ownsPath('usr/share/rubygems-integration/all/specifications/rake-13.0.6.gemspec')).toBe(
    true,
  );
  expect(ecosystems.debian.ownsPath('var/lib/gems/3.1.0/specifications/rake-13.0.6.gemspec')).toBe(false);
  expect(ecosystems.debian.ownsPath('usr/lib/R/site-library/readxl/DESCRIPTION')).toBe(true);
  expect(ecosystems.debian.ownsPath('usr/local/lib/R/site-library/readxl/DESCRIPTION')).toBe(false);
  expect(ecosystems.redhat.ownsPath('usr/share/gems/specifications/rake-13.0.6.gemspec')).toBe(true);
  expect(ecosystems.redhat.ownsPath('usr/local/share/gems/specifications/rake-13.0.6.gemspec')).toBe(false);
  expect(ecosystems.debian.ownsPath('srv/usr/lib/python3/dist-packages/x')).toBe(false);
  expect(ecosystems.ubuntu.ownsPath('usr/share/java/log4j-1.2.jar')).toBe(true);
  expect(ecosystems.ubuntu.ownsPath('usr/share/rubygems-integration/all/specifications/rack-2.2.6.gemspec')).toBe(true);
  expect(ecosystems.ubuntu.ownsPath('var/lib/gems/3.1.0/specifications/rack-2.2.6.gemspec')).toBe(false);
  expect(ecosystems.ubuntu.ownsPath('usr/lib/node_modules/npm/package.json')).toBe(false);
});
