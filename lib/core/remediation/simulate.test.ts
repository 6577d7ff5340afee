import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAdvisory } from '../../testing/build-advisory.ts';
import { bookworm, buildInventory, buildPackage } from '../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../testing/memory-advisory-index.ts';
import { resourceId } from '../model/ids.ts';
import type { Package } from '../model/package.ts';
import { matchInventory } from '../scan/package/scanner.ts';
import { closedByInventory, type HeldPackage, type PackageChange } from './simulate.ts';

const openssl: HeldPackage = {
  ecosystem: 'debian',
  name: 'openssl',
  version: '3.0.9-1',
  path: 'var/lib/dpkg/status',
  fixedVersion: '3.0.11-1~deb12u2',
};
const libssl: HeldPackage = { ...openssl, name: 'libssl3' };

describe('a change of an inventory', () => {
  it.each([
    ['the fixed version', '3.0.11-1~deb12u2', true],
    ['a later version', '3.0.11-1', true],
    ['an earlier version, though its text is greater', '3.0.9-9', false],
    ['no version at all', 'latest release', false],
    ['removal', null, true],
  ] as const)('to %s closes as the scheme of the ecosystem says', (_, after, isClosed) => {
    expect(closedByInventory([{ packages: [openssl] }], [{ ...openssl, after }])).toEqual(isClosed ? [0] : []);
  });

  it('leaves a finding open while one of its packages is', () => {
    const findings = [{ packages: [openssl, libssl] }, { packages: [libssl] }];
    const change = { ...libssl, after: null };

    expect(closedByInventory(findings, [change])).toEqual([1]);
    expect(closedByInventory(findings, [change, { ...openssl, after: '3.1.0-1' }])).toEqual([0, 1]);
  });

  it.each([
    ['no fixed version is known', { ...openssl, fixedVersion: null }],
    ['the ecosystem has no order', { ...openssl, ecosystem: 'nothing' }],
  ])('closes nothing by an upgrade where %s', (_, held) => {
    expect(closedByInventory([{ packages: [held] }], [{ ...held, after: '9.0.0' }])).toEqual([]);
  });

  it('closes nothing of another version or place of the package', () => {
    const change = { ...openssl, after: null };

    expect(closedByInventory([{ packages: [{ ...openssl, path: 'srv/other' }] }], [change])).toEqual([]);
    expect(closedByInventory([{ packages: [{ ...openssl, version: '3.0.8-1' }] }], [change])).toEqual([]);
    expect(closedByInventory([{ packages: [] }], [change])).toEqual([]);
  });

  it('closes exactly what a scan of the changed inventory no longer finds', () => {
    const closed: number[] = [];
    const kept: number[] = [];
    fc.assert(
      fc.property(
        fc.array(held(), { minLength: 1, maxLength: 8 }),
        fc.array(flaw(), { maxLength: 12 }),
        (all, flaws) => {
          const packages = [...new Map(all.map((one) => [one.pkg.name, one])).values()];
          const index = memoryAdvisoryIndex(
            flaws.map(({ ecosystem, name, fixed }, at) =>
              buildAdvisory({
                id: `CVE-2026-${1000 + at}`,
                affects: [[ecosystem === 'debian' ? 'Debian:12' : 'npm', name, [{ introduced: '0' }, { fixed }]]],
              }),
            ),
          );
          const scan = (list: readonly Package[]) =>
            matchInventory(buildInventory(bookworm, list), index, resourceId('host:a')).observations;

          const before = scan(packages.map(({ pkg }) => pkg));
          const changes = packages.flatMap(({ pkg, after }) => (after === undefined ? [] : [changeOf(pkg, after)]));
          const promised = closedByInventory(before, changes).map((place) => before[place]?.id);
          const left = new Set(scan(packages.flatMap(({ pkg, after }) => afterChange(pkg, after))).map(({ id }) => id));

          expect(promised).toEqual(before.map(({ id }) => id).filter((id) => !left.has(id)));
          closed.push(promised.length);
          kept.push(left.size);
        },
      ),
      { numRuns: 500, seed: 4 },
    );
    expect(closed.filter((count) => count > 0).length).toBeGreaterThan(50);
    expect(kept.filter((count) => count > 0).length).toBeGreaterThan(50);
  });
});

const name = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
const ecosystem = fc.constantFrom('debian' as const, 'npm' as const);
const release = fc.tuple(fc.nat(2), fc.nat(11), fc.nat(11)).map((parts) => parts.join('.'));

/** A package and what a change makes of it: a version, nothing (null), or no change (undefined). */
function held(): fc.Arbitrary<{ readonly pkg: Package; readonly after: string | null | undefined }> {
  return fc
    .tuple(name, ecosystem, release, fc.oneof(release, fc.constant(null), fc.constant(undefined)))
    .map(([called, family, version, after]) => ({
      pkg: buildPackage({ ecosystem: family, name: `${called}-${family}`, version }),
      after,
    }));
}

function flaw(): fc.Arbitrary<{ readonly ecosystem: string; readonly name: string; readonly fixed: string }> {
  return fc
    .tuple(name, ecosystem, release)
    .map(([called, family, fixed]) => ({ ecosystem: family, name: `${called}-${family}`, fixed }));
}

function changeOf({ ecosystem: family, name: called, version, path }: Package, after: string | null): PackageChange {
  return { ecosystem: family, name: called, version, path, after };
}

function afterChange(pkg: Package, after: string | null | undefined): readonly Package[] {
  if (after === undefined) return [pkg];
  if (after === null) return [];
  return [{ ...pkg, version: after, sourceVersion: pkg.sourceVersion === null ? null : after }];
}
