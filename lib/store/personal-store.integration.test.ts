import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../core/model/permissions.ts';
import {
  addResource,
  NOON,
  observationOf,
  openStoreFixture,
  reportFindings,
  type StoreFixture,
} from '../testing/store-fixture.ts';
import { EVERYTHING } from '../testing/whole-estate.ts';

const OURS = '111111111111';
const THEIRS = '222222222222';
const DAY_MS = 86_400_000;
const later = (days: number) => new Date(NOON.getTime() + days * DAY_MS);

let fixture: StoreFixture;

beforeAll(async () => {
  fixture = await openStoreFixture();
  const person = (id: string, role: Role, accounts: readonly string[] | null) =>
    fixture.stores.users.create({
      id,
      email: `${id}@example.com`,
      name: id,
      role,
      accounts,
      passwordHash: null,
      createdAt: NOON,
    });
  await person('ines', 'security', null);
  await person('ours', 'triage', [OURS]);
  await person('gone', 'triage', null);
  await fixture.database.pool.query("update app_user set disabled = true where id = 'gone'");
  const ours = await addResource(fixture.stores, 'host-ours', { accountId: OURS });
  const theirs = await addResource(fixture.stores, 'host-theirs', { accountId: THEIRS });
  await reportFindings(fixture.stores, ours, [observationOf(ours, 'CVE-2026-1')]);
  await reportFindings(fixture.stores, theirs, [
    observationOf(theirs, 'CVE-2026-1'),
    observationOf(theirs, 'CVE-2026-2', { packageName: 'hidden-package' }),
  ]);
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

describe('notices', () => {
  it('of one event are written once, and not to who is not there', async () => {
    const { notices } = fixture.stores;
    const notice = {
      kind: 'mention',
      dedupe: 'comment 1',
      title: 'x'.repeat(50),
      detail: '',
      href: '/my-work',
    } as const;
    await notices.add(
      [
        { ...notice, userId: 'ours' },
        { ...notice, userId: 'nobody' },
      ],
      NOON,
    );
    await notices.add([{ ...notice, userId: 'ours' }], NOON);

    expect(await notices.unread('ours')).toBe(1);
    const { rows } = await notices.list('ours', { cursor: null, limit: 10 });
    await notices.markRead('ines', null, NOON);
    expect(await notices.unread('ours')).toBe(1);
    await notices.markRead(
      'ours',
      rows.map(({ id }) => id),
      NOON,
    );
    expect(await notices.unread('ours')).toBe(0);
  });

  it('come in pages, newest first', async () => {
    const { notices } = fixture.stores;
    const many = Array.from({ length: 5 }, (_, n) => ({
      userId: 'ines',
      kind: 'mention' as const,
      dedupe: `page ${n}`,
      title: `notice ${n}`,
      detail: '',
      href: '/',
    }));
    for (const one of many) await notices.add([one], NOON);
    const first = await notices.list('ines', { cursor: null, limit: 3 });
    const second = await notices.list('ines', { cursor: first.nextCursor, limit: 3 });

    expect([...first.rows, ...second.rows].map(({ title }) => title)).toEqual(
      many.map(({ title }) => title).toReversed(),
    );
    expect(second.nextCursor).toBeNull();
    await expect(notices.list('ines', { cursor: 'x', limit: 3 })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('of a watched vulnerability and of due dates speak of what the person may see', async () => {
    const { notices, personal } = fixture.stores;
    for (const id of ['ours', 'ines', 'gone']) {
      await personal.watch(id, 'CVE-2026-1', true, later(-1));
      await personal.watch(id, 'CVE-2026-2', true, later(-1));
    }
    await fixture.database.pool.query(
      `update finding set owner = 'ours', due_at = $1::timestamptz, version = version + 1`,
      [later(1)],
    );
    const titles = async (id: string, kind: string) =>
      (await notices.list(id, { cursor: null, limit: 50 })).rows
        .filter((row) => row.kind === kind)
        .map(({ title, detail }) => `${title}. ${detail}`)
        .toSorted();

    await notices.sweep(NOON);
    await notices.sweep(NOON);

    expect(await titles('ours', 'watch')).toEqual(['CVE-2026-1 was found. It is open on 1 resource.']);
    expect(await titles('ines', 'watch')).toEqual([
      'CVE-2026-1 was found. It is open on 2 resources.',
      'CVE-2026-2 was found. It is open on 1 resource.',
    ]);
    expect(await titles('gone', 'watch')).toEqual([]);
    expect(await titles('ours', 'due')).toEqual(['1 of yours due within 48 h. ']);

    await notices.sweep(later(2));
    expect(await titles('ours', 'due')).toEqual(['1 of yours due within 48 h. ', '1 of yours past due. ']);

    await notices.sweep(later(200));
    expect(await notices.unread('ours')).toBe(1);
  });
});

describe('a vulnerability and the values of the filter bar', () => {
  const readerOf = (accounts: readonly string[] | null) => ({ ...EVERYTHING, accounts });

  it('are told within the accounts of the reader', async () => {
    const { reads } = fixture.stores;
    const all = await reads.blastRadius(readerOf(null), 'CVE-2026-1', NOON);
    const own = await reads.blastRadius(readerOf([OURS]), 'CVE-2026-1', NOON);
    const none = await reads.blastRadius(readerOf([]), 'CVE-2026-1', NOON);

    expect([all.open, all.accounts, all.byAccount.length]).toEqual([2, 2, 2]);
    expect([own.open, own.accounts, own.byAccount.map(({ id }) => id)]).toEqual([1, 1, [OURS]]);
    expect([none.open, none.packages, none.firstSeenAt]).toEqual([0, [], null]);
    expect(all.packages).toMatchObject([{ name: 'openssl', version: '3.0.11', fixedVersion: '3.0.13', open: 2 }]);
    expect(all.days.at(-1)?.open).toBe(2);
  });

  it.each([
    ['packages', 'hidden', 'hidden-package'],
    ['vulnerabilities', '2026-2', 'CVE-2026-2'],
    ['resources', 'theirs', 'host-theirs'],
    ['accounts', '2222', THEIRS],
  ] as const)('no %s of other accounts', async (source, typed, value) => {
    const { reads, counts } = { ...fixture.stores, counts: fixture.database.pool };
    await counts.query('select finding_delta_fold($1::timestamptz)', [NOON]);
    const found = async (accounts: readonly string[] | null) =>
      (await reads.queryValues(readerOf(accounts), source, typed, 10)).map((one) => one.value);

    expect(await found(null)).toEqual([value]);
    expect(await found([OURS])).toEqual([]);
  });
});
