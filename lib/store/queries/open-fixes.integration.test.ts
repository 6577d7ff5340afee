import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ResourceId } from '../../core/model/ids.ts';
import {
  addResource,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';

let fixture: StoreFixture;

const fixesOf = async (key: string) => (await fixture.stores.reads.finding(EVERYTHING, key))?.openFixes;
const findingsOf = (id: ResourceId, versions: readonly (string | null)[]) =>
  versions.map((fixedVersion, number) => observationOf(id, `CVE-2026-${number}`, { fixedVersion }));

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

it('what ends the open findings of a package is told of its resource alone, and no longer of closed ones', async () => {
  const id = await addResource(fixture.stores, 'web');
  const other = await addResource(fixture.stores, 'other');
  const findings = findingsOf(id, ['3.0.13', '3.0.14', '3.0.13', null]);
  const zlib = observationOf(id, 'CVE-2026-9', { packageName: 'zlib', fixedVersion: '9' });
  await reportFindings(fixture.stores, id, [...findings, zlib]);
  await reportFindings(fixture.stores, other, findingsOf(other, ['4.0']));
  const purl = 'pkg:deb/debian/openssl@3.0.11';
  const key = findings[0]?.key ?? '';

  expect(await fixesOf(key)).toEqual([
    { purl, fixedVersion: '3.0.13', findings: 2 },
    { purl, fixedVersion: '3.0.14', findings: 1 },
    { purl, fixedVersion: null, findings: 1 },
  ]);

  await reportFindings(fixture.stores, id, findings.slice(0, 1), { at: new Date('2026-11-21T12:00:00Z') });

  expect(await fixesOf(key)).toEqual([{ purl, fixedVersion: '3.0.13', findings: 1 }]);
});
