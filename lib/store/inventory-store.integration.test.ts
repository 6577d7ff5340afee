import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inventory } from '../core/model/inventory.ts';
import type { Package } from '../core/model/package.ts';
import { addResource, installedPackage, NOON, openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
});

afterAll(() => fixture?.close());

function inventoryOf(packages: readonly Package[]): Inventory {
  return {
    distro: { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian 12' },
    packages,
    outcome: 'complete',
    diagnostics: [],
  };
}

describe('the inventory store', () => {
  it('resources with the same packages share one inventory, and packages are stored once', async () => {
    const { prisma } = fixture.database;
    const packages = ['bash', 'curl', 'zlib'].map((name) => installedPackage(name));
    const twins = await Promise.all(['i-1', 'i-2'].map((key) => addResource(fixture.stores, key)));
    const other = await addResource(fixture.stores, 'i-3');

    const digests = await Promise.all(
      twins.map((id) => fixture.stores.inventories.save(id, inventoryOf(packages), NOON)),
    );
    const more = [...packages, installedPackage('vim'), { ...installedPackage('vim'), path: 'opt/status' }];
    await fixture.stores.inventories.save(other, inventoryOf(more), NOON);

    expect(digests[0]).toBe(digests[1]);
    expect(await prisma.inventory.count()).toBe(2);
    expect(await prisma.package.count()).toBe(4);
    expect(await prisma.inventoryPackage.count()).toBe(3 + 5);
    const rows = await prisma.resource.findMany({ include: { inventory: true }, orderBy: { key: 'asc' } });
    expect(rows.map((row) => row.inventory?.count)).toEqual([3, 3, 5]);
    expect(rows[0]?.distro).toMatchObject({ id: 'debian', versionId: '12' });
  });

  it('packages of two inventories saved at the same time are distinct still', async () => {
    const ids = await Promise.all([10, 11, 12, 13].map((n) => addResource(fixture.stores, `i-${n}`)));
    const common = Array.from({ length: 300 }, (_, n) => installedPackage(`lib${n}`, '9.9'));

    await Promise.all(
      ids.map((id, n) =>
        fixture.stores.inventories.save(id, inventoryOf([...common, installedPackage(`own${n}`)]), NOON),
      ),
    );

    const { prisma } = fixture.database;
    expect(await prisma.package.count({ where: { version: '9.9' } })).toBe(300);
    const rows = await prisma.inventory.findMany({
      where: { count: 301 },
      include: { _count: { select: { packages: true } } },
    });
    expect(rows.map((row) => row._count.packages)).toEqual([301, 301, 301, 301]);
  });

  it('an inventory of a resource that is not stored is refused and leaves nothing', async () => {
    const before = await fixture.database.prisma.inventory.count();
    const unknown = (await addResource(fixture.stores, 'i-20')).replace('i-20', 'i-nowhere') as never;

    await expect(fixture.stores.inventories.save(unknown, inventoryOf([installedPackage('x')]), NOON)).rejects.toThrow(
      /unknown/,
    );
    expect(await fixture.database.prisma.inventory.count()).toBe(before);
  });
});
