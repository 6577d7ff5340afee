import { describe, expect, it } from 'vitest';
import { buildAdvisory } from '../../../testing/build-advisory.ts';
import { bookworm, buildInventory, buildPackage, jammy } from '../../../testing/build-inventory.ts';
import { memoryAdvisoryIndex } from '../../../testing/memory-advisory-index.ts';
import type { Advisory } from '../../model/advisory.ts';
import { resourceId } from '../../model/ids.ts';
import type { Inventory } from '../../model/inventory.ts';
import { matchInventory } from './scanner.ts';

const host = resourceId('host:a');
const source = { sourceName: 'openssl', sourceVersion: '3.0.11-1~deb12u1' };
const libssl = buildPackage({ ecosystem: 'debian', name: 'libssl3', version: '3.0.11-1~deb12u1', ...source });
const openssl = buildPackage({ ecosystem: 'debian', name: 'openssl', version: '3.0.11-1~deb12u1', ...source });
const lodash = buildPackage({ ecosystem: 'npm', name: 'lodash', version: '4.17.20' });
const dsa = buildAdvisory({
  id: 'DSA-5532-1',
  upstream: ['CVE-2023-5363', 'CVE-2023-4807'],
  affects: [['Debian:12', 'openssl', [{ introduced: '0' }, { fixed: '3.0.11-1~deb12u2' }]]],
});

function scan(inventory: Inventory, ...advisories: readonly Advisory[]) {
  return matchInventory(inventory, memoryAdvisoryIndex(advisories), host);
}

describe('the packages of a resource against advisories', () => {
  it('a notice is one observation for each CVE that it bundles, with every binary of the source package', () => {
    const { observations } = scan(buildInventory(bookworm, [libssl, openssl]), dsa);

    expect(observations.map(({ id, title, aliases }) => [id, title, aliases])).toEqual([
      ['CVE-2023-4807', 'CVE-2023-4807 - libssl3, openssl', ['DSA-5532-1']],
      ['CVE-2023-5363', 'CVE-2023-5363 - libssl3, openssl', ['DSA-5532-1']],
    ]);
    expect(observations[0]?.packages[0]).toMatchObject({
      name: 'libssl3',
      fixedVersion: '3.0.11-1~deb12u2',
      evidence: {
        matcher: 'distro',
        advisory: 'DSA-5532-1',
        searched: 'Debian:12/openssl',
        range: '>= 0, < 3.0.11-1~deb12u2',
        installed: '3.0.11-1~deb12u1',
      },
    });
  });

  it.each([
    ['the fixed version is installed', buildInventory(bookworm, [{ ...libssl, sourceVersion: '3.0.11-1~deb12u2' }])],
    ['the release is another one', buildInventory({ ...bookworm, versionId: '11' }, [libssl])],
    ['the distribution is another one', buildInventory({ ...bookworm, id: 'raspbian' }, [libssl])],
    ['only a binary package has that name', buildInventory(bookworm, [{ ...openssl, sourceName: 'openssl-tools' }])],
    ['a language package has that name', buildInventory(bookworm, [{ ...lodash, name: 'openssl', version: '1.0.0' }])],
  ])('nothing matches when %s', (_, inventory) => {
    expect(scan(inventory, dsa)).toEqual({
      observations: [],
      undecidable: 0,
      undecidedKeys: [],
      vexUses: [],
      diagnostics: [],
    });
  });

  it('the packages of Ubuntu do not match the pockets that need a subscription', () => {
    const curl = buildPackage({ ecosystem: 'ubuntu', name: 'curl', version: '7.81.0-1' });
    const events = [{ introduced: '0' }, { fixed: '7.81.0-1ubuntu1' }];
    const pro = buildAdvisory({ id: 'UBUNTU-CVE-2022-1', affects: [['Ubuntu:Pro:22.04:LTS', 'curl', events]] });
    const open = buildAdvisory({ id: 'UBUNTU-CVE-2022-2', affects: [['Ubuntu:22.04:LTS', 'curl', events]] });

    expect(scan(buildInventory(jammy, [curl]), pro, open).observations.map(({ id }) => id)).toEqual([
      'UBUNTU-CVE-2022-2',
    ]);
  });

  it('a build of Ubuntu Pro is judged by Pro where Pro speaks of the flaw, and by the common archive elsewhere', () => {
    const record = (id: string, ecosystem: string, fixed?: string) =>
      buildAdvisory({
        id: `UBUNTU-${id}-${ecosystem}`,
        upstream: [id],
        affects: [
          [ecosystem, 'openssl', fixed === undefined ? [{ introduced: '0' }] : [{ introduced: '0' }, { fixed }]],
        ],
      });
    const version = '3.0.2-0ubuntu1.10+esm2';
    const pro = buildPackage({
      ecosystem: 'ubuntu',
      name: 'openssl',
      version,
      sourceName: 'openssl',
      sourceVersion: version,
    });

    const { observations } = scan(
      buildInventory(jammy, [pro]),
      record('CVE-2026-0001', 'Ubuntu:22.04:LTS'),
      record('CVE-2026-0001', 'Ubuntu:Pro:22.04:LTS', '3.0.2-0ubuntu1.10+esm1'),
      record('CVE-2026-0002', 'Ubuntu:22.04:LTS', '3.0.2-0ubuntu1.12'),
      record('CVE-2026-0003', 'Ubuntu:Pro:22.04:LTS', '3.0.2-0ubuntu1.10+esm3'),
    );

    expect(observations.map(({ id, packages }) => [id, packages[0]?.fixedVersion])).toEqual([
      ['CVE-2026-0002', '3.0.2-0ubuntu1.12'],
      ['CVE-2026-0003', '3.0.2-0ubuntu1.10+esm3'],
    ]);
  });

  it('a withdrawn record never matches', () => {
    const { observations } = scan(buildInventory(bookworm, [libssl]), { ...dsa, withdrawn: new Date(0) });

    expect(observations).toEqual([]);
  });

  it('records that share a CVE are one observation with the lowest fix that clears them all', () => {
    const range = (fixed: string) => [['npm', 'lodash', [{ introduced: '0' }, { fixed }]]] as const;
    const ghsa = buildAdvisory({ id: 'GHSA-35jh-r3h4-6jhm', aliases: ['CVE-2021-23337'], affects: range('4.17.21') });
    const other = buildAdvisory({ id: 'CVE-2021-23337', affects: range('4.17.22') });
    const alias = buildAdvisory({ id: 'GMS-2021-1', aliases: ['GHSA-35jh-r3h4-6jhm'], affects: range('4.17.21') });

    const { observations } = scan(buildInventory(null, [lodash]), ghsa, other, alias);

    expect(observations).toHaveLength(1);
    expect(observations[0]).toMatchObject({
      id: 'CVE-2021-23337',
      aliases: ['GHSA-35jh-r3h4-6jhm', 'GMS-2021-1'],
      packages: [{ fixedVersion: '4.17.22' }],
    });
  });

  it('a record without a CVE is named by its GHSA id, or else by its own', () => {
    const affects = [['npm', 'lodash', [{ introduced: '0' }]]] as const;
    const ghsa = buildAdvisory({ id: 'GMS-1', aliases: ['GHSA-aaaa-bbbb-cccc'], affects });
    const own = buildAdvisory({ id: 'MAL-2024-1', affects });

    const ids = scan(buildInventory(null, [lodash]), ghsa, own).observations.map(({ id }) => id);

    expect(ids).toEqual(['GHSA-aaaa-bbbb-cccc', 'MAL-2024-1']);
  });

  it('a package in many places is matched once and shown in each place', () => {
    const places = ['a', 'b', 'c'].map((folder) => ({ ...lodash, path: `${folder}/package.json` }));
    const affects = [['npm', 'lodash', [{ introduced: '0' }, { fixed: '4.17.21' }]]] as const;

    const { observations } = scan(buildInventory(null, places), buildAdvisory({ id: 'CVE-2021-23337', affects }));

    expect(observations[0]?.packages.map((pkg) => pkg.path)).toEqual([
      'a/package.json',
      'b/package.json',
      'c/package.json',
    ]);
    expect(observations[0]?.title).toBe('CVE-2021-23337 - lodash');
  });

  it('what cannot be decided is counted, explained and kept from being closed', () => {
    const odd = { ...lodash, version: 'latest' };
    const affects = [['npm', 'lodash', [{ introduced: '0' }, { fixed: '4.17.21' }]]] as const;

    const result = scan(buildInventory(null, [odd]), buildAdvisory({ id: 'CVE-2021-23337', affects }));

    expect(result.observations).toEqual([]);
    expect(result.undecidable).toBe(1);
    expect(result.undecidedKeys).toHaveLength(1);
    expect(result.diagnostics[0]?.message).toContain('"latest" is not a semver version');
  });

  it('keys depend on resource and vulnerability, not on packages or their order', () => {
    const both = scan(buildInventory(bookworm, [libssl, openssl]), dsa).observations;
    const one = scan(buildInventory(bookworm, [openssl]), dsa).observations;
    const elsewhere = matchInventory(buildInventory(bookworm, [openssl]), memoryAdvisoryIndex([dsa]), resourceId('b'));

    expect(one.map(({ key }) => key)).toEqual(both.map(({ key }) => key));
    expect(elsewhere.observations[0]?.key).not.toBe(both[0]?.key);
    expect(both[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  });

  it('packages of two streams of a module are judged each by its own', () => {
    const el8 = { id: 'rhel', versionId: '8.9', codename: null, prettyName: 'Red Hat Enterprise Linux 8.9' };
    const version = '1:18.1.0-1.module+el8';
    const node = (stream: string, path: string) =>
      buildPackage({
        ecosystem: 'redhat',
        name: 'nodejs',
        version,
        purl: `pkg:rpm/redhat/nodejs@${version}?rpmmod=nodejs%3A${stream}`,
        path,
      });
    const affects = [
      ['Red Hat:enterprise_linux:8', 'nodejs:18/nodejs', [{ introduced: '0' }, { fixed: '1:18.9.0-1' }]],
    ] as const;
    const { observations } = scan(
      buildInventory(el8, [node('16', 'a'), node('18', 'b')]),
      buildAdvisory({ id: 'RHVEX-CVE-2026-0003', affects }),
    );

    expect(observations.flatMap(({ packages }) => packages.map(({ path }) => path))).toEqual(['b']);
  });
});
