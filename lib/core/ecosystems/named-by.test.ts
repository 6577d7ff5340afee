import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildPackage } from '../../testing/build-inventory.ts';
import { packageKey } from '../model/ids.ts';
import { type Distro, ECOSYSTEM_IDS, type EcosystemId, type Package } from '../model/package.ts';
import { ecosystemsNamedBy, foldedName, foldedNamesIn, isFoldedOtherwise, isNamedBy } from './named-by.ts';
import { ecosystems } from './registry.ts';

/** A release of each distribution, so that every ecosystem has keys for its packages. */
const RELEASES: readonly (readonly [id: string, versionId: string])[] = [
  ['debian', '12'],
  ['ubuntu', '22.04'],
  ['alpine', '3.18.4'],
  ['wolfi', '20230201'],
  ['chainguard', '20230214'],
  ['amzn', '2'],
  ['rhel', '9.4'],
  ['centos', '7'],
  ['almalinux', '9.3'],
  ['rocky', '9.3'],
  ['ol', '8.9'],
  ['fedora', '40'],
  ['sles', '15.5'],
  ['opensuse-leap', '15.5'],
  ['azurelinux', '3.0'],
  ['photon', '5.0'],
  ['openEuler', '22.03'],
  ['mageia', '9'],
  ['arch', ''],
];
const distros = RELEASES.map(([id, versionId]): Distro => ({ id, versionId, codename: null, prettyName: id }));

function keysOf(pkg: Package) {
  return [...distros, null].flatMap((distro) => ecosystems[pkg.ecosystem].advisoryKeys(pkg, distro));
}

const letters = fc.stringMatching(/^[a-zA-Z0-9._/@:+-]{1,20}$/);
const somePackage = fc
  .tuple(fc.constantFrom<EcosystemId>(...ECOSYSTEM_IDS), letters, fc.option(letters), fc.constantFrom('1.0', '5.10.2'))
  .map(([ecosystem, name, sourceName, version]) =>
    buildPackage({ ecosystem, name, version, sourceName, sourceVersion: sourceName === null ? null : version }),
  );

it('every ecosystem’s packages are found by their folded names among the ecosystems of their keys', () => {
  fc.assert(
    fc.property(somePackage, (pkg) => {
      for (const key of keysOf(pkg)) {
        const keys = new Set([key]);
        const own = [foldedName(pkg.name), foldedName(pkg.sourceName ?? '')];
        expect(isFoldedOtherwise(pkg) || foldedNamesIn(keys).some((name) => own.includes(name)), key).toBe(true);
        expect(ecosystemsNamedBy(keys), key).toContain(pkg.ecosystem);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('the packages of these releases do have keys', () => {
  const without = ECOSYSTEM_IDS.filter(
    (ecosystem) => keysOf(buildPackage({ ecosystem, name: 'x', version: '1' })).length === 0,
  );

  // Nobody publishes advisories by these names.
  expect(without).toEqual(['conda', 'cocoapods']);
});

it('names that keys have otherwise are let through', () => {
  const signed = buildPackage({
    ecosystem: 'debian',
    name: 'linux-image',
    sourceName: 'linux-signed-amd64',
    version: '1',
  });
  const swift = buildPackage({ ecosystem: 'swift', name: 'https://github.com/Apple/swift-nio.git', version: '1' });

  const bare = { ...swift, name: 'github.com/Apple/swift-nio.git' };
  expect([signed, swift, bare].map(isFoldedOtherwise)).toEqual([true, true, true]);
  expect(isNamedBy(signed, distros[0] ?? null, new Set([packageKey('Debian:12', 'linux')]))).toBe(true);
  expect(isNamedBy(swift, null, new Set([packageKey('SwiftURL', 'github.com/apple/swift-nio')]))).toBe(true);
});

it('a language is asked alone, distributions together', () => {
  expect(ecosystemsNamedBy(new Set([packageKey('PyPI', 'six')]))).toEqual(['pypi']);
  expect(ecosystemsNamedBy(new Set([packageKey('Bitnami', 'nginx')]))).toEqual(['bitnami', 'wordpress', 'generic']);
  expect(ecosystemsNamedBy(new Set([packageKey('Red Hat:enterprise_linux:7::server', 'bash')]))).toContain('centos');
});
