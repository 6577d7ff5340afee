import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON, openStoreFixture, type StoreFixture } from '../testing/store-fixture.ts';

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  for (const id of ['ines', 'ours']) {
    const email = `${id}@example.com`;
    const person = {
      id,
      email,
      name: id,
      role: 'triage',
      accounts: null,
      passwordHash: null,
      createdAt: NOON,
    } as const;
    await fixture.stores.users.create(person);
  }
});

afterAll(() => fixture?.close());

describe('what a person chose', () => {
  it('is theirs alone, and the last choice stays', async () => {
    const { personal } = fixture.stores;
    await personal.savePreference('ines', 'density', 'default', NOON);
    await personal.savePreference('ines', 'density', 'compact', NOON);

    expect(await personal.preferences('ines')).toEqual({ density: 'compact' });
    expect(await personal.preferences('ours')).toEqual({});
  });
});

describe('saved views', () => {
  const view = { query: 'is:open', grouping: null, sort: null, columns: null } as const;

  it('own ones stand before shared ones, and others’ own ones are not seen', async () => {
    const { personal } = fixture.stores;
    const shared = await personal.addView({ ...view, owner: 'ines', name: 'For all', shared: true }, NOON);
    await personal.addView({ ...view, owner: 'ines', name: 'Mine', shared: false }, NOON);
    const own = await personal.addView({ ...view, owner: 'ours', name: 'Ours', shared: false }, NOON);

    expect((await personal.views('ours')).map(({ id }) => id)).toEqual([own, shared]);
    expect((await personal.views('ines')).map(({ name }) => name)).toEqual(['For all', 'Mine']);
    expect(await personal.ownViews('ines')).toBe(2);
  });

  it('are taken away and given back by their owner only', async () => {
    const { personal } = fixture.stores;
    const id = await personal.addView({ ...view, owner: 'ines', name: 'Kept', shared: true }, NOON);

    expect(await personal.setViewRemoved(id, 'ours', true, NOON)).toBe(false);
    expect((await personal.view(id))?.name).toBe('Kept');
    expect(await personal.setViewRemoved(id, 'ines', true, NOON)).toBe(true);
    expect(await personal.view(id)).toBeNull();
    expect(await personal.setViewRemoved(id, 'ines', false, NOON)).toBe(true);
    expect((await personal.view(id))?.ownerName).toBe('ines');
  });
});
