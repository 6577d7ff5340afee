import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResourceId } from '../../core/model/ids.ts';
import type { Package } from '../../core/model/package.ts';
import type { ResourcePackageView } from '../../core/model/views.ts';
import { buildInventory, buildPackage } from '../../testing/build-inventory.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../../testing/store-fixture.ts';
import { EVERYTHING } from '../../testing/whole-estate.ts';

let fixture: StoreFixture;
let id: ResourceId;

const LAYER = `sha256:${'a'.repeat(64)}`;
const packages: readonly Package[] = [
  ...['openssl', 'zlib'].map((name) =>
    buildPackage({ ecosystem: 'debian', name, version: '3.0.11', purl: `pkg:deb/debian/${name}@3.0.11` }),
  ),
  ...Array.from({ length: 20 }, (_, number) =>
    buildPackage({ ecosystem: 'npm', name: `p${String(number).padStart(2, '0')}`, version: '1.0.0' }),
  ),
  buildPackage({
    ecosystem: 'npm',
    name: 'p00',
    version: '1.0.0',
    path: 'elsewhere/package.json',
    layer: LAYER,
    confidence: 'low',
  }),
];

beforeAll(async () => {
  fixture = await openStoreFixture();
  id = await addResource(fixture.stores, 'image:app');
  await fixture.stores.inventories.save(id, buildInventory(null, packages), NOON);
  const findings = [
    observationOf(id, 'CVE-2026-1', { severity: 'CRITICAL', packageName: 'zlib', fixedVersion: '3.1' }),
    observationOf(id, 'CVE-2026-2', { severity: 'HIGH', fixedVersion: '3.0.13', kev: true }),
    observationOf(id, 'CVE-2026-3', { severity: 'LOW', fixedVersion: '3.0.14' }),
  ];
  await reportFindings(fixture.stores, id, findings);
});

afterAll(() => fixture?.close());

async function readAll(limit: number): Promise<readonly ResourcePackageView[]> {
  const rows: ResourcePackageView[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await fixture.stores.reads.resourcePackages(EVERYTHING, id, { cursor, limit });
    rows.push(...page.rows);
    cursor = page.nextCursor;
    if (cursor === null) return rows;
  }
}

describe('the packages of a resource', () => {
  it('with the gravest findings come first, with the version that ends them all', async () => {
    const { rows } = await fixture.stores.reads.resourcePackages(EVERYTHING, id, { cursor: null, limit: 3 });

    expect(rows).toMatchObject([
      { name: 'zlib', findings: 1, worst: 'CRITICAL', fixedVersion: '3.1', kev: false },
      { name: 'openssl', findings: 2, worst: 'HIGH', fixedVersion: '3.0.14', kev: true },
      { name: 'p00', findings: 0, worst: null, fixedVersion: null },
    ]);
  });

  it('come once each, however long the pages are', async () => {
    const whole = await readAll(200);
    expect(whole).toHaveLength(packages.length);
    expect(await readAll(1)).toEqual(whole);
    expect(await readAll(7)).toEqual(whole);
  });

  it('name their layer, and say where they were guessed', async () => {
    const guessed = (await readAll(200)).filter(({ confidence }) => confidence !== null);

    expect(guessed).toMatchObject([{ name: 'p00', layer: LAYER, confidence: 'low', path: 'elsewhere/package.json' }]);
  });

  it('are not shown to readers of other accounts, and no cursor of another list fits', async () => {
    const other = { ...EVERYTHING, accounts: ['999999999999'] };
    expect(await fixture.stores.reads.resourcePackages(other, id, { cursor: null, limit: 10 })).toEqual({
      rows: [],
      nextCursor: null,
    });
    await expect(
      fixture.stores.reads.resourcePackages(EVERYTHING, id, { cursor: 'e30', limit: 10 }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
