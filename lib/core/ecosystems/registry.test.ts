import { describe, expect, it } from 'vitest';
import { type Distro, ECOSYSTEM_IDS, type EcosystemId, type Package } from '../model/package.ts';
import type { Ecosystem } from './ecosystem.ts';
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

  it.each(Object.values(ecosystems))('$id is found by its OSV name', (ecosystem: Ecosystem) => {
    expect(ecosystemOfOsv(ecosystem.osvName)).toBe(ecosystem);
    expect(ecosystemOfOsv(`${ecosystem.osvName}:12`)).toBe(ecosystem);
  });

  it('is not mistaken for another one', () => {
    expect(ecosystemOfOsv('DebianX')).toBeNull();
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
  ] as const)('%s packages on %s %j: %j', (ecosystem, id, version, keys) => {
    expect(ecosystems[ecosystem].advisoryKeys(pkg(ecosystem, 'libssl3', libssl), distro(id, version))).toEqual(keys);
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

describe('upgrade commands', () => {
  it.each([
    ['debian', 'openssl', '3.0-1', 'apt-get install --only-upgrade openssl'],
    ['ubuntu', 'libstdc++6', '12', 'apt-get install --only-upgrade libstdc++6'],
    ['npm', '@babel/core', '7.0.1', 'npm install @babel/core@7.0.1'],
    ['pypi', 'django', '3.2.4', "pip install --upgrade 'django>=3.2.4'"],
    ['npm', "x'; rm -rf /", '1', "npm install 'x'\\''; rm -rf /@1'"],
  ] as const)('%s quotes every word: %s', (ecosystem, name, fixed, line) => {
    expect(ecosystems[ecosystem].upgradeCommand(pkg(ecosystem, name), fixed)).toBe(line);
  });
});

it('files of a distribution are told from those of its administrator', () => {
  expect(ecosystems.debian.ownsPath('usr/lib/python3/dist-packages/yaml.egg-info')).toBe(true);
  expect(ecosystems.debian.ownsPath('usr/local/lib/python3.11/dist-packages/yaml.egg-info')).toBe(false);
  expect(ecosystems.debian.ownsPath('srv/usr/lib/python3/dist-packages/x')).toBe(false);
});
